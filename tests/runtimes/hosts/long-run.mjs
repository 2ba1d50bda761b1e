// A hundred thousand calls of all kinds in a Node of its own, with a service that answers at once. Prints how large the
// wasm's memory was on the way; then it must end by itself, with the client still there.

const CALLS = 100_000;
const FIRST = 1_000;
const AT_ONCE = 100;

const instances = [];
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...args) {
    super(...args);
    instances.push(this);
  }
};
const { createClient } = await import("playoff-wasm");

const json = (value, init) => new Response(JSON.stringify(value), init);
const busy = () => json({ error: "temporarily_unavailable" }, { status: 503, headers: { "retry-after": "0" } });
const ERRORS = { lost: { error: "route_not_found" }, refused: { error: "invalid_access_token" } };

// What each route answers with; `busy` and `refused` do so every other time.
const times = { busy: 0, refused: 0 };
const SERVICE = {
  "/v2/player": () => json({ id: "johny", scores: [1, 2, 3] }),
  "/v2/busy": () => (times.busy++ % 2 === 0 ? busy() : json({ id: "johny" })),
  "/v2/refused": () => (times.refused++ % 2 === 0 ? json(ERRORS.refused, { status: 401 }) : json({ id: "johny" })),
  "/v2/lost": () => json(ERRORS.lost, { status: 404 }),
  "/v2/broken": () => Promise.reject(new TypeError("fetch failed")),
  "/v2/silent": (signal) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true })),
};

let tokens = 0;
const client = createClient({
  apiUrl: "https://api.example.test",
  authUrl: "https://example.test",
  token: async () => ({ access_token: `token-${tokens++}`, expires_in: 3600 }),
  fetch: async (url, { signal }) => SERVICE[new URL(url).pathname](signal),
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
  35: () => client.get("/busy"),
  45: () => client.get("/refused"),
  55: () => client.get("/lost"),
  65: () => client.post("/broken", {}),
  75: aborted,
  85: () => client.get("/silent", { timeout: 1, retry: 0 }),
  95: () => client.get("no route"),
};

const ended = { fulfilled: 0, rejected: 0 };

async function make(count) {
  for (let at = 0; at < count; at += AT_ONCE) {
    const calls = Array.from({ length: AT_ONCE }, (_, kind) => (KINDS[kind] ?? (() => client.get("/player")))());
    for (const { status } of await Promise.allSettled(calls)) ended[status] += 1;
  }
}

const memory = () => instances.map(({ exports }) => exports.memory.buffer.byteLength);

await make(FIRST);
const first = memory();
await make(CALLS - FIRST);
// A token that would have to be renewed one day, and nobody who waits for it.
console.log(JSON.stringify({ first, last: memory(), ended, tokens, heard, at: Date.now() }));
