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

async function milliseconds(url) {
  const begin = performance.now();
  const response = await fetch(url);
  const text = await response.text();
  if (text !== "done") throw new Error(`workerd answered ${response.status}: ${text.slice(0, 300)}`);
  return performance.now() - begin;
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
      // As many as take about a turn.
      const times = [];
      for (const library of names.keys()) {
        await turn(library, what, 500);
        times.push(Math.max(500, Math.round((500 * TURN_MS) / (await turn(library, what, 500)))));
      }
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
