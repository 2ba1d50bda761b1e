// Options that can't be meant: refused when the client is made, or before the call is sent.

import { deepEqual, failure } from "../../lib/assert.mjs";
import { PLAYER } from "../context.mjs";

const SECRET = "sk-0123456789abcdef";

const INVALID = { name: "ConfigError", code: "invalid_option" };
const UNKNOWN = { name: "ConfigError", code: "unknown_option" };

// Options of createClient: what the error is, and what its message must name.
const OPTIONS = [
  ["an unknown option", { tokn: "x" }, UNKNOWN, /`tokn`/],
  ["an unknown option, by case", { APIURL: "https://a.example" }, UNKNOWN, /`APIURL`/],
  ["an unknown provider", { provider: "steam" }, INVALID, /`provider`.*"playoff"/],
  ["a provider that is a number", { provider: 7 }, INVALID, /`provider`/],
  ["a provider that is inherited", { provider: "toString" }, INVALID, /`provider`/],
  ["an unknown version", { version: "v3" }, INVALID, /`version`.*"v2"/],
  ["a version that is a number", { version: 2 }, INVALID, /`version`/],
  ["an unknown place for tokens", { tokenIn: "body" }, INVALID, /`tokenIn`.*"query"/],
  ["a negative timeout", { timeout: -1 }, INVALID, /`timeout`/],
  ["a timeout that is text", { timeout: "1s" }, INVALID, /`timeout`/],
  ["a timeout that isn't a number", { timeout: Number.NaN }, INVALID, /`timeout`/],
  ["a negative limit of retries", { retry: -1 }, INVALID, /`retry`/],
  ["half a retry", { retry: { limit: 0.5 } }, INVALID, /`limit`/],
  ["an unknown option of retry", { retry: { times: 2 } }, UNKNOWN, /`times`/],
  ["an unknown method of retry", { retry: { methods: ["GRAB"] } }, INVALID, /`method`/],
  ["an address that is a number", { apiUrl: 7 }, INVALID, /`apiUrl`/],
  ["an address that is a path", { apiUrl: "/api" }, INVALID, /`apiUrl`/],
  ["an address of another scheme", { apiUrl: "ftp://api.example" }, INVALID, /`apiUrl`/],
  ["an address in plain http", { apiUrl: "http://api.example" }, INVALID, /`apiUrl`.*https/],
  ["an address with credentials", { apiUrl: `https://me:${SECRET}@api.example` }, INVALID, /`apiUrl`/],
  ["an address with a query", { apiUrl: `https://api.example?access_token=${SECRET}` }, INVALID, /`apiUrl`/],
  ["an address of sign-in in plain http", { authUrl: "http://auth.example" }, INVALID, /`authUrl`.*https/],
  ["an address with the version", { apiUrl: "https://api.example/v2" }, INVALID, /`apiUrl`.*version/],
  ["a host that is an address", { host: "https://games.example" }, INVALID, /`host`/],
  ["a playerId that is a number", { playerId: 7 }, INVALID, /`playerId`/],
  ["a login without a client", { login: {} }, INVALID, /`clientId`/],
  ["an unknown option of login", { login: { clientId: "a", redirectUrl: "x" } }, UNKNOWN, /`redirectUrl`/],
  ["an exchange elsewhere", { login: { clientId: "a", exchange: "https://a.example/x" } }, INVALID, /`login.exchange`/],
  ["an exchange of another host", { login: { clientId: "a", exchange: "//a.example" } }, INVALID, /`login.exchange`/],
  ["an exchange that is a number", { login: { clientId: "a", exchange: 7 } }, INVALID, /`login.exchange`/],
  ["a login's storage that is none", { login: { clientId: "a", storage: {} } }, INVALID, /`storage`/],
  ["a fetch that isn't a function", { fetch: "fetch" }, INVALID, /`fetch`/],
  ["headers that aren't an object", { headers: 7 }, INVALID, /`headers`/],
  ["a header that breaks the line", { headers: { a: "b\r\nx: y" } }, INVALID, /`headers`/],
  ["a header beyond Latin-1", { headers: { a: "✓" } }, INVALID, /`headers`/],
  ["a header with a control character", { headers: { a: "\u0001" } }, INVALID, /`headers`/],
  [
    "a header of authorization",
    { headers: { Authorization: `Bearer ${SECRET}` } },
    INVALID,
    /`headers`.*Authorization/,
  ],
];

// Names that say secret: refused in a page's client, and the value isn't shown.
const SECRETS = ["clientSecret", "client_secret", "secret", "Secret", "appSECRET", "mySecretKey"];

