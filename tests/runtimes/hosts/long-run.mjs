// A hundred thousand calls of all kinds in a Node of its own, with a service that answers at once. Prints how large the
// wasm's memory was on the way; then it must end by itself, with the client still there.

import { wasmMemory } from "./wasm-memory.mjs";

// What is imported from outside of a bundle comes before everything in it.
const { createClient } = await import("playoff-wasm");

const CALLS = 100_000;
const FIRST = 1_000;
const FIRST_AT_ONCE = 125;
const AT_ONCE = 100;

const json = (value, init) => new Response(JSON.stringify(value), init);
const busy = () => json({ error: "temporarily_unavailable" }, { status: 503, headers: { "retry-after": "0" } });
const ERRORS = { lost: { error: "route_not_found" }, refused: { error: "invalid_access_token" } };

// Calls that were answered once, and are answered well the second time.
const answered = new Set();
const secondTime = (call) => answered.delete(call) || !answered.add(call);

const SERVICE = {
  "/v2/player": () => json({ id: "johny", scores: [1, 2, 3] }),
  "/v2/busy": ({ call }) => (secondTime(call) ? json({ id: "johny" }) : busy()),
  "/v2/refused": ({ call }) => (secondTime(call) ? json({ id: "johny" }) : json(ERRORS.refused, { status: 401 })),
  "/v2/lost": () => json(ERRORS.lost, { status: 404 }),
  "/v2/broken": () => Promise.reject(new TypeError("fetch failed")),
  "/v2/silent": ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true })),
};

let calls = 0;
let tokens = 0;
const client = createClient({
  apiUrl: "https://api.example.test",
  authUrl: "https://example.test",
  token: async () => ({ access_token: `token-${tokens++}`, expires_in: 3600 }),
  async fetch(url, { signal }) {
    const { pathname, searchParams } = new URL(url);
    return SERVICE[pathname]({ call: searchParams.get("call"), signal });
  },
  hooks: { beforeRequest: () => {}, afterResponse: async () => {} },
});

let heard = 0;
for (const type of ["token", "retry"]) client.on(type, () => (heard += 1));

function aborted() {
  const controller = new AbortController();
  const call = client.get("/silent", { signal: controller.signal });
  setImmediate(() => controller.abort());
  return call;
}

// Most calls are plain ones; of the others there are some of each kind.
const KINDS = {
  5: () => client.get("/player", { signal: new AbortController().signal, totalTimeout: 60_000 }),
  15: () => client.post("/player", { variables: { n: 1, text: "x".repeat(2_000) } }),
  25: () => client.get("/player", { as: "text", full: true, query: { text: "x".repeat(500) } }),
  35: () => client.get("/busy", { query: { call: calls++ } }),
  45: () => client.get("/refused", { query: { call: calls++ } }),
  55: () => client.get("/lost"),
  65: () => client.post("/broken", {}),
  75: aborted,
  85: () => client.get("/silent", { timeout: 1, retry: 0 }),
  95: () => client.get("no route"),
};

const ended = { fulfilled: 0, rejected: 0 };

async function make(count, atOnce) {
  for (let at = 0; at < count; at += atOnce) {
    const kinds = Array.from({ length: atOnce }, (_, number) => KINDS[number % 100]);
    const pending = kinds.map((call = () => client.get("/player")) => call());
    for (const { status } of await Promise.allSettled(pending)) ended[status] += 1;
  }
}

// A few more at once than later: room for what those leave between each other, and less than three bytes a call.
await make(FIRST, FIRST_AT_ONCE);
const first = wasmMemory();
await make(CALLS - FIRST, AT_ONCE);
// A token that would have to be renewed one day, and nobody who waits for it.
console.log(JSON.stringify({ first, last: wasmMemory(), ended, tokens, heard, at: Date.now() }));
