// What a case works with: clients of the sandbox, its log, and the checks that many cases share.

import { deepEqual, equal, failure, match, ok } from "../lib/assert.mjs";
import { withoutPreflights } from "../lib/control.mjs";
import { until } from "../lib/limits.mjs";
import { leaks } from "./leaks.mjs";

export const PLAYER = "johny";
export const SCOPES = ["player.runtime.read", "player.runtime.write"];

export function createContext(host, control) {
  const { pkg, sandbox } = host;
  const t = {
    ...host,
    control,

    /** A seeded client of the sandbox. */
    seeded: (clientId) => sandbox.clients.find((one) => one.clientId === clientId),

    /** A player's JWT, made by createJWT. */
    jwt: (more = {}) => host.mint({ ...t.keys(), playerId: PLAYER, scopes: SCOPES, expiresIn: 3600, ...more }),

    /** The id and secret of the client whose JWTs the sandbox takes. */
    keys() {
      const { clientId, clientSecret } = t.seeded("sandbox-jwt");
      return { clientId, clientSecret };
    },

    /** A client of the sandbox, for the seeded player unless `options` say otherwise. */
    client: (options = {}) =>
      pkg.createClient({ apiUrl: sandbox.apiUrl, authUrl: sandbox.authUrl, token: () => t.jwt(), ...options }),

    /** A client that acts as the app. */
    app: (options = {}) => t.client({ token: () => host.accessToken("sandbox-app"), ...options }),

    /** The API calls that the sandbox got. */
    calls: async () => withoutPreflights(await control.log()).filter((call) => call.path !== "/auth/token"),

    /** The headers that the page's preflights asked for. */
    async askedFor() {
      const preflights = (await control.log()).filter((call) => call.method === "OPTIONS");
      return preflights.flatMap((call) => (call.headers["access-control-request-headers"] ?? "").split(","));
    },

    /** A client of the recorded game's first player. The sandbox plays that game from its start. */
    async recorded(options = {}) {
      await control.game("recorded");
      return t.client({ token: () => t.jwt({ playerId: "player1" }), ...options });
    },

    /** A client of an app of its own that acts in that game. Where there is an edge. */
    async recordedApp(options) {
      await control.game("recorded");
      const { clientId, clientSecret } = t.seeded("sandbox-app");
      const { apiUrl, authUrl } = sandbox;
      return t.edge.createEdge({ clientId, clientSecret, apiUrl, authUrl }).client(options);
    },

    profile: () => control.player(PLAYER),

    /** The client works: it gets what the control route says of the player. */
    async works(client) {
      deepEqual(await client.get("/runtime/player"), await t.profile(), "profile");
    },

    /** `works`, when an error just before may make the client wait a little. */
    worksSoon: (client) =>
      until(async () => (await t.works(client), true), {
        limit: 10_000,
        every: 100,
        what: "the client works afterwards",
      }),

    /** Checks an error of ours: its class (or one below it), its code, and that its message names what was wrong. */
    checkError(error, { name = "PlayoffError", code, message, status }) {
      ok(error instanceof pkg[name], `expected a ${name}, got ${error?.name}: ${error?.message}`);
      ok(error instanceof pkg.PlayoffError && error instanceof Error, "a PlayoffError and an Error");
      ok(pkg.isPlayoffError(error), "isPlayoffError");
      ok(error instanceof pkg[error.name], `name of the error: ${error.name}`);
      match(error.code, /^[a-z][a-z0-9_]*$/, "code");
      if (code !== undefined) equal(error.code, code, "code");
      if (message !== undefined) match(error.message, message, "message");
      if (status !== undefined) equal(error.status, status, "status");
      equal(JSON.parse(JSON.stringify(error)).code, error.code, "code in toJSON");
    },

    /** The call is refused before anything is sent, and nothing of `secrets` shows. */
    async refuses(action, expected, secrets = []) {
      const error = await failure(action);
      t.checkError(error, expected);
      deepEqual(await t.calls(), [], "calls that the sandbox got");
      for (const secret of secrets)
        ok(!leaks(error, secret), `the error shows ${JSON.stringify(secret.slice(0, 4))}...`);
      return error;
    },
  };
  return t;
}
