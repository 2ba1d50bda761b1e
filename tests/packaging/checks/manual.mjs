// What the manual shows is what the package holds, and what the demo runs.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deepEqual, equal, ok } from "../../lib/assert.mjs";
import { fileOf, manualBlocks } from "../manual.mjs";

/** Lines that a worker stays under. */
const LINES = 20;

/** Files that the manual shows, by their names in the template. */
const SHOWN = {
  "src/index.ts": "src/index.ts",
  "src/session.ts": "src/session.ts",
  "wrangler.jsonc": "wrangler.jsonc",
  ".dev.vars": ".dev.vars.example",
};

const textAt = (path) => readFile(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), "utf8");

export async function manualCases(report, { installed }) {
  const blocks = await manualBlocks(installed, "workers");

  await report.test("the manual shows the template's files as they are", async () => {
    const files = blocks.map(({ file }) => file).filter((file) => file !== null);
    deepEqual(files.sort(), Object.keys(SHOWN).sort(), "files in the manual");
    for (const [shown, name] of Object.entries(SHOWN)) {
      equal(fileOf(blocks, shown), await readFile(join(installed, "template", "worker", name), "utf8"), shown);
    }
  });

  await report.test(`the manual's worker has under ${LINES} lines, and is the one that the demo runs`, async () => {
    const worker = fileOf(blocks, "src/index.ts");
    const lines = worker.trimEnd().split("\n").length;
    ok(lines < LINES, `it has ${lines}`);
    equal(await textAt("www/worker/tokens.ts"), worker, "www/worker/tokens.ts");
    ok((await textAt("README.md")).includes(worker), "README.md shows another worker");

    // No other file of the demo's worker mints.
    const demo = await textAt("www/worker/index.js");
    ok(demo.includes('import tokens from "./tokens.ts";'), "the demo doesn't import it");
    ok(demo.includes('case "/player-token":\n        return tokens.fetch(request, env, ctx);'), "nor ask it");
    ok(!demo.includes("playoff-wasm/edge"), "the demo has a worker of its own");
  });
}
