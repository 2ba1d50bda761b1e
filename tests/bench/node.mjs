// In this process: five rounds, in each of which every library has its turn.

import { everywhere, inNode, repeat, withTokens } from "./subjects.mjs";
import { median, table } from "./table.mjs";

const ROUNDS = 5;
const TURN_MS = 250;
const CHUNK = 50;

async function rate(subject, what, state) {
  const begin = performance.now();
  const end = begin + TURN_MS;
  let done = 0;
  while (performance.now() < end) {
    await repeat(subject, what, CHUNK, state.players);
    state.players += CHUNK;
    done += CHUNK;
  }
  return (done / (performance.now() - begin)) * 1000;
}

export async function benchNode(edge) {
  const subjects = withTokens([...(await everywhere(edge)), ...(await inNode())]);
  const state = { players: 0 };
  for (const what of ["mint", "verify"]) {
    const rates = new Map(subjects.map(({ name }) => [name, []]));
    for (const subject of subjects) await rate(subject, what, state);
    for (let round = 0; round < ROUNDS; round++)
      for (const subject of subjects) rates.get(subject.name).push(await rate(subject, what, state));
    const medians = new Map([...rates].map(([name, values]) => [name, median(values)]));
    console.log(table(`${what}, Node ${process.versions.node}`, medians));
  }
}
