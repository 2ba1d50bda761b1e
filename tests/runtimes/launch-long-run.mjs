// Node again, for a long time: does memory grow, and does a client keep the process alive?

import { join } from "node:path";
import { deepEqual, equal, ok } from "../lib/assert.mjs";
import { runWell } from "../lib/processes.mjs";
import { bundleForNode } from "./bundle.mjs";

const LIMIT = 200_000;
// A renewal, a timeout or a cool-down would keep it alive for longer.
const END_LIMIT = 10_000;

// Where many calls happen to overlap later than in the beginning, the heap takes a page or two more. Eight bytes lost
// with each call would take twelve.
export const SLACK = 2 * 65_536;

async function longRun(consumer) {
  const file = join(consumer, "long-run.mjs");
  await bundleForNode(consumer, file, "long-run");
  const { stdout } = await runWell(process.execPath, [file], { cwd: consumer, limit: LIMIT });
  return { ...JSON.parse(stdout), endedAt: Date.now() };
}

export async function launchLongRun(report, { consumer }) {
  const told = await report.test("node: 100,000 calls", () => longRun(consumer), { limit: LIMIT });
  if (told === undefined) return;
  await report.test("node: 100,000 calls: all of them end as they should", () => {
    // Five of every hundred fail, and of the first 1,000 forty: a lost route, a broken connection, an abort, a timeout,
    // a route that is none.
    deepEqual(told.ended, { fulfilled: 95_010, rejected: 4_990 }, "ends");
    ok(told.tokens > 1 && told.heard > told.tokens, "tokens were renewed, and calls made again");
  });
  await report.test("node: 100,000 calls: wasm memory is flat after the first 1,000", () => {
    equal(told.first.length, 1, "instances");
    const grown = told.last[0] - told.first[0];
    ok(grown <= SLACK, `it grew by ${grown} bytes`);
  });
  await report.test("node: 100,000 calls: the process ends by itself, its client still there", () => {
    const took = told.endedAt - told.at;
    ok(took < END_LIMIT, `it took ${took} ms`);
  });
}
