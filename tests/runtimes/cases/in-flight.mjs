// A token that dies while calls that carry it are under way.

import { deepEqual, equal, ok } from "../../lib/assert.mjs";
import { createGate } from "../gate.mjs";
import { signIn, signedIn, tokenRequests } from "../sign-in.mjs";

const PLAY = "/runtime/actions/collect/play";

/** A fetch whose first calls to the API wait, so many of them, until the gate opens. */
function holding(count) {
  const gate = createGate();
  const waiting = [];
  const held = async (url, init) => {
    if (!url.includes("/auth/token") && waiting.length < count) {
      await new Promise((resolve) => {
        waiting.push(resolve);
        if (waiting.length === count) gate.arrive();
      });
    }
    return fetch(url, init);
  };
  return { held, allWait: gate.reached, go: () => waiting.forEach((resolve) => resolve()) };
}

const SOURCES = {
  async "a callback"(t, fetch) {
    const made = [];
    const token = async ({ reason }) => {
      const text = await t.jwt({ expiresIn: 3600 + made.length });
      made.push({ text, reason });
      return text;
    };
    return {
      client: t.client({ token, fetch }),
      kill: () => t.control.revoke({ access_token: made[0].text }),
      renewals: async () => made.length - 1,
    };
  },
  async "a refresh token"(t, fetch) {
    const record = await signIn(t);
    await t.control.clearLog();
    return {
      client: signedIn(t, record, { fetch }),
      // Revoking would take the refresh token along.
      kill: () => t.control.expire({ access_token: record.access_token }),
      renewals: async () => (await tokenRequests(t)).length,
    };
  },
};

/** So many calls are under way when their token dies: all of them end well. */
async function survive(t, source, count, call) {
  const { held, allWait, go } = holding(count);
  const { client, kill, renewals } = await source(t, held);
  const calls = Promise.all(Array.from({ length: count }, () => call(client)));
  await allWait;
  await kill();
  go();
  const answers = await calls;
  equal(await renewals(), 1, "renewals");
  const statuses = (await t.calls()).map((one) => one.status);
  deepEqual(
    [statuses.filter((status) => status === 401).length, statuses.filter((status) => status === 200).length],
    [count, count],
    "refused calls and their replays",
  );
  equal(statuses.length, 2 * count, "calls");
  return answers;
}

export const inFlightCases = Object.entries(SOURCES).flatMap(([title, source]) => [
  {
    name: `in flight: the token dies, renewed by ${title}: one renewal, one replay`,
    async run(t) {
      const [profile] = await survive(t, source, 1, (client) => client.get("/runtime/player"));
      deepEqual(profile, await t.profile(), "profile");
    },
  },
  {
    name: `in flight: the token of a play dies, renewed by ${title}: it is played once`,
    async run(t) {
      const [answer] = await survive(t, source, 1, (client) => client.post(PLAY, { variables: { n: 1 } }));
      ok(answer.events.local.length > 0, "the play's events");
      const bodies = (await t.calls()).map((call) => call.body);
      deepEqual(bodies, [{ variables: { n: 1 } }, { variables: { n: 1 } }], "bodies of the play and its replay");
    },
  },
  {
    name: `in flight: the token of many calls dies, renewed by ${title}: they share the renewal`,
    async run(t) {
      const answers = await survive(t, source, 20, (client) => client.get("/runtime/player"));
      const profile = await t.profile();
      for (const answer of answers) deepEqual(answer, profile, "profile");
    },
  },
]);
