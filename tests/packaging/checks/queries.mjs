// TanStack Query, which pages use most: the runtime's functions are its functions.

import { createRequire } from "node:module";
import { join } from "node:path";
import { MutationObserver, QueryClient } from "@tanstack/query-core";
import { deepEqual, equal, failure } from "../../lib/assert.mjs";

export async function queryCases(report, { consumer }) {
  const { createClient } = createRequire(join(consumer, "package.json"))("playoff-wasm");
  const { runtime } = createClient({ apiUrl: "https://api.example", token: "a-token", fetch: answer });

  await report.test("TanStack Query: `queryFn: playoff.runtime.player`", async () => {
    const player = await new QueryClient().fetchQuery({ queryKey: ["player"], queryFn: runtime.player });
    equal(player.id, "johny", "id");
  });

  await report.test("TanStack Query: `mutationFn: playoff.runtime.updatePlayer`", async () => {
    const observer = new MutationObserver(new QueryClient(), { mutationFn: runtime.updatePlayer });
    const player = await observer.mutate({ alias: "Johny B." });
    deepEqual([player.id, player.alias], ["johny", "Johny B."], "player");
  });

  await report.test("TanStack Query: a query that is cancelled ends its call", async () => {
    const client = new QueryClient();
    const ended = new Promise((resolve) => (answer.ended = resolve));
    const query = client.fetchQuery({ queryKey: ["actions"], queryFn: runtime.actions });
    await answer.asked;
    await client.cancelQueries({ queryKey: ["actions"] });
    await failure(() => query, "the query");
    await ended;
  });
}

/** A service with one player, whose actions never come. */
let told;
answer.asked = new Promise((resolve) => (told = resolve));
async function answer(request, init) {
  const { pathname } = new URL(request.url ?? request);
  const { method, signal, body } = init ?? request;
  if (pathname === "/v2/runtime/actions") {
    told();
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => {
        answer.ended();
        reject(signal.reason);
      });
    });
  }
  const changes = method === "PATCH" ? JSON.parse(typeof body === "string" ? body : await new Response(body).text()) : {};
  return Response.json({ id: "johny", alias: "Johny", scores: [], ...changes });
}
