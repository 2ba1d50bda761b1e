// What typed answers cost: a ranking of 5,000 rows beside `response.json()` alone, over a fetch that answers at once.

import { median } from "./table.mjs";

const ROWS = 5_000;
const ROUNDS = 5;
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

async function milliseconds(run) {
  const begin = performance.now();
  for (let turn = 0; turn < TURNS; turn++) {
    const { length } = await run();
    if (length !== ROWS) throw new Error(`${length} rows`);
  }
  return (performance.now() - begin) / TURNS;
}

export async function benchRows({ createClient }) {
  const { runtime, get } = createClient({ token: "token", fetch: async () => answer() });
  const subjects = {
    "response.json()": async () => (await answer().json()).data,
    "playoff.get": async () => (await get("/runtime/leaderboards/points")).data,
    "runtime.leaderboard, typed": () => runtime.leaderboard("points", { limit: ROWS }).toArray(),
  };
  const times = new Map(Object.keys(subjects).map((name) => [name, []]));
  for (const run of Object.values(subjects)) await milliseconds(run);
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, run] of Object.entries(subjects)) times.get(name).push(await milliseconds(run));
  const [alone] = [...times.values()].map(median);
  console.log(`${ROWS.toLocaleString("en-US")} rows, Node ${process.versions.node} (budget ${BUDGET}x)`);
  for (const [name, values] of times) {
    const time = median(values);
    console.log(`${(time / alone).toFixed(2).padStart(8)}x ${time.toFixed(2).padStart(9)} ms  ${name}`);
  }
  console.log();
}
