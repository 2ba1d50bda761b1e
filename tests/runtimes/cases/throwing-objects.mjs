// Objects of the caller's that throw when they are looked at: they end their own call, and no other.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";

const ROUTE = "/runtime/player";

const boom = () => {
  throw new Error("looked at");
};
const throwingGetter = Object.defineProperty({}, "x", { enumerable: true, get: boom });
const throwingProxy = new Proxy({}, { ownKeys: boom, get: boom, has: boom });
const deafSignal = { aborted: false, reason: undefined, addEventListener: boom, removeEventListener: boom };

const revoked = () => {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
};
const throwingArray = new Proxy(["a"], { get: boom });
const proxiedDate = new Proxy(new Date(), {});
// As Temporal's are: they can't be compared by mistake.
const incomparable = { valueOf: boom, toString: () => "2026-01-01T00:00:00Z" };
const throwing = (name) => Object.defineProperty({}, name, { enumerable: true, get: boom });
const inherited = (name) => Object.create(throwing(name));

const CALLS = [
  ["a query with a getter that throws", { query: throwingGetter }, "invalid_query"],
  ["a query that is a proxy", { query: throwingProxy }, "invalid_query"],
  ["a query with a revoked proxy", { query: { ids: revoked() } }, "invalid_query"],
  ["a query with an array that throws", { query: { ids: throwingArray } }, "invalid_query"],
  ["a query with a proxy of a date", { query: { at: proxiedDate } }, "invalid_query"],
  ["headers with a getter that throws", { headers: throwingGetter }, "invalid_option"],
  ["headers that hold an array that throws", { headers: [throwingArray] }, "invalid_option"],
  ["methods of retry that are a revoked proxy", { retry: { methods: revoked() } }, "invalid_option"],
  ["options that are a proxy", throwingProxy, "invalid_option"],
  ["options that are a revoked proxy", revoked(), "invalid_option"],
  ["a signal that can't be listened to", { signal: deafSignal }],
];

/** Calls by arguments that throw, and their codes. */
const OTHERS = [
  ["a route that is a revoked proxy", (client) => client.get(revoked()), "invalid_route"],
  ["a route that is an array that throws", (client) => client.get(throwingArray), "invalid_route"],
  ["a body that is a revoked proxy", (client) => client.post(ROUTE, revoked()), "invalid_body"],
  ["an id that is an array that throws", ({ runtime }) => runtime.process(throwingArray), "invalid_route"],
  ["an id that is a revoked proxy", ({ runtime }) => runtime.process(revoked()), "invalid_route"],
  ["a process with a getter that throws", ({ runtime }) => runtime.createProcess(throwingGetter)],
  ["a feed since a BigInt", (client) => feed(client, { since: 10n }), "invalid_option"],
  ["a feed since a symbol", (client) => feed(client, { since: Symbol("s") }), "invalid_option"],
  ["a feed since what can't be compared", (client) => feed(client, { since: incomparable }), "invalid_option"],
  ["a feed since a proxy of a date", (client) => feed(client, { since: proxiedDate }), "invalid_option"],
];
const feed = ({ runtime }, options) => runtime.notifications({ environment: "production", gameId: "g", ...options }).next();

/** Accessors that throw: nobody goes on as if nothing was given. */
const GETTERS = [
  ["of a call", (client) => client.get(ROUTE, throwing("signal"))],
  ["that a call's options inherit", (client) => client.get(ROUTE, inherited("signal"))],
  ["of `retry`", (client) => client.get(ROUTE, { retry: throwing("limit") })],
  ["of a typed call", ({ runtime }) => runtime.play("collect", inherited("variables"))],
  ["of getToken", (client) => client.getToken(inherited("refresh"))],
  ["of createClient", (client, t) => t.pkg.createClient(throwing("timeout"))],
  ["that createClient's options inherit", (client, t) => t.pkg.createClient(inherited("token"))],
  ["of `hooks`", (client, t) => t.client({ hooks: throwing("beforeRequest") })],
  ["of a definition", (client, t) => t.client({ provider: { extend: "playoff", tokenIn: throwing("page") } })],
  ["of what a definition extends", (client, t) => t.client({ provider: { extend: throwing("name") } })],
];

