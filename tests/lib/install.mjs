// The packed tarball, installed as a user would: by npm, in an empty folder.

import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runWell } from "./processes.mjs";

const NPM = process.platform === "win32" ? "npm.cmd" : "npm";

/** Adds the tarball to a folder that has a package.json. The package has no dependencies, so no network is needed. */
export async function addTarball(folder, tarball) {
  const quiet = [
    "--offline",
    "--no-audit",
    "--no-fund",
    "--no-save",
    "--no-package-lock",
    "--ignore-scripts",
    "--omit=dev",
  ];
  await runWell(NPM, ["install", ...quiet, tarball], { cwd: folder, limit: 60_000 });
  return join(folder, "node_modules", "playoff-wasm");
}

/** Makes `folder` anew with nothing in it but the tarball's package; gives the package's folder. */
export async function installTarball(folder, tarball) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "name": "consumer", "private": true, "type": "module" }\n');
  return addTarball(folder, tarball);
}
