// Starting the wasm alone: compiling and instantiating it in Chromium, and in workerd, which compiles it beforehand.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleWorker } from "../lib/bundle.mjs";
import { startWorkerd } from "../lib/workerd.mjs";
import { milliseconds } from "./jwt-workerd.mjs";
import { openSite } from "./pages/site.mjs";
import { median, ROUNDS } from "./turns.mjs";

const WORKER = fileURLToPath(new URL("start-worker.mjs", import.meta.url));
const LOADS = 15;
const INSTANCES = 20;

async function inChromium(context) {
  const site = await openSite(["inline"], context, "start");
  try {
    const loads = [];
    for (let load = 0; load < LOADS; load++) loads.push(await site.load("inline"));
    return ["Module", "Instance"].map((name) => median(loads.map((spent) => spent[name])));
  } finally {
    await site.stop();
  }
}

async function inWorkerd({ consumer, work }) {
  const folder = join(work, "start");
  const modules = await bundleWorker(WORKER, consumer, join(folder, "worker.js"));
  const server = await startWorkerd({ folder, modules });
  const turn = (times) => milliseconds(`${server.url}/?times=${times}`);
  try {
    const [empty, full] = [[], []];
    await turn(INSTANCES);
    for (let round = 0; round < ROUNDS; round++) {
      empty.push(await turn(0));
      full.push(await turn(INSTANCES));
    }
    return (median(full) - median(empty)) / INSTANCES;
  } finally {
    await server.stop();
  }
}

export async function benchStart(context) {
  const [compiled, instantiated] = await inChromium(context);
  const measure = (what, value, note) => ({ what, value, unit: "ms", better: "less", note });
  return [
    measure(
      "starting the wasm, Chromium",
      compiled + instantiated,
      `${compiled.toFixed(1)} to compile, ${instantiated.toFixed(1)} to instantiate`,
    ),
    measure("starting the wasm, workerd", await inWorkerd(context), "compiled beforehand"),
  ];
}