/** Values of callbacks: what a client then does is known, and nothing else is harmed. */
const CALLBACKS = [
  ["a promise whose constructor throws", { token: () => odd(Promise.resolve("t"), "constructor") }, "token_callback_failed"],
  ["a promise whose `then` throws", { token: () => odd(Promise.resolve("t"), "then") }, "token_callback_failed"],
  ["a token that is a revoked proxy", { token: revoked }, "token_callback_failed"],
  ["a response whose headers are a proxy", { fetch: answer({ headers: new Proxy(new Headers(), {}) }) }],
  ["a response whose headers give numbers", { fetch: answer({ headers: new Map([["date", 5]]) }) }],
  ["a response whose status is read once", { fetch: answer(statusOnce()) }],
  ["a token that expires at a proxy of a date", { token: () => ({ access_token: "t", expires_at: proxiedDate }) }],
];

function odd(value, name) {
  return Object.defineProperty(value, name, { get: boom });
}

function answer(more) {
  return async () => Object.defineProperties({ status: 200, text: () => "{}" }, Object.getOwnPropertyDescriptors(more));
}

function statusOnce() {
  let read = 0;
  return {
    get status() {
      return read++ === 0 ? 200 : boom();
    },
  };
}

/** A `fetch` whose answers are less than a `Response`, or throw. */
const FETCHES = [
  ["a fetch that throws", boom],
  ["a fetch that gives nothing", () => undefined],
  ["a body that throws", () => ({ status: 200, headers: new Headers(), text: boom })],
  ["a promise whose constructor throws", () => odd(Promise.resolve(new Response("{}")), "constructor")],
  ["bytes that are none", () => ({ status: 200, text: boom, arrayBuffer: () => Symbol("s") }), { as: "bytes" }],
  ["a stream that throws", () => odd({ status: 200, text: boom }, "body"), { as: "response" }],
];

/** While another call is pending, something is done; the other one gets its answer. */
async function beside(t, action) {
  const client = t.client();
  await t.works(client);
  await t.control.fail({ count: 1, delay: 400, path: `/v2${ROUTE}`, method: "GET" });
  const other = client.get(ROUTE, { retry: 0 }).catch((error) => error);
  const done = await action();
  const ended = await other;
  ok(ended?.code !== "internal", "the other call isn't ended by it");
  await t.control.clearFaults();
  await t.works(client);
  return done;
}

/** The same with what fails: how is known. */
async function endsAlone(t, bad, code) {
  const error = await beside(t, () => failure(bad));
  ok(error.code !== "internal", `it isn't a fault of the SDK's own: ${error.message}`);
  if (code) t.checkError(error, { code });
  return error;
}

export const throwingObjectCases = [
  ...CALLS.map(([what, options, code]) => ({
    name: `throwing objects: ${what}`,
    run: (t) => endsAlone(t, async () => t.client().get(ROUTE, options), code),
  })),
  ...OTHERS.map(([what, call, code]) => ({
    name: `throwing objects: ${what}`,
    run: (t) => endsAlone(t, async () => call(t.client()), code),
  })),
  ...GETTERS.map(([what, call]) => ({
    name: `throwing objects: a getter ${what}`,
    async run(t) {
      const error = await endsAlone(t, async () => call(t.client(), t), "invalid_option");
      equal(error.cause?.message, "looked at", "the cause");
    },
  })),
  ...FETCHES.map(([what, fetch, options]) => ({
    name: `throwing objects: of fetch, ${what}`,
    run: (t) => endsAlone(t, async () => t.client({ fetch, retry: 0 }).get(ROUTE, options), "network_error"),
  })),
  ...CALLBACKS.map(([what, options, code]) => ({
    name: `throwing objects: ${what}`,
    async run(t) {
      const call = () => t.client({ fetch: answer({}), retry: 0, ...options }).get(ROUTE);
      if (code) await endsAlone(t, call, code);
      else deepEqual(await beside(t, call), {}, "answer");
    },
  })),
  {
    name: "throwing objects: a date whose toJSON throws, or gives no text",
    async run(t) {
      const urls = [];
      const client = t.client({ fetch: async (url) => (urls.push(url), new Response("{}")) });
      for (const toJSON of [boom, () => 5, () => ({})]) {
        const at = Object.assign(new Date(0), { toJSON });
        await beside(t, () => client.get(ROUTE, { query: { at } }));
        equal(new URL(urls.pop()).searchParams.get("at"), "1970-01-01T00:00:00.000Z", "query");
      }
    },
  },
  {
    name: "throwing objects: a body that comes at once is fine",
    async run(t) {
      const fetch = () => ({ status: 200, text: () => '{"a":1}' });
      deepEqual(await t.client({ fetch }).get(ROUTE), { a: 1 }, "answer");
      const strange = () => ({ ...fetch(), headers: { get: boom } });
      deepEqual(await t.client({ fetch: strange }).get(ROUTE), { a: 1 }, "answer under headers that throw");
    },
  },
];
