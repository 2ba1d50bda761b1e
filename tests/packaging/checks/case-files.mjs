// What the cases' folders say: exact versions, lock files that any registry serves, and the same as the manual.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { equal, ok } from "../../lib/assert.mjs";
import { toolFile } from "../../lib/tools.mjs";
import { OURS } from "../case-folder.mjs";
import { caseFolders } from "../cases.mjs";

const EXACT = /^\d+\.\d+\.\d+$/;
const TABLE = "\n| tool | version |";
const ROW = /^\| ([^|]+) \|([^|]*)\| [^|]+ \|$/gm;

const here = fileURLToPath(new URL("..", import.meta.url));
const json = async (...path) => JSON.parse(await readFile(join(...path), "utf8"));

async function checkCase(folder) {
  const manifest = await json(here, folder, "package.json");
  equal(manifest.dependencies["playoff-wasm"], OURS["playoff-wasm"], `${folder}: the package`);
  for (const [name, version] of Object.entries(manifest.devDependencies ?? {}))
    ok(EXACT.test(version) || version === OURS[name], `${folder}: ${name} ${version} isn't exact`);

  const { packages } = await json(here, folder, "package-lock.json");
  for (const [name, { resolved, integrity }] of Object.entries(packages)) {
    if (name === "") continue;
    const ours = OURS[name.slice("node_modules/".length)];
    equal(resolved, ours, `${folder}, lock file: where ${name} is from`);
    // Our tarballs are others after each build.
    equal(integrity === undefined, ours !== undefined, `${folder}, lock file: ${name} without integrity`);
  }
}

/** The versions in the manual's table, by the tools' names. */
async function versionsOfManual(installed) {
  const guide = await readFile(join(installed, "docs", "where-it-runs.md"), "utf8");
  const [, table] = guide.split(TABLE);
  const rows = [...table.split("\n\n")[0].matchAll(ROW)];
  return new Map(rows.map(([, tool, versions]) => [tool, versions.trim().split(", ")]));
}

/** What is tried: `{ name, version }`, those without a folder of their own included. */
async function tried() {
  const versionOf = async (tool) => (await json(toolFile(tool, "package.json"))).version;
  const rows = [];
  for (const folder of await caseFolders()) {
    const { default: one } = await import(new URL(`../${folder}/case.mjs`, import.meta.url));
    const { devDependencies } = await json(here, folder, "package.json");
    rows.push({ name: one.name.replace(/^Node \d+$/, "Node").replace(/, slim$/, ""), version: devDependencies?.[one.tool] });
  }
  for (const tool of ["wrangler", "workerd"]) rows.push({ name: tool, version: await versionOf(tool) });
  return rows;
}

export async function caseFileCases(report, { installed }) {
  await report.test("cases: exact versions, and lock files that name no registry", async () => {
    const folders = await caseFolders();
    ok(folders.length > 10, `${folders.length} cases`);
    for (const folder of folders) await checkCase(folder);
  });

  await report.test("cases: the manual names each tool and its version, and no other", async () => {
    const manual = await versionsOfManual(installed);
    const rows = await tried();
    for (const { name, version = "" } of rows) ok(manual.get(name)?.includes(version), `no ${name} ${version}`);
    const names = new Set(rows.map(({ name }) => name));
    const untried = [...manual.keys()].filter((name) => !names.has(name));
    equal(untried.join(), "", "tools that nobody tries");
    const versions = [...manual.values()].flat().filter((version) => EXACT.test(version));
    const known = rows.map(({ version }) => version);
    equal(versions.filter((version) => !known.includes(version)).join(), "", "versions that nobody tries");
  });
}
