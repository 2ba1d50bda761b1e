// In workerd: the same libraries, timed from outside over many tokens, less what an empty request takes.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleWorker } from "../lib/bundle.mjs";
import { startWorkerd } from "../lib/workerd.mjs";
import { timesAsFast } from "./jwt.mjs";
import { rateTable } from "./table.mjs";
import { inTurns, median } from "./turns.mjs";

const WORKER = fileURLToPath(new URL("jwt-worker.mjs", import.meta.url));
// Node's own libraries are benched in Node.
const ONLY_IN_NODE = ["jsonwebtoken", "fast-jwt", "node:crypto"];
const TURN_MS = 300;
// What a turn's length is guessed from: long beside an empty request, and code is compiled by then.
const TRIAL_MS = 50;

/** How long an answer takes; workerd's own clock stands still meanwhile. */
export async function milliseconds(url) {
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

export async function benchJwtInWorkerd({ consumer, work }) {
  const folder = join(work, "jwt-workerd");
  const outfile = join(folder, "worker.js");
  const modules = await bundleWorker(WORKER, consumer, outfile, { external: ONLY_IN_NODE });
  const server = await startWorkerd({ folder, modules });
  let players = 0;
  const turn = (library, what, times) => {
    players += times;
    return milliseconds(`${server.url}/?library=${library}&what=${what}&times=${times}&from=${players}`);
  };
  const measures = [];
  try {
    const names = await (await fetch(server.url)).json();
    for (const [what, called] of Object.entries({ mint: "createJWT", verify: "verifyJWT" })) {
      const empty = [];
      for (let round = 0; round < 20; round++) empty.push(await turn(0, what, 0));
      const overhead = median(empty);
      const subjects = {};
      for (const [library, name] of names.entries())
        subjects[name] = { library, times: await timesATurn((count) => turn(library, what, count)) };
      const rates = await inTurns(subjects, async ({ library, times }) => {
        const took = await turn(library, what, times);
        return (times / (took - overhead)) * 1000;
      });
      console.log(rateTable(`${what}, workerd`, rates));
      const value = timesAsFast(rates, "jose");
      measures.push({ what: `\`${called}\` in workerd, beside jose`, value, unit: "x", better: "more" });
    }
  } finally {
    await server.stop();
  }
  return measures;
}
