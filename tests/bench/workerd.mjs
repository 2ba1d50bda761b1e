// In workerd: the same libraries, timed from outside over many tokens, less what an empty request takes.

import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { startWorkerd } from "../lib/workerd.mjs";
import { median, table } from "./table.mjs";

const ROUNDS = 5;
const TURN_MS = 300;
// What a turn's length is guessed from: long beside an empty request, and code is compiled by then.
const TRIAL_MS = 50;

async function bundle(consumer, outfile) {
  const { metafile } = await build({
    entryPoints: [fileURLToPath(new URL("worker.mjs", import.meta.url))],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
    metafile: true,
    nodePaths: [join(consumer, "node_modules")],
    conditions: ["workerd", "worker"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    // Node's own libraries are benched in Node.
    external: ["jsonwebtoken", "fast-jwt", "node:crypto"],
  });
  const wasm = Object.keys(metafile.outputs).filter((path) => path.endsWith(".wasm"));
  return [basename(outfile), ...wasm.map((path) => basename(path))];
}

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
  await mkdir(folder, { recursive: true });
  const server = await startWorkerd({ folder, modules: await bundle(consumer, join(folder, "worker.js")) });
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
