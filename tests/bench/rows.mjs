// What typed answers cost: a ranking of 5,000 rows beside `response.json()` alone, over a fetch that answers at once.

import { costTable } from "./table.mjs";
import { cpu, inTurns } from "./turns.mjs";

const ROWS = 5_000;
const TURNS = 20;
/** Times `response.json()`. */
const BUDGET = 2;

const rows = Array.from({ length: ROWS }, (_, index) => ({
  player: { alias: `Player ${index}`, id: `player_${index}` },
  rank: index + 1,
  score: String(1_000_000 - index),
}));
const body = JSON.stringify({ data: rows, total: ROWS });
const answer = () => new Response(body, { headers: { "content-type": "application/json" } });

/** Milliseconds of CPU. */
async function cost(run) {
  const runs = async () => {
    for (let turn = 0; turn < TURNS; turn++) {
      const { length } = await run();
      if (length !== ROWS) throw new Error(`${length} rows`);
    }
  };
  return (await cpu(runs)) / TURNS / 1_000;
}

export async function benchRows({ main }) {
  const { runtime, get } = main.createClient({ token: "token", fetch: async () => answer() });
  const costs = await inTurns(
    {
      "response.json()": async () => (await answer().json()).data,
      "playoff.get": async () => (await get("/runtime/leaderboards/points")).data,
      "runtime.leaderboard, typed": () => runtime.leaderboard("points", { limit: ROWS }).toArray(),
    },
    cost,
  );
  const count = ROWS.toLocaleString("en-US");
  console.log(costTable(`${count} rows, Node ${process.versions.node}, by CPU`, costs, "ms"));
  const value = costs["runtime.leaderboard, typed"] / costs["response.json()"];
  return [{ what: `${count} typed rows, beside \`response.json()\``, value, unit: "x", better: "less", budget: BUDGET }];
}
