// A worker bundled as wrangler does it (the `workerd` condition, wasm as modules), under an old and a new date.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deepEqual, equal } from "../../lib/assert.mjs";
import { bundleWorker } from "../../lib/bundle.mjs";
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

/** Starts a worker, sends it a request, and gives the answer's status and text. */
async function ask(options) {
  const server = await startWorkerd(options);
  try {
    const response = await fetch(server.url, { signal: AbortSignal.timeout(10_000) });
    return { status: response.status, text: await response.text(), output: server.output() };
  } finally {
    await server.stop();
  }
}

export async function workerdCases(report, { consumer, work, control, sandbox, player }) {
  const { clientId, clientSecret } = sandbox.clients.find((one) => one.type === "jwt");
  const config = { apiUrl: sandbox.apiUrl, authUrl: sandbox.authUrl, playerId: player, clientId, clientSecret };
  const folder = join(work, "workerd");

  const entry = join(consumer, "worker.mjs");
  await writeFile(entry, WORKER);
  const modules = await report.test("workerd: bundling", () =>
    bundleWorker(entry, consumer, join(folder, "worker.js")),
  );
  if (modules === undefined) return;
  await report.test("workerd: both entries come with their wasm as a module", () => {
    deepEqual(
      modules.filter((name) => name.endsWith(".wasm")).sort(),
      ["playoff-edge.wasm", "playoff.wasm"],
      "wasm modules",
    );
  });
  for (const compatibilityDate of DATES) {
    await report.test(`workerd of ${compatibilityDate}: mints a token and reads the profile`, async () => {
      const { status, text, output } = await ask({
        folder,
        modules,
        bindings: { CONFIG: JSON.stringify(config) },
        compatibilityDate,
      });
      equal(status, 200, `status (${text.slice(0, 300)} ${output})`);
      deepEqual(JSON.parse(text), await control.player(player), "profile");
    });
  }
}
