// A hundred thousand apps in a Node of its own that nobody disposes of, with a service that answers at once. Prints how
// large the wasm's memory was on the way.

import { wasmMemory } from "./wasm-memory.mjs";

// What is imported from outside of a bundle comes before everything in it.
const { createEdge, memoryStorage } = await import("playoff-wasm/edge");

const APPS = 100_000;
const CALLS = 2_000;
const FIRST = 3_000;

const storage = memoryStorage();
let tokens = 0;

const edgeOf = (more) =>
  createEdge({
    apiUrl: "https://api.example.test",
    authUrl: "https://example.test",
    clientId: "app",
    clientSecret: "app-secret-not-a-real-secret",
    async fetch(url) {
      const isToken = url.endsWith("/auth/token");
      return Response.json(isToken ? { access_token: `token-${tokens++}`, expires_in: 3600 } : { data: [] });
    },
    ...more,
  });

async function make(apps, calls) {
  for (let made = 0; made < apps; made++) edgeOf().client();
  for (let made = 0; made < calls; made++)
    await edgeOf(made % 2 ? { storage } : {})
      .client()
      .get("/admin/players");
}

// Half of them have a token of their own: more than are kept, so that the first have been dropped.
await make(FIRST, FIRST);
const first = wasmMemory();
await make(APPS, CALLS);
console.log(JSON.stringify({ first, last: wasmMemory(), tokens }));
