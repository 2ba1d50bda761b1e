// Objects of the caller's that throw when they are looked at: they end their own call, and no other.

import { deepEqual, failure, ok } from "../../lib/assert.mjs";

const ROUTE = "/runtime/player";

const boom = () => {
  throw new Error("looked at");
};
const throwingGetter = Object.defineProperty({}, "x", { enumerable: true, get: boom });
const throwingProxy = new Proxy({}, { ownKeys: boom, get: boom, has: boom });
const deafSignal = { aborted: false, reason: undefined, addEventListener: boom, removeEventListener: boom };

const CALLS = [
  ["a query with a getter that throws", { query: throwingGetter }],
  ["a query that is a proxy", { query: throwingProxy }],
  ["headers with a getter that throws", { headers: throwingGetter }],
  ["options that are a proxy", throwingProxy],
  ["a signal that can't be listened to", { signal: deafSignal }],
];

/** A `fetch` whose answers are less than a `Response`, or throw. */
const FETCHES = [
  ["a fetch that throws", boom],
  ["a fetch that gives nothing", () => undefined],
  ["a body that throws", () => ({ status: 200, headers: new Headers(), text: boom })],
];

/** While another call is pending, `bad` fails; the other one gets its answer. */
async function endsAlone(t, bad) {
  const client = t.client();
  await t.works(client);
  await t.control.fail({ count: 1, delay: 400, path: `/v2${ROUTE}`, method: "GET" });
  const other = client.get(ROUTE, { retry: 0 }).catch((error) => error);
  const error = await failure(bad);
  ok(error.code !== "internal", `it isn't a fault of the SDK's own: ${error.message}`);
  const ended = await other;
  ok(ended?.code !== "internal", "the other call isn't ended by it");
  await t.control.clearFaults();
  await t.works(client);
}

export const throwingObjectCases = [
  ...CALLS.map(([what, options]) => ({
    name: `throwing objects: ${what}`,
    run: (t) => endsAlone(t, async () => t.client().get(ROUTE, options)),
  })),
  ...FETCHES.map(([what, fetch]) => ({
    name: `throwing objects: ${what}`,
    run: (t) => endsAlone(t, async () => t.client({ fetch, retry: 0 }).get(ROUTE)),
  })),
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
