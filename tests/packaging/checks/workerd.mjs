// A worker bundled as wrangler does it (the `workerd` condition, wasm as modules), under an old and a new date.

import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { deepEqual, equal } from "../../lib/assert.mjs";
import { startWorkerd } from "../../lib/workerd.mjs";

const DATES = ["2024-09-23", "2026-10-01"];

const WORKER = `
import { createClient } from "playoff-wasm";
import { createJWT } from "playoff-wasm/edge";

export default {
  async fetch(request, env) {
    const { apiUrl, authUrl, playerId, ...keys } = JSON.parse(env.CONFIG);
    const token = createJWT({ ...keys, playerId, scopes: ["player.runtime.read"], expiresIn: 600 });
    return Response.json(await createClient({ apiUrl, authUrl, token }).get("/runtime/player"));
  },
};
`;

async function bundleWorker(consumer, folder) {
  await mkdir(folder, { recursive: true });
  const entry = join(consumer, "worker.mjs");
  await writeFile(entry, WORKER);
  const { metafile } = await build({
    entryPoints: [entry],
    outfile: join(folder, "worker.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    metafile: true,
    logLevel: "silent",
  });
  return Object.keys(metafile.outputs).map((path) => basename(path));
}

export async function workerdCases(report, { consumer, work, control, sandbox, player }) {
  const { clientId, clientSecret } = sandbox.clients.find((one) => one.type === "jwt");
  const config = { apiUrl: sandbox.apiUrl, authUrl: sandbox.authUrl, playerId: player, clientId, clientSecret };
  const folder = join(work, "workerd");

  const outputs = await report.test("workerd: bundling", () => bundleWorker(consumer, folder));
  if (outputs === undefined) return;
  await report.test("workerd: both entries come with their wasm as a module", () => {
    deepEqual(outputs.filter((name) => name.endsWith(".wasm")).sort(), ["playoff-edge.wasm", "playoff.wasm"], "wasm modules");
  });
  const modules = ["worker.js", ...outputs.filter((name) => name !== "worker.js")];
  for (const compatibilityDate of DATES) {
    await report.test(`workerd of ${compatibilityDate}: mints a token and reads the profile`, async () => {
      const server = await startWorkerd({ folder, modules, bindings: { CONFIG: JSON.stringify(config) }, compatibilityDate });
      try {
        const response = await fetch(server.url, { signal: AbortSignal.timeout(10_000) });
        const text = await response.text();
        equal(response.status, 200, `status (${text.slice(0, 300)} ${server.output()})`);
        deepEqual(JSON.parse(text), await control.player(player), "profile");
      } finally {
        await server.stop();
      }
    });
  }
}
