// The manual's robots, as they stand in it: each plays one contest to its end.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { equal, ok } from "../../lib/assert.mjs";
import { bundleWorker } from "../../lib/bundle.mjs";
import { runWell } from "../../lib/processes.mjs";
import { isPlayedOut } from "../../lib/tic-tac-toe.mjs";
import { startWorkerd } from "../../lib/workerd.mjs";
import { fileOf, manualBlocks } from "../manual.mjs";

const FILES = ["play.mjs", "robot.mjs", "robot-worker.mjs"];
/** Where there is no WebSocket, the board is read once a second. */
const LIMIT = 30_000;

export async function robotCases(report, { consumer, work, control, installed, kumite }) {
  const env = { KUMITE_URL: kumite.url, KUMITE_REFRESH_TOKEN: kumite.refreshToken };
  const folder = join(consumer, "robots");
  await mkdir(folder, { recursive: true });
  const blocks = await manualBlocks(installed, "kumite");
  for (const name of FILES) await writeFile(join(folder, name), fileOf(blocks, name));

  await report.test("the manual's robot plays to the end in Node", async () => {
    await control.reset();
    const file = join(folder, "robot.mjs");
    const { stdout } = await runWell(process.execPath, [file], {
      cwd: folder,
      env: { ...process.env, ...env },
      limit: LIMIT,
    });
    ok(isPlayedOut(stdout.trim()), `what it prints: ${stdout}`);
  });

  await report.test("the manual's robot plays to the end in workerd", async () => {
    await control.reset();
    const place = join(work, "robot-workerd");
    const modules = await bundleWorker(join(folder, "robot-worker.mjs"), consumer, join(place, "worker.js"));
    const server = await startWorkerd({ folder: place, modules, bindings: env });
    try {
      const response = await fetch(server.url, { signal: AbortSignal.timeout(LIMIT) });
      const text = await response.text();
      equal(response.status, 200, `status (${text.slice(0, 300)} ${server.output()})`);
      ok(isPlayedOut(JSON.parse(text).positions), text);
    } finally {
      await server.stop();
    }
  });
}
