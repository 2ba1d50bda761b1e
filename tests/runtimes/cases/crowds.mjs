// A thousand calls at once, when the token has ended: one renewal for all of them.

import { deepEqual, equal, ok } from "../../lib/assert.mjs";
import { until } from "../../lib/limits.mjs";
import { turn } from "../gate.mjs";
import { signIn, signedIn, tokenRequests } from "../sign-in.mjs";

const CROWD = 1_000;
const ROUTE = "/runtime/definitions/metrics";
const ENDED = 1_050;

const crowd = (client) => Promise.allSettled(Array.from({ length: CROWD }, () => client.get(ROUTE)));

/** All of them failed, with one error. */
function checkOneError(results, { code, message }) {
  const told = results.map(({ reason }) => `${reason?.name} ${reason?.code}: ${reason?.message}`);
  deepEqual([...new Set(told)], [`AuthError ${code}: ${message}`], "errors");
}

/** A client whose first token has ended, and what counts its renewals. */
const SOURCES = {
  async "a callback"(t) {
    const begun = [];
    let broken = false;
    let life = 1;
    const client = t.client({
      async token() {
        begun.push(Date.now());
        if (broken) throw new Error("the backend is down");
        return { access_token: await t.jwt(), expires_in: life };
      },
    });
    await client.get(ROUTE);
    await turn(ENDED);
    begun.length = 0;
    life = 3600;
    return {
      client,
      renewals: async () => begun,
      breakOnce: async () => (broken = true),
      mend: async () => (broken = false),
      error: { code: "token_callback_failed", message: "the `token` callback failed: the backend is down" },
    };
  },

  async "a refresh token"(t) {
    await t.control.seed({ accessTokenSeconds: 1 });
    const client = signedIn(t, await signIn(t));
    await client.get(ROUTE);
    await t.control.seed({ accessTokenSeconds: 3600 });
    await turn(ENDED);
    return {
      client,
      renewals: async () => (await tokenRequests(t)).map((call) => Date.parse(call.time)),
      breakOnce: () => t.control.fail({ count: 1, path: "/auth/token", method: "POST", status: 503 }),
      mend: async () => {},
      error: { code: "temporarily_unavailable", message: "The service is temporarily unavailable" },
    };
  },
};

async function renewsOnce(t, { client, renewals }) {
  await t.control.clearLog();
  const results = await crowd(client);
  deepEqual(
    results.filter((one) => one.status === "rejected").map((one) => `${one.reason}`),
    [],
    "failed calls",
  );
  equal((await renewals()).length, 1, "renewals");
  const calls = await t.calls();
  equal(calls.length, CROWD, "calls that the sandbox got");
  ok(
    calls.every((call) => call.status === 200),
    "all of them successful",
  );
}

async function failsOnce(t, { client, renewals, breakOnce, mend, error }) {
  await t.control.clearLog();
  await breakOnce();
  checkOneError(await crowd(client), error);
  deepEqual(await t.calls(), [], "calls that the sandbox got");
  // Whoever calls within the cool-down gets the same error, and nobody is asked.
  await mend();
  const works = async () => {
    const caught = await client.get(ROUTE).then(
      () => null,
      (reason) => reason,
    );
    if (caught !== null) checkOneError([{ reason: caught }], error);
    return caught === null;
  };
  await until(works, { every: 20, what: "the end of the cool-down" });
  const [first, second, ...more] = await renewals();
  deepEqual(more, [], "further renewals");
  ok(second - first >= 990, `a second between the renewals, not ${second - first} ms`);
}

export const crowdCases = Object.entries(SOURCES).flatMap(([title, source]) => [
  {
    name: `crowd: 1,000 calls on an ended token, renewed by ${title}: 1 renewal, 1,000 answers`,
    run: async (t) => renewsOnce(t, await source(t)),
  },
  {
    name: `crowd: 1,000 calls on an ended token that ${title} can't renew: 1 renewal, 1,000 times one error`,
    run: async (t) => failsOnce(t, await source(t)),
  },
]);
