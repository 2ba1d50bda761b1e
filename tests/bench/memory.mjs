// The wasm's memory over a hundred thousand calls of all kinds, in a Node of its own: the run that the tests judge, too.

import { join } from "node:path";
import { runWell } from "../lib/processes.mjs";
import { bundleForNode } from "../runtimes/bundle.mjs";
import { SLACK } from "../runtimes/launch-long-run.mjs";

const LIMIT = 300_000;
const KIB = 1024;

export async function benchMemory({ consumer }) {
  const file = join(consumer, "long-run.mjs");
  await bundleForNode(consumer, file, "long-run");
  const { stdout } = await runWell(process.execPath, [file], { cwd: consumer, limit: LIMIT });
  const { first, last } = JSON.parse(stdout);
  return [
    {
      what: "100,000 calls: KiB that the wasm's memory grew",
      value: (last[0] - first[0]) / KIB,
      unit: "",
      better: "less",
      // A page or two more, where more calls happen to overlap.
      budget: SLACK / KIB,
      aim: 0,
      note: `of ${(last[0] / KIB).toLocaleString("en-US")}`,
    },
  ];
}
