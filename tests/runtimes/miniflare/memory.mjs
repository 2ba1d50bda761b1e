// What stays in the memory of an isolate: of apps that nobody disposes of, of requests that end with calls under way.

import { deepEqual, equal, ok } from "../../lib/assert.mjs";
import { full } from "../../lib/settings.mjs";
import { turn } from "../gate.mjs";
import { WORKERS } from "./world.mjs";

const [, HERE] = WORKERS;
const APPS = 100_000;
const CALLS = 2_000;
const FIRST = 1_000;
const CHUNKS = 20;
const LIMIT = 100_000;

async function isFlat(world) {
  const app = await world.newApp();
  const make = (apps, calls) => world.ask(HERE, { action: "apps", app, store: "kv", apps, calls });
  const first = (await make(FIRST, 100)).memory;
  equal(first.length, 1, "instances");
  let last;
  for (let chunk = 0; chunk < CHUNKS; chunk++) last = (await make(APPS / CHUNKS, CALLS / CHUNKS)).memory;
  equal(last.length, 1, "instances");
  equal(last[0] - first[0], 0, "bytes that the wasm's memory grew by");
}

const GONE = 1_000;
const AT_ONCE = 50;
const LOOKS = 6;
const LOOK = 21;

// The futures of a call that is under way take some 20,000; what is left is what JavaScript holds for it.
const LEFT = 2_000;

/** Requests that answer while their calls are under way, and the time until those are forgotten. */
async function requestsGo(world, app) {
  const ask = (action, more) => world.ask(HERE, { action, app, store: "none", mark: "gone", ...more });
  for (let gone = 0; gone < GONE; gone += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, () => ask("early")));
  }
  for (let look = 0; look < LOOKS; look++) {
    await ask("later", { seconds: LOOK });
    deepEqual(await ask("call"), { ok: true }, "a request afterwards");
  }
  return (await ask("memory")).memory[0];
}

async function leavesLittle(world) {
  const app = await world.newApp();
  await world.control.fail({ path: "/v2/admin", delay: 100, count: 10 * GONE });
  const first = await requestsGo(world, app);
  const last = await requestsGo(world, app);
  const left = (last - first) / GONE;
  ok(left <= LEFT, `${left} bytes for each request`);
}

const LONG = 130_000;

/** A call that takes long, while others come and go. */
async function isWaitedFor(world) {
  const app = await world.newApp();
  await world.control.fail({ path: "/v2/admin", delay: LONG, count: 1 });
  const asked = { action: "call", app, store: "none", mark: world.nextMark(), timeout: 2 * LONG };
  let end;
  const call = world.ask(WORKERS[2], asked, { limit: 2 * LONG }).then((given) => (end = given));
  while (end === undefined) {
    await turn(5_000);
    await world.ask(WORKERS[2], { ...asked, mark: world.nextMark() });
  }
  deepEqual(await call, { ok: true }, "the call that takes long");
}

export const memoryScenarios = [
  {
    name: `${APPS} createEdge without dispose, ${CALLS} of them called: memory is flat after the first ${FIRST}`,
    limit: LIMIT,
    run: isFlat,
  },
  {
    name: `requests that end with calls under way, ${GONE} and ${GONE}: little of them stays in memory`,
    limit: LIMIT,
    run: leavesLittle,
  },
];

export const longScenarios = full
  ? [
      {
        name: `a call that takes ${LONG / 1_000} s isn't taken for one whose request has ended`,
        limit: 3 * LONG,
        run: isWaitedFor,
      },
    ]
  : [];
