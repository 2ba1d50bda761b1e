// A service that fails for a while: what may be done twice gets through, everything else is told of it.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";

const ROUTE = "/runtime/player";
const PLAY = "/runtime/actions/collect/play";
// Without it a page couldn't see the header.
const AFTER_A_SECOND = { "retry-after": "1", "access-control-expose-headers": "retry-after" };
const BUSY = { status: 503, headers: AFTER_A_SECOND };

/** The times between the calls that the sandbox got, in milliseconds. */
async function gaps(t) {
  const times = (await t.calls()).map((call) => Date.parse(call.time));
  return times.slice(1).map((time, at) => time - times[at]);
}

export const outageCases = [
  {
    name: "outage: 503 twice with Retry-After, and a GET succeeds on the third try",
    async run(t) {
      await t.control.fail({ count: 2, method: "GET", path: `/v2${ROUTE}`, ...BUSY });
      const profile = await t.client().get(ROUTE);
      const waited = await gaps(t);
      equal(waited.length, 2, "retries");
      ok(
        waited.every((gap) => gap >= 990),
        `a second before each retry, not ${waited} ms`,
      );
      deepEqual(profile, await t.profile(), "profile");
    },
  },
  {
    name: "outage: 503 with Retry-After, and a POST rejects after one call",
    async run(t) {
      await t.control.fail({ count: 2, method: "POST", ...BUSY });
      const error = await failure(() => t.client().post(PLAY, {}));
      t.checkError(error, { name: "ApiError", code: "temporarily_unavailable", status: 503, message: /./ });
      equal(error.retryable, true, "retryable");
      equal((await t.calls()).length, 1, "calls");
    },
  },
  {
    name: "outage: Retry-After as a date is obeyed, too",
    async run(t) {
      // Dates know whole seconds: two from now are more than one.
      const date = new Date(Date.now() + 2_000).toUTCString();
      const headers = { ...AFTER_A_SECOND, "retry-after": date };
      await t.control.fail({ count: 1, method: "GET", path: `/v2${ROUTE}`, status: 503, headers });
      await t.client().get(ROUTE);
      const [waited] = await gaps(t);
      ok(waited >= 500, `most of a second before the retry, not ${waited} ms`);
    },
  },
  {
    name: "outage: a Retry-After that is too long fails at once",
    async run(t) {
      const headers = { ...AFTER_A_SECOND, "retry-after": "3600" };
      await t.control.fail({ count: 1, method: "GET", path: `/v2${ROUTE}`, status: 503, headers });
      const error = await failure(() => t.client().get(ROUTE));
      t.checkError(error, { name: "ApiError", code: "temporarily_unavailable", status: 503, message: /./ });
      equal((await t.calls()).length, 1, "calls");
    },
  },
  {
    name: "outage: a connection dropped in mid-body, and a GET is tried again",
    async run(t) {
      await t.control.fail({ count: 1, method: "GET", path: `/v2${ROUTE}`, drop: "body" });
      deepEqual(await t.client().get(ROUTE), await t.profile(), "profile");
      equal((await t.calls()).length, 2, "calls");
    },
  },
  {
    name: "outage: a connection dropped in mid-body, and a POST rejects with NetworkError",
    async run(t) {
      await t.control.fail({ count: 1, method: "POST", drop: "body" });
      const error = await failure(() => t.client().post(PLAY, {}));
      t.checkError(error, { name: "NetworkError", code: "network_error", message: /broke off/ });
      equal((await t.calls()).length, 1, "calls");
    },
  },
  {
    name: "outage: 20 s of silence under a timeout of 1 s, and a TimeoutError after the tries that are allowed",
    async run(t) {
      await t.control.fail({ count: 9, delay: 20_000, method: "GET", path: `/v2${ROUTE}` });
      const begun = Date.now();
      const error = await failure(() => t.client({ timeout: 1_000, retry: { limit: 1 } }).get(ROUTE));
      t.checkError(error, { name: "TimeoutError", code: "timeout", message: /1000 ms/ });
      equal((await t.calls()).length, 2, "calls");
      ok(Date.now() - begun >= 1_980, "both tries took their second");
    },
  },
];
