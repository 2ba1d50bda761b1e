// Many requests at once in many isolates, and no token anywhere.

import { deepEqual, ok } from "../../lib/assert.mjs";
import { WORKERS } from "./world.mjs";

const CROWD = 50;
const EACH = WORKERS.length;

/** Token requests for one that is missing, at most: one altogether where there is a broker, else one in each worker. */
export const ALLOWED = { broker: 1, "kv and broker": 1, kv: EACH, "slow kv": EACH, none: EACH };

/** Makes a crowd's calls, all over the workers. All of them work. */
export async function crowdWorks(world, asked, count = CROWD) {
  const calls = Array.from({ length: count }, (_, number) =>
    world.ask(WORKERS[number % EACH], { action: "call", mark: world.nextMark(), ...asked }),
  );
  const failed = (await Promise.all(calls)).filter((end) => !end.ok);
  deepEqual(failed, [], "calls that failed");
}

async function emptyStore(world, store) {
  const app = await world.newApp();
  await crowdWorks(world, { app, store });
  const asked = await world.tokenRequests(app);
  ok(asked >= 1 && asked <= ALLOWED[store], `token requests: ${asked}, at most ${ALLOWED[store]}`);
}

export const crowdScenarios = Object.keys(ALLOWED).map((store) => ({
  name: `${CROWD} requests over ${EACH} workers without a token, store: ${store}`,
  run: (world) => emptyStore(world, store),
}));
