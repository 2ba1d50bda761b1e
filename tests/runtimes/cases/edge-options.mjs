// What createEdge and its methods are given that can't be meant.

import { failure, ok } from "../../lib/assert.mjs";
import { leaks } from "../leaks.mjs";

const SECRET = "sk-0123456789abcdef";
const GOOD = { clientId: "app", clientSecret: SECRET };

const INVALID = { name: "ConfigError", code: "invalid_option" };
const UNKNOWN = { name: "ConfigError", code: "unknown_option" };

const OPTIONS = [
  ["no options", undefined, INVALID, /`clientId`/],
  ["null", null, INVALID, /createEdge takes a plain object/],
  ["text", "options", INVALID, /createEdge takes a plain object/],
  ["a list", [], INVALID, /createEdge takes a plain object/],
  ["no id", { clientSecret: SECRET }, INVALID, /`clientId`/],
  ["an empty id", { ...GOOD, clientId: "" }, INVALID, /`clientId`/],
  ["an id that is a number", { ...GOOD, clientId: 7 }, INVALID, /`clientId`/],
  ["an id with a colon", { ...GOOD, clientId: "a:b" }, INVALID, /`clientId`.*colon/],
  ["no secret", { clientId: "app" }, INVALID, /`clientSecret`/],
  ["an empty secret", { ...GOOD, clientSecret: "" }, INVALID, /`clientSecret`/],
  ["a secret that is a number", { ...GOOD, clientSecret: 7 }, INVALID, /`clientSecret`/],
  ["an unknown option", { ...GOOD, tokn: SECRET }, UNKNOWN, /`tokn`/],
  ["a token, which the service gives", { ...GOOD, token: SECRET }, UNKNOWN, /`token`/],
  ["tokenPer", { ...GOOD, tokenPer: "player" }, UNKNOWN, /`tokenPer`/],
  ["login", { ...GOOD, login: { clientId: "app" } }, UNKNOWN, /`login`/],
  ["the old client_id", { client_id: "app", clientSecret: SECRET }, UNKNOWN, /`client_id`.*`clientId`/],
  ["the old client_secret", { clientId: "app", client_secret: SECRET }, UNKNOWN, /`client_secret`.*`clientSecret`/],
  ["the old player_id", { ...GOOD, player_id: "johny" }, UNKNOWN, /`player_id`.*`playerId`/],
  ["a scope that is a number", { ...GOOD, scope: 7 }, INVALID, /`scope`/],
  ["a storage that is text", { ...GOOD, storage: "kv" }, INVALID, /`storage`/],
  ["a storage without methods", { ...GOOD, storage: {} }, INVALID, /`storage`/],
  ["a KV namespace as storage", { ...GOOD, storage: { get() {}, put() {} } }, INVALID, /`storage`/],
  ["a broker that is text", { ...GOOD, broker: "broker" }, INVALID, /`broker`/],
  ["a broker that is no namespace", { ...GOOD, broker: {} }, INVALID, /`broker`/],
  ["a fetch that is text", { ...GOOD, fetch: "fetch" }, INVALID, /`fetch`/],
  ["an unknown provider", { ...GOOD, provider: "steam" }, INVALID, /`provider`/],
  ["an address in plain http", { ...GOOD, authUrl: "http://auth.example" }, INVALID, /`authUrl`.*https/],
];

const edgeOf = (t, more) => t.edge.createEdge({ ...t.keys(), apiUrl: t.sandbox.apiUrl, ...more });

/** Of an app's methods: what they are given, and what their error says. */
const CALLS = [
  ["client, of a token", (edge) => edge.client({ token: "x" }), UNKNOWN, /`token`/],
  ["client, of an unknown option", (edge) => edge.client({ tokn: "x" }), UNKNOWN, /`tokn`/],
  ["client, of a player that is a number", (edge) => edge.client({ playerId: 7 }), INVALID, /`playerId`/],
  ["ensurePlayer, of nothing", (edge) => edge.ensurePlayer(), INVALID, /`id`/],
  ["ensurePlayer, of text", (edge) => edge.ensurePlayer("johny"), INVALID, /ensurePlayer takes a plain object/],
  ["ensurePlayer, of no id", (edge) => edge.ensurePlayer({ alias: "x" }), INVALID, /`id`/],
  ["ensurePlayer, of an unknown member", (edge) => edge.ensurePlayer({ id: "x", nmae: "x" }), UNKNOWN, /`nmae`/],
  ["exchangeCode, of nothing", (edge) => edge.exchangeCode(), INVALID, /`code`/],
  ["exchangeCode, of no redirectUri", (edge) => edge.exchangeCode({ code: SECRET }), INVALID, /`redirectUri`/],
  ["refresh, of nothing", (edge) => edge.refresh({}), INVALID, /`refreshToken`/],
  ["refresh, of the old name", (edge) => edge.refresh({ refresh_token: SECRET }), UNKNOWN, /`refresh_token`/],
  ["revoke, of nothing", (edge) => edge.revoke({}), INVALID, /`accessToken`/],
  [
    "revoke, of what is no token",
    (edge) => edge.revoke({ accessToken: `${SECRET}\r\n` }),
    { name: "AuthError" },
    /token/,
  ],
  ["createJWT, of no player", (edge) => edge.createJWT({}), INVALID, /`playerId`/],
  ["kvStorage, of nothing", (edge, t) => t.edge.kvStorage(undefined), INVALID, /KV namespace.*bound/],
  ["kvStorage, of a storage", (edge, t) => t.edge.kvStorage(t.edge.memoryStorage()), INVALID, /KV namespace/],
];

export const edgeOptionCases = [
  ...OPTIONS.map(([title, options, expected, message]) => ({
    name: `bad option of createEdge: ${title}`,
    needs: "edge",
    run: (t) => t.refuses(() => t.edge.createEdge(options), { ...expected, message }, [SECRET]),
  })),
  ...CALLS.map(([title, call, expected, message]) => ({
    name: `bad option of an app's ${title}`,
    needs: "edge",
    run: (t) => t.refuses(async () => call(edgeOf(t), t), { ...expected, message }, [SECRET]),
  })),
  {
    name: "bad option of createEdge: none of it breaks what comes after",
    needs: "edge",
    async run(t) {
      for (const [, options] of OPTIONS) ok(!leaks(await failure(async () => t.edge.createEdge(options)), SECRET));
      await edgeOf(t, { ...t.keys() }).createJWT({ playerId: "johny" });
    },
  },
];
