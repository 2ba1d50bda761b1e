// Node again: apps that nobody disposes of.

import { join } from "node:path";
import { equal, ok } from "../lib/assert.mjs";
import { runWell } from "../lib/processes.mjs";
import { bundleForNode } from "./bundle.mjs";

const LIMIT = 120_000;

export async function launchManyApps(report, { consumer }) {
  const file = join(consumer, "many-apps.mjs");
  const test = async () => {
    await bundleForNode(consumer, file, "many-apps");
    const { stdout } = await runWell(process.execPath, [file], { cwd: consumer, limit: LIMIT });
    const { first, last, tokens } = JSON.parse(stdout);
    equal(last.length, 1, "instances");
    ok(tokens > 1_000, `each app that nobody else shares asked for its token: ${tokens}`);
    equal(last[0] - first[0], 0, "bytes that it grew by");
  };
  await report.test("node: 100,000 createEdge without dispose: wasm memory is flat", test, { limit: LIMIT });
}
