// Events: what a client tells those who listen.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { nowSeconds } from "../forge.mjs";
import { turn } from "../gate.mjs";
import { leaks } from "../leaks.mjs";

const ROUTE = "/runtime/player";

/** A callback whose every token is another text. */
function counting(t) {
  const made = [];
  const token = async () => {
    made.push(await t.jwt({ expiresIn: 3600 + made.length }));
    return made.at(-1);
  };
  return { made, token };
}

/** Runs `body` while what listeners throw is written down, in place of being reported by the platform. */
async function withReports(body) {
  const before = Object.getOwnPropertyDescriptor(globalThis, "reportError");
  const reported = [];
  const value = (error) => void reported.push(error);
  Object.defineProperty(globalThis, "reportError", { value, configurable: true, writable: true });
  try {
    await body(reported);
  } finally {
    if (before) Object.defineProperty(globalThis, "reportError", before);
    else delete globalThis.reportError;
  }
}

export const eventCases = [
  {
    name: "events: token, with its reason and its end, and never itself",
    async run(t) {
      const { made, token } = counting(t);
      const client = t.client({ token });
      const told = [];
      client.on("token", (event) => told.push(event));
      await t.works(client);
      await t.works(client);
      await t.control.revoke({ access_token: made[0] });
      await t.works(client);
      await client.getToken({ refresh: true });
      deepEqual(
        told.map((event) => event.reason),
        ["initial", "refused", "requested"],
        "reasons",
      );
      for (const event of told) {
        deepEqual(Object.keys(event).sort(), ["expiresAt", "playerId", "reason"], "fields");
        ok(Math.abs(event.expiresAt - nowSeconds() - 3600) < 60, `an hour from now, not ${event.expiresAt}`);
      }
      for (const text of made) ok(!leaks(told, text), "no event shows a token");
    },
  },
  {
    name: "events: token tells whose it is, where every player has one",
    async run(t) {
      const client = t.client({ tokenPer: "player", token: ({ playerId }) => t.jwt({ playerId }) });
      const told = [];
      client.on("token", ({ playerId }) => told.push(playerId));
      await client.get(ROUTE, { playerId: "mara" });
      await client.get(ROUTE, { playerId: "johny" });
      deepEqual(told, ["mara", "johny"], "players");
    },
  },
  {
    name: "events: retry, with what failed and when it is made again",
    async run(t) {
      const headers = { "retry-after": "1", "access-control-expose-headers": "retry-after" };
      await t.control.fail({ count: 1, method: "GET", path: `/v2${ROUTE}`, status: 503, headers });
      const client = t.client();
      const told = [];
      client.on("retry", (event) => told.push(event));
      await t.works(client);
      deepEqual(
        told,
        [
          {
            method: "GET",
            route: ROUTE,
            retry: 1,
            delay: 1000,
            code: "temporarily_unavailable",
            status: 503,
            requestId: undefined,
          },
        ],
        "events",
      );
    },
  },
  {
    name: "events: signedOut, with its reason",
    async run(t) {
      const client = t.client();
      const told = [];
      client.on("signedOut", (event) => told.push(event));
      await t.works(client);
      await client.logout();
      deepEqual(told, [{ reason: "logout", playerId: undefined }], "events");
    },
  },
  {
    name: "events: warning, with what was thrown",
    async run(t) {
      const thrown = new Error("no room");
      const fail = () => Promise.reject(thrown);
      const client = t.client({ storage: { load: fail, store: fail, remove: fail } });
      const told = [];
      client.on("warning", (event) => told.push(event));
      await t.works(client);
      equal(told.length, 1, "events");
      const [{ code, message, cause }] = told;
      equal(code, "storage_failed", "code");
      match(message, /no room/, "message");
      ok(cause === thrown, "cause");
    },
  },
  {
    name: "events: off takes one listener away, and only once",
    async run(t) {
      const client = t.client();
      const told = [];
      const listener = () => told.push("both");
      const offs = [client.on("token", listener), client.on("token", listener), client.on("token", () => told.push("other"))];
      offs[0]();
      offs[0]();
      await t.works(client);
      deepEqual(told, ["both", "other"], "told");
      offs.forEach((off) => equal(off(), undefined, "what off gives"));
      await client.getToken({ refresh: true });
      deepEqual(told, ["both", "other"], "told afterwards");
    },
  },
  {
    name: "events: a listener that takes itself away stops no other",
    async run(t) {
      const client = t.client();
      const told = [];
      const off = client.on("token", () => (off(), told.push("first")));
      client.on("token", () => told.push("second"));
      await t.works(client);
      deepEqual(told, ["first", "second"], "told");
    },
  },
  {
    name: "events: what isn't one is refused",
    async run(t) {
      const client = t.client();
      for (const [type, listener] of [
        ["tokens", () => {}],
        ["constructor", () => {}],
        [undefined, () => {}],
        ["token", undefined],
        ["token", {}],
      ]) {
        t.checkError(await failure(async () => client.on(type, listener)), {
          name: "ConfigError",
          code: "invalid_option",
          message: /event|listener/,
        });
      }
    },
  },
  {
    name: "events: a listener that throws disturbs nobody, and is reported",
    run: (t) =>
      withReports(async (reported) => {
        const thrown = new Error("a bug of the listener");
        const client = t.client();
        const told = [];
        client.on("token", () => {
          throw thrown;
        });
        client.on("token", () => told.push("second"));
        await t.works(client);
        deepEqual(told, ["second"], "told");
        ok(reported.length === 1 && reported[0] === thrown, "reported");
        await t.works(client);
      }),
  },
  {
    name: "events: a listener that throws disturbs nobody, where the platform knows only uncaught errors",
    // Node has no reportError; browsers and workerd do.
    needs: "node",
    async run(t) {
      const thrown = new Error("a bug of the listener");
      const uncaught = new Promise((resolve) => globalThis.process.once("uncaughtException", resolve));
      const client = t.client();
      client.on("token", () => {
        throw thrown;
      });
      await t.works(client);
      ok((await uncaught) === thrown, "uncaught");
    },
  },
  {
    name: "events: a listener that calls the client",
    async run(t) {
      const client = t.client();
      const answers = [];
      client.on("token", () => answers.push(client.get(ROUTE), client.getToken()));
      await t.works(client);
      const [profile, token] = await Promise.all(answers);
      deepEqual(profile, await t.profile(), "profile");
      equal(token, (await t.calls())[0].query.jwt, "token");
    },
  },
  {
    name: "events: a listener that signs out ends the call that waited for the token",
    async run(t) {
      const client = t.client();
      let leaving;
      const off = client.on("token", () => (leaving = client.logout()));
      const error = await failure(() => client.get(ROUTE));
      t.checkError(error, { name: "AuthError", code: "signed_out", message: /./ });
      equal(await leaving, undefined, "what logout gives");
      deepEqual(await t.calls(), [], "calls that the sandbox got");
      off();
      await t.works(client);
    },
  },
  {
    name: "events: a listener that disposes of the client ends the call that waited for the token",
    async run(t) {
      const client = t.client();
      client.on("token", () => client.dispose());
      t.checkError(await failure(() => client.get(ROUTE)), { name: "ConfigError", code: "disposed" });
      await turn(50);
      deepEqual(await t.calls(), [], "calls that the sandbox got");
    },
  },
  {
    name: "events: a listener of a retry that disposes of the client",
    async run(t) {
      await t.control.fail({ count: 1, method: "GET", path: `/v2${ROUTE}`, status: 503 });
      const client = t.client();
      client.on("retry", () => client.dispose());
      t.checkError(await failure(() => client.get(ROUTE)), { name: "ConfigError", code: "disposed" });
      equal((await t.calls()).length, 1, "calls that the sandbox got");
    },
  },
  {
    name: "events: a listener of a sign-out that signs out, calls and disposes",
    async run(t) {
      const client = t.client();
      let within;
      await t.works(client);
      const off = client.on("signedOut", () => {
        off();
        within = [client.logout(), client.get(ROUTE)];
        client.dispose();
      });
      const outer = client.logout();
      const [logout, call] = await Promise.allSettled(within);
      t.checkError(call.reason, { name: "ConfigError", code: "disposed" });
      for (const { reason } of [logout, ...(await Promise.allSettled([outer]))])
        ok(reason === undefined || reason.code === "disposed", `${reason}`);
    },
  },
];
