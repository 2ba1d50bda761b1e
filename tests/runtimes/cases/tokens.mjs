// Where tokens come from, and what happens when one dies.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";
import { until } from "../../lib/limits.mjs";
import { forgeJWT, nowSeconds } from "../forge.mjs";
import { PLAYER, SCOPES } from "../context.mjs";
import { leaks } from "../leaks.mjs";

const PLAY = "/runtime/actions/collect/play";

/** A callback whose every token is another text, and that counts. */
function counting(t) {
  const made = [];
  const token = async ({ reason }) => {
    // JWTs made in one second are equal: another lifetime makes another text.
    const text = await t.jwt({ expiresIn: 3600 + made.length });
    made.push({ reason, text });
    return text;
  };
  return { made, token };
}

function forms(t) {
  const record = async () => ({ access_token: await t.jwt(), token_type: "Bearer", expires_in: 3600 });
  return {
    "a string": () => t.jwt(),
    "an object": record,
    "a callback that gives a string": () => () => t.jwt(),
    "a callback that gives an object": () => record,
    "a callback that gives a Response": () => async () => Response.json(await record()),
    "a callback that gives an object at once": async () => {
      const ready = await record();
      return () => ready;
    },
  };
}

async function healsAfter(t, end) {
  const { made, token } = counting(t);
  const client = t.client({ token });
  await client.get("/runtime/player");
  await end(made[0].text);
  await t.control.clearLog();
  await t.works(client);
  equal(made.length, 2, "tokens asked for");
  equal((await t.calls()).length, 2, "calls: the refused one and its replay");
  deepEqual(
    made.map((one) => one.reason),
    ["initial", "refused"],
    "reasons",
  );
}

export const tokenCases = [
  ...[
    "a string",
    "an object",
    "a callback that gives a string",
    "a callback that gives an object",
    "a callback that gives a Response",
    "a callback that gives an object at once",
  ].map((form) => ({
    name: `token: ${form}`,
    async run(t) {
      await t.works(t.client({ token: await forms(t)[form]() }));
    },
  })),
  {
    name: "token: the callback is told why, gets a signal, and is asked once",
    async run(t) {
      const asked = [];
      const client = t.client({ token: (request) => (asked.push(request), t.jwt()) });
      await t.works(client);
      await t.works(client);
      equal(asked.length, 1, "times asked");
      equal(asked[0].reason, "initial", "reason");
      ok(asked[0].signal instanceof AbortSignal, "a signal");
      equal(asked[0].signal.aborted, false, "whether it is aborted once the token came");
    },
  },
  {
    name: "token: calls at the same time share one",
    async run(t) {
      const { made, token } = counting(t);
      const client = t.client({ token });
      await Promise.all(Array.from({ length: 10 }, () => client.get("/runtime/player")));
      equal(made.length, 1, "tokens asked for");
      equal((await t.calls()).length, 10, "calls");
    },
  },
  {
    name: "token: asked for again when it has ended",
    async run(t) {
      const reasons = [];
      const token = async ({ reason }) => {
        reasons.push(reason);
        return { access_token: await t.jwt(), expires_in: reasons.length === 1 ? 1 : 3600 };
      };
      const client = t.client({ token });
      await t.works(client);
      const end = Date.now() + 1_000;
      await until(() => Date.now() > end, { what: "the token's end" });
      await t.works(client);
      await t.works(client);
      deepEqual(reasons, ["initial", "expired"], "reasons");
    },
  },
  {
    name: "token: none was given",
    async run(t) {
      const client = t.client({ token: undefined });
      await t.refuses(() => client.get("/runtime/player"), {
        name: "AuthError",
        code: "token_missing",
        message: /token/,
      });
    },
  },
  {
    name: "heals: after a JWT was revoked",
    run: (t) => healsAfter(t, (text) => t.control.revoke({ access_token: text })),
  },
  {
    name: "heals: after a JWT was ended by the service",
    run: (t) => healsAfter(t, (text) => t.control.expire({ access_token: text })),
  },
  {
    name: "heals: after an app's token was revoked",
    async run(t) {
      const client = t.app({ playerId: PLAYER });
      await t.works(client);
      await t.control.revoke({ client_id: "sandbox-app" });
      await t.control.clearLog();
      await t.works(client);
      equal((await t.calls()).length, 2, "calls: the refused one and its replay");
    },
  },
  {
    name: "heals: a play that was refused is played once",
    async run(t) {
      const { made, token } = counting(t);
      const client = t.client({ token });
      await client.get("/runtime/player");
      await t.control.revoke({ access_token: made[0].text });
      const before = await t.control.player(PLAYER);
      const answer = await client.post(PLAY, { variables: { n: 1 } });
      const change = answer.events.local[0].changes.find((one) => one.metric.type === "point");
      equal(before.scores.find((one) => one.metric.id === change.metric.id).value, change.delta.old, "points before");
      deepEqual(await client.get("/runtime/player"), await t.profile(), "profile");
      const plays = (await t.calls()).filter((call) => call.method === "POST");
      deepEqual(
        plays.map((call) => call.status === 200),
        [false, true],
        "plays that succeeded",
      );
      deepEqual(plays[1].body, { variables: { n: 1 } }, "body of the replay");
    },
  },
  {
    name: "heals: not for ever",
    async run(t) {
      const { made, token } = counting(t);
      const client = t.client({
        token: async (request) => {
          const text = await token(request);
          await t.control.revoke({ access_token: text });
          return text;
        },
      });
      const error = await failure(() => client.get("/runtime/player"));
      t.checkError(error, { name: "AuthError", code: "invalid_access_token", message: /./ });
      equal(made.length, 2, "tokens asked for");
      equal((await t.calls()).length, 2, "calls");
      for (const { text } of made) ok(!leaks(error, text), "the error shows no token");
    },
  },
  {
    name: "heals: a fixed token can't be renewed",
    async run(t) {
      const token = await t.jwt();
      const client = t.client({ token });
      await t.works(client);
      await t.control.revoke({ access_token: token });
      await t.control.clearLog();
      const error = await failure(() => client.get("/runtime/player"));
      t.checkError(error, { name: "AuthError", code: "invalid_access_token" });
      equal((await t.calls()).length, 1, "calls");
      ok(!leaks(error, token), "the error shows no token");
    },
  },
  {
    name: "heals: a JWT that the clock calls ended, with iat, is judged by the service",
    async run(t) {
      const iat = nowSeconds() - 7200;
      const token = await forgeJWT(t.keys(), { player_id: PLAYER, scopes: SCOPES, iat, exp: iat + 3600 });
      const error = await failure(() => t.client({ token }).get("/runtime/player"));
      t.checkError(error, { name: "AuthError", code: "invalid_access_token" });
      equal((await t.calls()).length, 1, "calls");
    },
  },
  {
    name: "heals: a clock ten minutes off doesn't matter",
    async run(t) {
      for (const offset of [600, -600]) {
        await t.control.clock(offset);
        const token = async () => {
          const iat = nowSeconds() + offset;
          return forgeJWT(t.keys(), { player_id: PLAYER, scopes: SCOPES, iat, exp: iat + 300 });
        };
        await t.works(t.client({ token }));
      }
    },
  },
  {
    name: "token: the code of the worker's own envelope wins",
    async run(t) {
      const client = t.client({
        token: () => Response.json({ error: "not_signed_in", error_description: "Sign in first" }, { status: 401 }),
      });
      await t.refuses(() => client.get("/runtime/player"), {
        name: "AuthError",
        code: "not_signed_in",
        message: /Sign in first/,
        status: 401,
      });
    },
  },
];
