// The sandbox as a program of its own: the native one, or npm's.

import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLimit } from "./limits.mjs";
import { runWell, start } from "./processes.mjs";

const START_LIMIT = 20_000;
const WS = fileURLToPath(new URL("../node_modules/ws", import.meta.url));

/** Installs npm's in an empty folder; what it depends on is the tests' own, so no network is needed. Gives its folder. */
export async function installSandbox(folder, tarball) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, "node_modules"), { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "name": "user", "private": true, "type": "module" }\n');
  await cp(WS, join(folder, "node_modules", "ws"), { recursive: true });
  const quiet = ["--offline", "--no-audit", "--no-fund", "--no-save", "--no-package-lock", "--ignore-scripts"];
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  await runWell(npm, ["install", ...quiet, tarball], { cwd: folder, limit: 60_000 });
  return join(folder, "node_modules", "playoff-sandbox");
}

/**
 * Starts `[program, ...arguments]` on any free port: `{ described, url, complaints(), stop() }`. It says one line, and
 * whatever it says after that is a complaint.
 */
export async function startProgram([program, ...first], more = [], options = {}) {
  const running = start(program, [...first, "--port", "0", "--json", ...more], options);
  const said = new Promise((resolve) => createInterface({ input: running.child.stdout }).once("line", resolve));
  const early = running.ended.then((how) => Promise.reject(new Error(`it ended (${how})\n${running.output()}`)));
  const line = await withLimit(Promise.race([said, early]), START_LIMIT, "the sandbox's first line");
  const described = JSON.parse(line);
  const complaints = () => running.output().replace(`${line}\n`, "");
  return { described, url: described.playoff.apiUrl, complaints, stop: running.stop };
}
