// Making and verifying tokens in this process.

import { everywhere, inNode, repeat, withTokens } from "./subjects.mjs";
import { rateTable } from "./table.mjs";
import { cpu, inTurns } from "./turns.mjs";

const TURN_MS = 250;
const CHUNK = 50;

/** Times as fast as each: budget and aim. jsonwebtoken's are for a string, which is how most give it the secret. */
const MINTING = {
  jose: [20, 40],
  "jsonwebtoken (string)": [50, 100],
  "jsonwebtoken (KeyObject)": [],
  "fast-jwt": [2, 3],
};

let players = 0;

/** Tokens in a second of CPU. */
async function rate(subject, what) {
  const end = performance.now() + TURN_MS;
  let done = 0;
  const microseconds = await cpu(async () => {
    while (performance.now() < end) {
      await repeat(subject, what, CHUNK, players);
      players += CHUNK;
      done += CHUNK;
    }
  });
  return (done / microseconds) * 1e6;
}

/** How many times as fast as a library ours is: as its fastest form, where it has several. */
export function timesAsFast(rates, library) {
  const others = Object.entries(rates).filter(([name]) => name.startsWith(library));
  return rates["playoff-wasm"] / Math.max(...others.map(([, rate]) => rate));
}

export async function benchJwt({ edge }) {
  const subjects = withTokens([...(await everywhere(edge)), ...(await inNode())]);
  const named = Object.fromEntries(subjects.map((subject) => [subject.name, subject]));
  const measures = [];
  for (const [what, called] of Object.entries({ mint: "createJWT", verify: "verifyJWT" })) {
    const rates = await inTurns(named, (subject) => rate(subject, what));
    console.log(rateTable(`${what}, Node ${process.versions.node}, by CPU`, rates));
    for (const [library, [budget, aim]] of Object.entries(MINTING)) {
      const limits = what === "mint" ? { budget, aim } : {};
      const value = timesAsFast(rates, library);
      measures.push({ what: `\`${called}\`, beside ${library}`, value, unit: "x", better: "more", ...limits });
    }
  }
  return measures;
}