// Options of a call.
const CALL_OPTIONS = [
  ["an unknown option", { qurey: {} }, UNKNOWN, /`qurey`/],
  ["an unknown form", { as: "xml" }, INVALID, /`as`.*"json"/],
  ["a form that is a number", { as: 7 }, INVALID, /`as`/],
  ["a signal that isn't one", { signal: "stop" }, INVALID, /`signal`/],
  ["a negative timeout", { timeout: -5 }, INVALID, /`timeout`/],
  ["a header beyond Latin-1", { headers: { a: "✓" } }, INVALID, /`headers`/],
  ["a playerId that is a number", { playerId: 7 }, INVALID, /`playerId`/],
  ["a query that is text", { query: "a=b" }, { name: "ConfigError" }, /query/],
  [
    "a query with a token",
    { query: { access_token: SECRET } },
    { name: "ConfigError", code: "invalid_query" },
    /access_token/,
  ],
  ["a query with a JWT", { query: { jwt: SECRET } }, { name: "ConfigError", code: "invalid_query" }, /jwt/],
  ["a query with an object", { query: { filter: { a: 1 } } }, { name: "ConfigError", code: "invalid_query" }, /filter/],
  ["a query with a function", { query: { when: () => 1 } }, { name: "ConfigError", code: "invalid_query" }, /when/],
];

const METHODS = ["", "GET /", "get it", "TRACE", "CONNECT", 7, undefined];

export const badOptionCases = [
  ...OPTIONS.map(([title, options, expected, message]) => ({
    name: `bad option: ${title}`,
    async run(t) {
      await t.refuses(() => t.client(options), { ...expected, message }, [SECRET]);
      await t.works(t.client());
    },
  })),
  ...["options", null, 7, [], () => ({})].map((options) => ({
    name: `bad option: options are ${typeof options === "function" ? "a function" : JSON.stringify(options)}`,
    async run(t) {
      await t.refuses(() => t.pkg.createClient(options), { name: "ConfigError", message: /option/ });
    },
  })),
  ...SECRETS.map((name) => ({
    name: `bad option: ${name}, since a page keeps no secret`,
    async run(t) {
      const expected = { name: "ConfigError", code: "secret_in_page", message: new RegExp(`\`${name}\``) };
      const error = await t.refuses(() => t.client({ [name]: SECRET }), expected, [SECRET]);
      // The reason, and where it belongs.
      t.checkError(error, { message: /page|browser/i });
      t.checkError(error, { message: /edge|worker|backend|server/i });
      await t.works(t.client());
    },
  })),
  ...["login", "provider", "retry", "hooks"].map((option) => ({
    name: `bad option: a secret in ${option}`,
    async run(t) {
      const expected = { name: "ConfigError", code: "secret_in_page", message: /`clientSecret`/ };
      await t.refuses(() => t.client({ [option]: { clientSecret: SECRET } }), expected, [SECRET]);
      await t.works(t.client());
    },
  })),
  {
    name: "bad option of a call: null in place of all, which rejects",
    async run(t) {
      const client = t.client();
      for (const call of [() => client.request("GET", "/runtime/player", null), () => client.get("/runtime/player", null)]) {
        const rejected = call();
        await t.refuses(() => rejected, { ...INVALID, message: /null/ });
      }
      for (const call of [() => client.runtime.createProcess(null), () => client.runtime.uploadPlayerImage(null)]) {
        const rejected = call();
        await failure(() => rejected);
      }
      deepEqual(await t.calls(), [], "calls that the sandbox got");
      await t.works(client);
    },
  },
  {
    name: "headers of one name are one, of a client and of a call",
    async run(t) {
      const sent = [];
      const fetch = async (url, { headers }) => (sent.push(headers), new Response("{}"));
      const doubled = [["x-a", "1"], ["x-a", "2"], ["X-A", "3"]];
      await t.client({ fetch, headers: doubled }).get("/runtime/player");
      await t.client({ fetch }).get("/runtime/player", { headers: doubled });
      deepEqual(sent.map((headers) => headers["x-a"]), Array(2).fill(new Headers(doubled).get("x-a")), "headers");
    },
  },
  ...CALL_OPTIONS.map(([title, options, expected, message]) => ({
    name: `bad option of a call: ${title}`,
    async run(t) {
      const client = t.client();
      await t.refuses(() => client.get("/runtime/player", options), { ...expected, message }, [SECRET]);
      await t.works(client);
    },
  })),
  {
    name: "bad option of a call: a secret",
    async run(t) {
      const client = t.client();
      await t.refuses(
        () => client.get("/runtime/player", { clientSecret: SECRET }),
        { name: "ConfigError", message: /`clientSecret`/ },
        [SECRET],
      );
      await t.works(client);
    },
  },
  ...METHODS.map((method) => ({
    name: `bad method: ${JSON.stringify(method)}`,
    async run(t) {
      const client = t.app({ playerId: PLAYER });
      await t.refuses(() => client.request(method, "/runtime/player"), { name: "ConfigError", message: /method/ });
      await t.works(client);
    },
  })),
];
