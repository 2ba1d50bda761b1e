// Cases are folders a user would recognise: copied, given the installed package, and built by their own scripts.

import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../lib/processes.mjs";
import { toolFile } from "../lib/tools.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const NPM = process.platform === "win32" ? "npm.cmd" : "npm";

/** The tools of `tests/`, as if they were installed in the case's own folder. */
export const env = { ...process.env, PATH: `${toolFile(".bin")}:${process.env.PATH}`, NO_COLOR: "1" };

/** The tools that the case names are the ones that run. */
async function checkTools(folder) {
  const { devDependencies = {} } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  for (const [name, version] of Object.entries(devDependencies)) {
    const installed = JSON.parse(await readFile(toolFile(name, "package.json"), "utf8")).version;
    if (installed !== version) throw new Error(`${folder} names ${name} ${version}, and ${installed} is installed`);
  }
}

/** A fresh copy of the case `name` at `folder`, with the package in its node_modules. */
export async function makeCase(name, folder, installed) {
  await rm(folder, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await cp(join(here, name), folder, { recursive: true });
  await cp(installed, join(folder, "node_modules", "playoff-wasm"), { recursive: true });
  await checkTools(folder);
  return folder;
}

/** What the page asks for at /config.json. */
export async function writeConfig(folder, config) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.json"), JSON.stringify(config));
}

/** `npm run <script>` in the case: `{ code, output }`. */
export async function runScript(folder, script) {
  const { code, stdout, stderr } = await run(NPM, ["run", "--silent", script], { cwd: folder, env, limit: 60_000 });
  return { code, output: `${stdout}${stderr}` };
}

/** As `runScript`, and a failure is an error. */
export async function build(folder) {
  const { code, output } = await runScript(folder, "build");
  if (code !== 0) throw new Error(`the build failed (${code})\n${output}`);
}
