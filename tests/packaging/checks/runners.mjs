// Test runners: the case's one test passes, and with it the samples of playoff-sandbox's README for that runner.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { match } from "../../lib/assert.mjs";
import { freePort } from "../../lib/processes.mjs";
import { runScriptWell } from "../case-folder.mjs";
import { fileOf, readmeBlocks } from "../manual.mjs";

const PORT = /(?<=localhost:|127\.0\.0\.1:|--port )\d+/g;

/** The files of the README, as they stand there, but for the ports: those may be taken here. */
async function samplesOf(folder, files) {
  const blocks = await readmeBlocks(join(folder, "node_modules", "playoff-sandbox"));
  const texts = files.map((file) => fileOf(blocks, file));
  const free = new Map();
  for (const port of new Set(texts.join("").match(PORT))) free.set(port, String(await freePort()));
  return texts.map((text) => text.replace(PORT, (port) => free.get(port)));
}

export async function runnerCase(test, one, { folder, serverConfig, config, profile }) {
  const env = { ...one.env, CONFIG: JSON.stringify({ ...serverConfig, ...config, profile }) };
  const passes = async (passed) =>
    match((await runScriptWell(folder, "test", env)).output, passed, "what the runner says");

  if (one.passed) await test(one.what, () => passes(one.passed));
  if (!one.sandbox) return;
  const { files, passed } = one.sandbox;
  await test("the README of playoff-sandbox", async () => {
    const texts = await samplesOf(folder, files);
    await Promise.all(files.map((file, index) => writeFile(join(folder, file), texts[index])));
    await passes(passed);
  });
}
