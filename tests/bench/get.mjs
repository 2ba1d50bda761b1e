// The CPU that one call costs over a fetch that answers at once.

import ky from "ky";
import { costTable } from "./table.mjs";
import { cpu, inTurns } from "./turns.mjs";

const CALLS = 4_000;
const BASE = "https://api.example.test/v2";
const ROUTE = "/runtime/player";

const body = JSON.stringify({ alias: "Johny", id: "johny", scores: [{ metric: { id: "points" }, value: "12" }] });
const fetch = async () => new Response(body, { headers: { "content-type": "application/json" } });

/** Microseconds a call. */
async function cost(call) {
  const calls = async () => {
    for (let done = 0; done < CALLS; done++) {
      const { id } = await call();
      if (id !== "johny") throw new Error(`another answer: ${id}`);
    }
  };
  return (await cpu(calls)) / CALLS;
}

export async function benchGet({ main }) {
  const client = main.createClient({ apiUrl: "https://api.example.test", token: "token", fetch });
  const headers = { authorization: "Bearer token" };
  const api = ky.create({ prefix: BASE, headers, fetch });
  const costs = await inTurns(
    {
      "playoff-wasm": () => client.get(ROUTE),
      ky: () => api.get(ROUTE.slice(1)).json(),
      "fetch and json": async () => (await fetch(BASE + ROUTE, { headers })).json(),
    },
    cost,
  );
  console.log(costTable(`CPU of one get, Node ${process.versions.node}`, costs, "µs", { than: "ky", digits: 1 }));
  const ours = costs["playoff-wasm"];
  const than = (name) => ({ value: ours / costs[name], unit: "x", better: "less" });
  return [
    { what: "CPU of one `get`, beside ky's", ...than("ky"), budget: 1, aim: 0.5 },
    { what: "CPU of one `get`, beside bare fetch and json", ...than("fetch and json") },
  ];
}
