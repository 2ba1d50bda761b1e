// The manual's adapter for Node's http, as it stands there.

import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { equal, failure, ok } from "../lib/assert.mjs";

const ORIGIN = "https://game.example";
const NAME = "node: the manual's adapter for http";

const BEFORE = `import { createEdgeHandler } from "playoff-wasm/edge";
const encoder = new TextEncoder();
async function service(url) {
  const isBroken = url.includes("broken");
  const pull = (at) => (isBroken ? at.error(new Error("gone")) : (at.enqueue(encoder.encode("{}")), at.close()));
  return new Response(new ReadableStream({ pull }), { headers: { "content-type": "application/json" } });
}
const handler = createEdgeHandler(() => ({
  clientId: "app",
  clientSecret: "not-a-real-secret",
  authenticate: () => ({ playerId: "johny" }),
  proxy: { allow: [["GET", "/runtime/*"]] },
  fetch: service,
}));
`;

/** The server of the manual, on a free port. Gives a function that asks it. */
async function startAdapter(consumer, cleanups) {
  const manual = await readFile(join(consumer, "node_modules", "playoff-wasm", "README.md"), "utf8");
  const [, adapter] = manual.match(/```js\n(import \{ createServer \}.*?)```/s);
  const changed = adapter.replace("\ncreateServer(", "\nexport const server = createServer(").replace("8080", '0, "127.0.0.1"');
  const file = join(consumer, "adapter.mjs");
  await writeFile(file, BEFORE + changed);
  const { server } = await import(pathToFileURL(file).href);
  cleanups.add(() => server.closeAllConnections());
  cleanups.add(() => server.close());
  if (!server.listening) await once(server, "listening");
  return (path, init) => fetch(`http://127.0.0.1:${server.address().port}${path}`, init);
}

export async function launchNodeAdapter(report, cleanups, { consumer }) {
  const ask = await report.test(`${NAME} starts`, () => startAdapter(consumer, cleanups));
  if (ask === undefined) return;
  const post = (more) => ({ method: "POST", headers: { origin: ORIGIN }, ...more });
  const own = { headers: { "sec-fetch-site": "same-origin" } };
  await report.test(`${NAME} answers`, async () => {
    equal((await ask("/player-token", post())).status, 200, "status of a token");
    const called = await ask("/api/runtime/player", own);
    equal(called.status, 200, "status of a call");
    equal(await called.text(), "{}", "body of a call");
    equal((await ask("/api/runtime/player", { method: "HEAD", ...own })).status, 200, "status of a HEAD");
  });
  await report.test(`${NAME} takes no path for a host`, async () => {
    for (const path of ["//evil.example/player-token", "/\\evil.example/player-token"]) {
      const answer = await ask(path, post({ headers: { origin: "https://evil.example" } }));
      ok([403, 404].includes(answer.status), `status: ${answer.status}`);
    }
  });
  await report.test(`${NAME} outlives what breaks off and what is too large`, async () => {
    equal((await ask("/player-token", post({ body: "x".repeat(100_000) }))).status, 413, "status");
    await failure(async () => (await ask("/api/runtime/broken", own)).text());
    equal((await ask("/player-token", post())).status, 200, "status afterwards");
  });
}
