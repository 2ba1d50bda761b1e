// Apps that nobody disposes of, in one isolate.

import { equal, ok } from "../../lib/assert.mjs";
import { WORKERS } from "./world.mjs";

const [, HERE] = WORKERS;
const APPS = 100_000;
const CALLS = 2_000;
const FIRST = 1_000;
const CHUNKS = 20;

async function isFlat(world) {
  const app = await world.newApp();
  const make = (apps, calls) => world.ask(HERE, { action: "apps", app, store: "kv", apps, calls });
  const first = (await make(FIRST, 100)).memory;
  equal(first.length, 1, "instances");
  let last;
  for (let chunk = 0; chunk < CHUNKS; chunk++) last = (await make(APPS / CHUNKS, CALLS / CHUNKS)).memory;
  equal(last.length, 1, "instances");
  equal(last[0] - first[0], 0, "bytes that the wasm's memory grew by");
  return last[0];
}

export const memoryScenarios = [
  {
    name: `${APPS} createEdge without dispose, ${CALLS} of them called: memory is flat after the first ${FIRST}`,
    run: isFlat,
  },
];
