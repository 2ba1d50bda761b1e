// Trying again: what may be done twice survives a passing outage, everything else is sent once.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";

const ROUTE = "/runtime/player";
const PLAY = "/runtime/actions/collect/play";

/** A GET meets faults, and gives the profile all the same after so many calls. */
async function survives(t, fault, calls) {
  await t.control.fail({ path: `/v2${ROUTE}`, method: "GET", ...fault });
  const profile = await t.client().get(ROUTE);
  const log = await t.calls();
  equal(log.length, calls, "calls");
  deepEqual(profile, await t.profile(), "profile");
  return log;
}

export const retryCases = [
  {
    name: "retry: a GET survives two outages",
    run: (t) => survives(t, { count: 2, status: 503 }, 3),
  },
  {
    name: "retry: a GET waits as long as the service says",
    async run(t) {
      const headers = { "retry-after": "1", "access-control-expose-headers": "retry-after" };
      const log = await survives(t, { count: 1, status: 503, headers }, 2);
      const waited = Date.parse(log[1].time) - Date.parse(log[0].time);
      ok(waited >= 990, `a second between the calls, not ${waited} ms`);
    },
  },
  {
    name: "retry: a GET whose answer breaks off is made again",
    run: (t) => survives(t, { count: 1, drop: "body" }, 2),
  },
  {
    name: "retry: silence is tried again, then it's a TimeoutError",
    async run(t) {
      await t.control.fail({ count: 9, delay: 10_000, method: "GET", path: `/v2${ROUTE}` });
      const error = await failure(() => t.client({ timeout: 300 }).get(ROUTE));
      t.checkError(error, { name: "TimeoutError", code: "timeout", message: /300 ms/ });
      equal((await t.calls()).length, 3, "calls");
    },
  },
  {
    name: "retry: a POST is sent once",
    async run(t) {
      await t.control.fail({ count: 1, method: "POST", status: 503 });
      ok((await failure(() => t.client().post(PLAY, {}))).retryable, "retryable");
      equal((await t.calls()).length, 1, "calls");
    },
  },
  {
    name: "retry: a POST that may be done twice is made again",
    async run(t) {
      await t.control.fail({ count: 1, method: "POST", status: 503 });
      await t.client().post(PLAY, {}, { retry: { methods: ["POST"] } });
      equal((await t.calls()).length, 2, "calls");
    },
  },
  {
    name: "retry: a domain error is no outage",
    async run(t) {
      const body = { error: "rate_limit_exceeded", error_description: "once a day" };
      await t.control.fail({ count: 1, method: "GET", status: 503, body });
      const error = await failure(() => t.client().get(ROUTE));
      t.checkError(error, { name: "ApiError", code: "rate_limit_exceeded", status: 503, message: /once/ });
      equal((await t.calls()).length, 1, "calls");
    },
  },
  {
    name: "retry: none, by the client's option and by the call's",
    async run(t) {
      for (const [options, callOptions] of [[{ retry: 0 }, {}], [{}, { retry: { limit: 0 } }]]) {
        await t.control.reset();
        await t.control.fail({ count: 1, method: "GET", status: 503 });
        const error = await failure(() => t.client(options).get(ROUTE, callOptions));
        t.checkError(error, { name: "ApiError", code: "temporarily_unavailable", status: 503, message: /./ });
        equal((await t.calls()).length, 1, "calls");
      }
    },
  },
  {
    name: "retry: all of it ends with totalTimeout",
    async run(t) {
      await t.control.fail({ count: 9, delay: 10_000, method: "GET", path: `/v2${ROUTE}` });
      // The second try begins after 800 ms at most, and would take 500 too.
      const error = await failure(() => t.client({ timeout: 500, totalTimeout: 900 }).get(ROUTE));
      t.checkError(error, { name: "TimeoutError", code: "timeout", message: /`totalTimeout` of 900 ms/ });
    },
  },
  {
    name: "retry: what would come after totalTimeout isn't waited for, and nobody is told of it",
    async run(t) {
      const headers = { "retry-after": "5", "access-control-expose-headers": "retry-after" };
      await t.control.fail({ count: 1, method: "GET", path: `/v2${ROUTE}`, status: 503, headers });
      const client = t.client({ totalTimeout: 4_000 });
      const retries = [];
      client.on("retry", (event) => retries.push(event));
      t.checkError(await failure(() => client.get(ROUTE)), { name: "ApiError", status: 503 });
      deepEqual(retries, [], "retries that were told of");
    },
  },
];
