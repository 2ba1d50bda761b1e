// The sandbox's npm package: what is in it, its types, and the examples of its README, as they stand there.

import { cp, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { deepEqual, equal, ok } from "../../lib/assert.mjs";
import { runWell } from "../../lib/processes.mjs";
import { RESOLUTIONS, compile } from "../compile.mjs";
import { fileOf, readmeBlocks } from "../manual.mjs";
import { filesBelow, lines } from "./files.mjs";

const here = (name) => fileURLToPath(new URL(`../sandbox/${name}`, import.meta.url));
const MOST = 2_000_000;

/** The client of the README's example, put to use. */
const program = (example) => `
import { startSandbox } from "playoff-sandbox";
const sandbox = await startSandbox();
${example.replaceAll(/^import .*$/gm, "")}
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

  await report.test("the README's tests pass", async () => {
    const blocks = await readmeBlocks(installed);
    await writeFile(join(folder, "app.test.mjs"), fileOf(blocks, "app.test.mjs"));
    const { stdout } = await runWell(process.execPath, ["--test", "--test-reporter=tap", "app.test.mjs"], { cwd: folder });
    ok(/^# pass 3$/m.test(stdout), stdout);
  });

  await report.test("the README's client plays at the sandbox", async () => {
    await cp(sdk, join(folder, "node_modules", "playoff-wasm"), { recursive: true });
    const blocks = await readmeBlocks(installed);
    const example = blocks.find(({ text }) => text.includes("createClient(")).text;
    const imports = example.match(/^import .*$/gm).join("\n");
    await writeFile(join(folder, "client.mjs"), `${imports}\n${program(example)}`);
    const { stdout } = await runWell(process.execPath, ["client.mjs"], { cwd: folder });
    equal(stdout.trim(), "Johny");
  });
}
