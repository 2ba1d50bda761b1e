// The service takes a token back that all workers have.

import { deepEqual, equal, ok } from "../../lib/assert.mjs";
import { turn } from "../gate.mjs";
import { ALLOWED, crowdWorks } from "./crowds.mjs";
import { WORKERS } from "./world.mjs";

const TIMES = 2;

async function heals(world, store) {
  const app = await world.newApp();
  await crowdWorks(world, { app, store }, WORKERS.length);
  for (let time = 0; time < TIMES; time++) {
    const before = await world.tokenRequests(app);
    await world.control.revoke({ client_id: app.clientId });
    await crowdWorks(world, { app, store });
    const asked = (await world.tokenRequests(app)) - before;
    ok(asked >= 1 && asked <= ALLOWED[store], `token requests: ${asked}, at most ${ALLOWED[store]}`);
  }
}

export const revocationScenarios = Object.keys(ALLOWED).map((store) => ({
  name: `a token revoked ${TIMES} times heals everywhere, store: ${store}`,
  run: (world) => heals(world, store),
}));

/** Seconds that a token of the service lives. KV refuses what shall be gone in less than a minute. */
export const SHORT = 2;

async function shortTokens(world, store) {
  const app = await world.newApp();
  await crowdWorks(world, { app, store }, WORKERS.length);
  const first = await world.tokenRequests(app);
  ok(first <= ALLOWED[store], `token requests: ${first}`);
  await turn(SHORT * 1_000 + 50);
  await crowdWorks(world, { app, store }, WORKERS.length);
  const then = (await world.tokenRequests(app)) - first;
  ok(then >= 1 && then <= ALLOWED[store], `token requests when it has ended: ${then}`);
}

export const shortTokenScenarios = Object.keys(ALLOWED).map((store) => ({
  name: `tokens of ${SHORT} seconds work, store: ${store}`,
  run: (world) => shortTokens(world, store),
}));

export const kvScenarios = [
  {
    name: "a token in KV goes on to other workers, and its key has an end and shows neither app nor service",
    async run(world) {
      const app = await world.newApp();
      const [first, ...others] = WORKERS;
      const call = (worker) => world.ask(worker, { action: "call", mark: world.nextMark(), app, store: "kv" });
      const before = await world.ask(first, { action: "keys" });
      deepEqual(await call(first), { ok: true }, "the first call");
      for (const worker of others) deepEqual(await call(worker), { ok: true }, "a call of another worker");
      equal(await world.tokenRequests(app), 1, "token requests");
      const known = new Set(before.map(({ name }) => name));
      const added = (await world.ask(first, { action: "keys" })).filter(({ name }) => !known.has(name));
      equal(added.length, 1, "keys");
      const [{ name, expiration }] = added;
      ok(/^playoff-wasm:[0-9a-f]{64}$/.test(name), `the key: ${name}`);
      const life = expiration - Date.now() / 1000;
      ok(life > 60 && life <= 3_601, `it ends in ${life} s`);
    },
  },
];
