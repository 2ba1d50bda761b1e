// `cargo xtask bench`: size and speed beside others, in one run. Medians of alternating runs, told as ratios wherever
// there is another to compare with, since machines differ.

import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { installTarball } from "../lib/install.mjs";
import { setting } from "../lib/settings.mjs";
import { asMarkdown, asText } from "./budgets.mjs";
import { benchFirstRequest } from "./first-request.mjs";
import { benchGet } from "./get.mjs";
import { benchJwt } from "./jwt.mjs";
import { benchJwtInWorkerd } from "./jwt-workerd.mjs";
import { machine } from "./machine.mjs";
import { benchMemory } from "./memory.mjs";
import { picture } from "./picture.mjs";
import { benchRenewals } from "./renewals.mjs";
import { benchRows } from "./rows.mjs";
import { benchSize } from "./size.mjs";
import { benchStart } from "./start.mjs";

const ROWS = {
  size: benchSize,
  jwt: benchJwt,
  "jwt-workerd": benchJwtInWorkerd,
  get: benchGet,
  "first-request": benchFirstRequest,
  start: benchStart,
  renewals: benchRenewals,
  memory: benchMemory,
  rows: benchRows,
};
const PICTURE = fileURLToPath(new URL("bench.svg", import.meta.url));
const MARKS = ["<!-- bench -->", "<!-- /bench -->"];

/** The README with the table between its marks. */
function withTable(readme, table) {
  const [begin, end] = MARKS.map((mark) => readme.indexOf(mark));
  if (begin < 0 || end < begin) throw new Error(`README.md has no ${MARKS.join(" and ")} to write between`);
  return `${readme.slice(0, begin + MARKS[0].length)}\n\n${table}\n\n${readme.slice(end)}`;
}

const work = setting("PLAYOFF_WORK");
const consumer = join(work, "consumer");
const installed = await installTarball(consumer, setting("PLAYOFF_TARBALL"));
// As a program in that folder finds them.
const { resolve } = createRequire(join(consumer, "package.json"));
const edge = await import(pathToFileURL(resolve("playoff-wasm/edge")).href);
const main = await import(pathToFileURL(join(installed, "index.js")).href);
const context = { work, consumer, installed, main, edge };

console.log("how many times as fast playoff-wasm is, or what it costs, and what each takes\n");
const measures = [];
for (const name of setting("PLAYOFF_ROWS").split(",")) {
  if (!ROWS[name]) throw new Error(`no row ${name} in tests/bench/run.mjs`);
  measures.push(...(await ROWS[name](context)));
}

const told = machine();
console.log(`${asText(measures)}\n\n${told}`);
const table = `${asMarkdown(measures)}\n\n${told}`;
await writeFile(join(work, "bench.md"), `${table}\n`);
await writeFile(join(work, "bench.svg"), picture(measures));
if (process.env.PLAYOFF_README) {
  await writeFile(PICTURE, picture(measures));
  const readme = await readFile(process.env.PLAYOFF_README, "utf8");
  await writeFile(process.env.PLAYOFF_README, withTable(readme, table));
}
