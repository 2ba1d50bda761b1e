// In workerd: the same libraries, timed from outside over many tokens, less what an empty request takes.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleWorker } from "../lib/bundle.mjs";
import { startWorkerd } from "../lib/workerd.mjs";
import { median, table } from "./table.mjs";

const WORKER = fileURLToPath(new URL("worker.mjs", import.meta.url));
// Node's own libraries are benched in Node.
const ONLY_IN_NODE = ["jsonwebtoken", "fast-jwt", "node:crypto"];
const ROUNDS = 5;
const TURN_MS = 300;
// What a turn's length is guessed from: long beside an empty request, and code is compiled by then.
const TRIAL_MS = 50;

async function milliseconds(url) {
  const begin = performance.now();
  const response = await fetch(url);
  const text = await response.text();
  if (text !== "done") throw new Error(`workerd answered ${response.status}: ${text.slice(0, 300)}`);
  return performance.now() - begin;
}

/** As many times as take about a turn. */
async function timesATurn(take) {
  let times = 500;
  let took = await take(times);
  while (took < TRIAL_MS) {
    times *= 2;
    took = await take(times);
  }
  return Math.round((times * TURN_MS) / (await take(times)));
}

export async function benchWorkerd(consumer, folder) {
  const outfile = join(folder, "worker.js");
  const modules = await bundleWorker(WORKER, consumer, outfile, { external: ONLY_IN_NODE });
  const server = await startWorkerd({ folder, modules });
  let players = 0;
  const turn = (library, what, times) => {
    players += times;
    return milliseconds(`${server.url}/?library=${library}&what=${what}&times=${times}&from=${players}`);
  };
  try {
    const names = await (await fetch(server.url)).json();
    for (const what of ["mint", "verify"]) {
      const rates = new Map(names.map((name) => [name, []]));
      const empty = [];
      for (let round = 0; round < 20; round++) empty.push(await turn(0, what, 0));
      const overhead = median(empty);
      const times = [];
      for (const library of names.keys()) times.push(await timesATurn((count) => turn(library, what, count)));
      for (let round = 0; round < ROUNDS; round++)
        for (const [library, name] of names.entries()) {
          const took = await turn(library, what, times[library]);
          rates.get(name).push((times[library] / (took - overhead)) * 1000);
        }
      const medians = new Map([...rates].map(([name, values]) => [name, median(values)]));
      console.log(table(`${what}, workerd`, medians));
    }
  } finally {
    await server.stop();
  }
}
