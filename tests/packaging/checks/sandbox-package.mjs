// The sandbox's npm package: what is in it, its types, and the examples of its README, as they stand there.

import { cp, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { deepEqual, equal, ok } from "../../lib/assert.mjs";
import { runWell } from "../../lib/processes.mjs";
import { startProgram } from "../../lib/sandbox-program.mjs";
import { RESOLUTIONS, compile } from "../compile.mjs";
import { commandsOf, fileOf, readmeBlocks, takeElsewhere, untried } from "../manual.mjs";
import { filesBelow, lines } from "./files.mjs";

const here = (name) => fileURLToPath(new URL(`../sandbox/${name}`, import.meta.url));
const MOST = 2_000_000;

/** The README's client, put to use. */
const PLAYS = `
import { startSandbox } from "playoff-sandbox";
import { clientOf } from "./player.mjs";

const sandbox = await startSandbox();
const playoff = clientOf("johny", sandbox.playoff);
console.log((await playoff.get("/runtime/player")).alias);
playoff.dispose();
await sandbox.stop();
`;

export async function sandboxPackageCases(report, { folder, installed, sdk, tarball }) {
  await report.test("the sandbox's package holds exactly the expected files", async () => {
    deepEqual(await filesBelow(installed), lines(await readFile(here("files.txt"), "utf8")));
  });

  await report.test("the sandbox's tarball is below 2 MB", async () => {
    const { size } = await stat(tarball);
    report.note(`the sandbox's tarball: ${size} bytes`);
    ok(size < MOST, `${size} bytes`);
  });

  await report.test("publint: the sandbox's package, strict, nothing to say", async () => {
    const { messages } = await publint({ pkgDir: installed, strict: true, pack: false });
    deepEqual(messages.map(({ code }) => code), []);
  });

  await report.test(
    "the sandbox's types",
    async () => {
      await cp(here("usage.ts"), join(folder, "usage.ts"));
      for (const [name, modules] of Object.entries(RESOLUTIONS)) {
        await compile(folder, name, { ...modules, types: ["node"] }, ["usage.ts"]);
      }
    },
    { limit: 90_000 },
  );

  await readmeCases(report, { folder, installed, sdk });
}

/** What the README shows, in Node; what it shows of test runners is tried by their cases. */
async function readmeCases(report, { folder, installed, sdk }) {
  const blocks = await readmeBlocks(installed);

  await report.test("the sandbox's README: its command starts one", async () => {
    const [command, ...more] = commandsOf(blocks);
    equal(more.length, 0, "commands that nobody tries");
    const program = await startProgram(command.trim().split(" "), [], { cwd: folder, group: true });
    try {
      equal((await fetch(program.described.control.url)).status, 200, "status of its control routes");
    } finally {
      await program.stop();
    }
  });

  await report.test("the sandbox's README: its tests pass", async () => {
    await writeFile(join(folder, "app.test.mjs"), fileOf(blocks, "app.test.mjs"));
    const { stdout } = await runWell(process.execPath, ["--test", "--test-reporter=tap", "app.test.mjs"], { cwd: folder });
    ok(/^# pass 3$/m.test(stdout), stdout);
  });

  await report.test("the sandbox's README: its client plays", async () => {
    await cp(sdk, join(folder, "node_modules", "playoff-wasm"), { recursive: true });
    await writeFile(join(folder, "player.mjs"), fileOf(blocks, "player.mjs"));
    await writeFile(join(folder, "plays.mjs"), PLAYS);
    const { stdout } = await runWell(process.execPath, ["plays.mjs"], { cwd: folder });
    equal(stdout.trim(), "Johny");
  });

  await report.test("the sandbox's README: every other sample is tried by the case that it names", async () => {
    for (const block of blocks.filter(({ way }) => way === "tested in")) await takeElsewhere(block);
    deepEqual(untried(blocks), [], "samples that nobody tried");
  });
}
