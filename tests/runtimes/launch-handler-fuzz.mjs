// Node again, for the drop-in handler: does any of a hundred thousand random requests get what it mustn't?

import { join } from "node:path";
import { deepEqual, equal, ok } from "../lib/assert.mjs";
import { runWell } from "../lib/processes.mjs";
import { bundleForNode } from "./bundle.mjs";

const LIMIT = 240_000;

// Where large bodies happen to overlap later than in the beginning, the heap takes a page or two more. Two bytes lost
// with each request would take three.
const SLACK = 2 * 65_536;
// A service's answer that is no Response of the platform's leaves a place occupied, as does a `fetch` that throws
// instead of rejecting. One of a hundred requests that did would take nine hundred.
const PLACES = 600;

const NAME = "node: 100,000 random requests to the edge handler";

async function fuzz(consumer) {
  const file = join(consumer, "handler-fuzz.mjs");
  await bundleForNode(consumer, file, "handler-fuzz");
  const { stdout } = await runWell(process.execPath, [file], { cwd: consumer, limit: LIMIT });
  return JSON.parse(stdout);
}

export async function launchHandlerFuzz(report, { consumer }) {
  const told = await report.test(NAME, () => fuzz(consumer), { limit: LIMIT });
  if (told === undefined) return;
  const replay = `PLAYOFF_FUZZ_SEED=${told.seed} makes the same requests again`;
  report.note(`${NAME}: seed ${told.seed}`);
  await report.test(`${NAME}: each is answered well, and no answer and no log shows a secret`, () => {
    ok(told.wrong.length === 0, `${replay}\n${told.wrong.join("\n")}`);
    const answered = Object.values(told.statuses).reduce((sum, count) => sum + count, 0);
    equal(answered, told.requests, "answers");
    equal(told.requests, 100_000, "requests");
  });
  await report.test(`${NAME}: they aren't all refused at the door`, () => {
    const rare = ["200", "204", "400", "401", "403", "404", "405", "413", "415", "502", "503"].filter(
      (status) => !(told.statuses[status] > 100),
    );
    deepEqual(rare, [], "statuses that hardly came");
    ok(told.logged > 1_000, `what went wrong was logged: ${told.logged} times`);
  });
  await report.test(`${NAME}: wasm memory is flat after the first 10,000`, () => {
    equal(told.first.memory.length, 1, "instances, so nothing panicked");
    const grown = told.last.memory[0] - told.first.memory[0];
    ok(grown <= SLACK, `it grew by ${grown} bytes (${replay})`);
  });
  await report.test(`${NAME}: and so is what it holds of JavaScript's values`, () => {
    const grown = told.last.places[0] - told.first.places[0];
    ok(grown <= PLACES, `it holds ${grown} more (${replay})`);
  });
}
