// Node, by import and by require.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deepEqual, equal } from "../../lib/assert.mjs";
import { runWell } from "../../lib/processes.mjs";

const USE = `
const { apiUrl, authUrl, token } = JSON.parse(process.env.CONFIG);
createClient({ apiUrl, authUrl, token: () => token })
  .get("/runtime/player")
  .then((profile) => console.log(JSON.stringify(profile)));
`;

const PROGRAMS = {
  "import.mjs": `import { createClient } from "playoff-wasm";${USE}`,
  "require.cjs": `const { createClient } = require("playoff-wasm");${USE}`,
  "import-edge.mjs": `import { createClient } from "playoff-wasm/edge";${USE}`,
  "require-edge.cjs": `const { createClient } = require("playoff-wasm/edge");${USE}`,
};

// An error of one build, shown to the guards of the other.
const GUARDS = `
import { createRequire } from "node:module";
import * as esm from "playoff-wasm";
const cjs = createRequire(import.meta.url)("playoff-wasm");
const caught = (action) => { try { action(); } catch (error) { return error; } };
const one = caught(() => esm.createClient({ nothing: 1 }));
const other = caught(() => cjs.createClient({ nothing: 1 }));
console.log(JSON.stringify({
  apart: esm.PlayoffError !== cjs.PlayoffError,
  guards: [esm.isPlayoffError(one), cjs.isPlayoffError(one), esm.isPlayoffError(other), cjs.isPlayoffError(other)],
  strangers: [esm.isPlayoffError(new Error("x")), esm.isPlayoffError(null), esm.isPlayoffError({ code: "x" })],
  names: [Object.keys(esm).sort(), Object.keys(cjs).filter((name) => name !== "default" && name !== "__esModule").sort()],
}));
`;

// What only pages have, and what workers forbid while they start: whoever touches it is noted, and fails.
const TOUCHES_NOTHING = `
import { createRequire } from "node:module";
const { log } = console;
const touched = [];
const touch = (name) => { touched.push(name); throw new Error(name + " isn't to be touched"); };
const forbid = (object, name) =>
  Object.defineProperty(object, name, { configurable: true, get: () => touch(name), set: () => touch(name) });
const globals = ["window", "document", "navigator", "location", "history", "localStorage", "sessionStorage", "indexedDB",
  "caches", "screen", "customElements", "HTMLElement", "BroadcastChannel", "XMLHttpRequest", "addEventListener", "fetch",
  "crypto", "setTimeout", "setInterval"];
const rest = [[Date, "now"], [Math, "random"], [performance, "now"]];
const entries = ["playoff-wasm", "playoff-wasm/slim", "playoff-wasm/edge"];
const require = createRequire(import.meta.url);
for (const [object, name] of [...globals.map((name) => [globalThis, name]), ...rest]) forbid(object, name);
const names = [];
for (const entry of entries) names.push(Object.keys(await import(entry)).length);
for (const entry of entries.slice(0, 2)) names.push(Object.keys(require(entry)).length);
try { window; } catch {}
log(JSON.stringify({ touched, loaded: names.every((count) => count > 8) }));
`;

export async function nodeCases(report, { consumer, control, config, player }) {
  const run = (file) =>
    runWell(process.execPath, ["--disable-warning=ExperimentalWarning", file], {
      cwd: consumer,
      env: { ...process.env, CONFIG: JSON.stringify(config) },
      limit: 20_000,
    });

  for (const [file, program] of Object.entries(PROGRAMS)) {
    await report.test(`node ${process.versions.node}: ${file}`, async () => {
      await writeFile(join(consumer, file), program);
      const { stdout, stderr } = await run(file);
      deepEqual(JSON.parse(stdout), await control.player(player), "profile");
      equal(stderr, "", "warnings");
    });
  }

  await report.test("node: guards hold between import and require, and both have the same names", async () => {
    await writeFile(join(consumer, "guards.mjs"), GUARDS);
    const answer = JSON.parse((await run("guards.mjs")).stdout);
    deepEqual(answer.guards, [true, true, true, true], "guards");
    deepEqual(answer.strangers, [false, false, false], "guards of strangers");
    deepEqual(answer.names[1], answer.names[0], "names");
    equal(answer.apart, true, "two builds");
  });

  await report.test("node: importing touches nothing of a browser's, no clock, no randomness and no timer", async () => {
    await writeFile(join(consumer, "touches-nothing.mjs"), TOUCHES_NOTHING);
    const answer = JSON.parse((await run("touches-nothing.mjs")).stdout);
    // The one that the program touches itself, to show that it would be noted.
    deepEqual(answer, { touched: ["window"], loaded: true }, "touched");
  });
}
