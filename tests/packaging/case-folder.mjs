// Cases are folders a user would recognise: copied, given the packed tarballs, and run by their own scripts.

import { copyFile, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run, runWell, start } from "../lib/processes.mjs";
import { full } from "../lib/settings.mjs";
import { toolFile } from "../lib/tools.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const NPM = process.platform === "win32" ? "npm.cmd" : "npm";
const NOT_COPIED = new Set(["case.mjs", "node_modules"]);

const INSTALL_LIMIT = 240_000;
const SCRIPT_LIMIT = 120_000;

/** Where the tools are: in the quick form those of `tests/`, as if they were installed in the case's own folder. */
const PATH = full ? process.env.PATH : `${toolFile(".bin")}:${process.env.PATH}`;

async function manifest(...path) {
  return JSON.parse(await readFile(join(...path, "package.json"), "utf8"));
}

/** Our own packages, as cases name them. */
export const OURS = { "playoff-wasm": "file:playoff-wasm.tgz", "playoff-sandbox": "file:playoff-sandbox.tgz" };

/**
 * A fresh copy of a case, installed: as a user does it, by `npm ci` from its lock file; in the quick form it only gets the
 * package that `installed` is. Gives `{ folder, version }`, the version of the case's tool.
 */
export async function makeCase(one, { work, tarball, sandboxTarball, installed }) {
  const folder = join(work, "cases", one.folder);
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await cp(join(here, one.folder), folder, { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) });
  if (full) {
    await copyFile(tarball, join(folder, "playoff-wasm.tgz"));
    if (one.sandbox) await copyFile(sandboxTarball, join(folder, "playoff-sandbox.tgz"));
    await runWell(NPM, ["ci", "--no-audit", "--no-fund"], { cwd: folder, limit: INSTALL_LIMIT });
  } else {
    await cp(installed, join(folder, "node_modules", "playoff-wasm"), { recursive: true });
  }
  return { folder, version: await toolVersion(one, folder) };
}

/** The version that the case names is the one that runs. */
async function toolVersion({ tool }, folder) {
  if (tool === undefined) return "";
  const { devDependencies } = await manifest(folder);
  const versions = full ? join(folder, "node_modules") : toolFile(".");
  for (const [name, version] of Object.entries(devDependencies)) {
    if (name in OURS) continue;
    const { version: found } = await manifest(versions, name);
    if (found !== version) throw new Error(`${folder} names ${name} ${version}, and ${found} is installed`);
  }
  if (devDependencies.node) await checkNode(folder, devDependencies.node);
  return devDependencies[tool];
}

/** npm's Node is fetched by its install script; without that, scripts would run on the Node of this machine. */
async function checkNode(folder, version) {
  const { stdout } = await runWell(join(folder, "node_modules", ".bin", "node"), ["--version"]);
  if (stdout.trim() !== `v${version}`) throw new Error(`${folder} names node ${version}, and ${stdout.trim()} runs`);
}

/** What a page asks for at /config.json. */
export async function writeConfig(folder, config) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
}

/** The environment of a tool, with `more`. */
export const envOf = (more) => ({ ...process.env, PATH, NO_COLOR: "1", ...more });

/** `npm run <script>` in the case: `{ code, stdout, output }`. */
export async function runScript(folder, script, env) {
  const options = { cwd: folder, env: envOf(env), limit: SCRIPT_LIMIT };
  const { code, stdout, stderr } = await run(NPM, ["run", "--silent", script], options);
  return { code, stdout, output: `${stdout}${stderr}` };
}

/** As `runScript`, and a failure is an error. */
export async function runScriptWell(folder, script, env) {
  const result = await runScript(folder, script, env);
  if (result.code !== 0) throw new Error(`\`npm run ${script}\` failed (${result.code})\n${result.output}`);
  return result;
}

/** `npm run <script>` that stays. */
export function startScript(folder, script, args, env) {
  const command = ["run", "--silent", script, ...(args.length > 0 ? ["--", ...args] : [])];
  return start(NPM, command, { cwd: folder, env: envOf(env), group: true });
}
