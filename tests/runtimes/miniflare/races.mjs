// Many create one player at once.

import { deepEqual, equal } from "../../lib/assert.mjs";
import { WORKERS } from "./world.mjs";

const RACERS = 20;

async function race(world, store) {
  const app = await world.newApp();
  const id = `player-of-${app.clientId}`;
  const all = Array.from({ length: RACERS }, (_, number) =>
    world.ask(WORKERS[number % WORKERS.length], { action: "ensure", app, store, player: { id, alias: "Racer" } }),
  );
  const ensured = await Promise.all(all);
  equal(ensured.filter(({ created }) => created).length, 1, "times it was created");
  deepEqual([...new Set(ensured.map(({ player }) => player.id))], [id], "players");
  equal((await world.control.player(id)).alias, "Racer", "alias");
}

export const raceScenarios = ["broker", "kv", "none"].map((store) => ({
  name: `${RACERS} requests over ${WORKERS.length} workers ensure one player, store: ${store}`,
  run: (world) => race(world, store),
}));
