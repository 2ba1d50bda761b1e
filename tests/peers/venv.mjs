// Virtual environments for the Python peers, kept until their requirements change.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runWell } from "../lib/processes.mjs";
import { setting } from "../lib/settings.mjs";

const INSTALL_LIMIT = 100_000;

async function install(python, requirements, ...more) {
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", ...more];
  await runWell(python, [...pip, "--requirement", requirements], { limit: INSTALL_LIMIT });
}

/**
 * Makes the venv at `folder` from `<requirements>.build.txt` (what building needs, where there is such a file)
 * and `<requirements>.txt`; gives its python.
 */
export async function makeVenv(folder, requirements) {
  const python = join(folder, "bin", "python");
  const files = [`${requirements}.build.txt`, `${requirements}.txt`].filter((file) => existsSync(file));
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const wanted = createHash("sha256").update(texts.join("\0")).digest("hex");
  const stamp = join(folder, "requirements.sha256");
  if (existsSync(stamp) && (await readFile(stamp, "utf8")) === wanted) return python;

  await rm(folder, { recursive: true, force: true });
  await runWell(setting("PLAYOFF_PYTHON"), ["-m", "venv", folder], { limit: INSTALL_LIMIT });
  // Without isolation a source package is built with the pinned tools, not with the newest ones.
  for (const file of files) await install(python, file, "--no-build-isolation");
  await writeFile(stamp, wanted);
  return python;
}
