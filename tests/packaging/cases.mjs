// What the cases say of themselves: the `case.mjs` in their folders. A case is one of
//   page     built, served and opened in Chromium         app    built and started; its pages and routes are asked
//   program  prints the profiles that it read             tests  pass, under a test runner
//
// All of them:
//   name      as the report shows it
//   tool      the npm package whose version the table shows
//   quick     also runs in the quick form, with the tools of `tests/`; the others are installed from their own lock files
//   env       what the tool is told: not to report home
// Pages and apps:
//   config    the folder that gets config.json, before the build
//   shipped   the folders or files that browsers load; without a build, what the page loads
//   comments  true where bundles keep the sources' comments
//   edge      a file of the page, and what becomes of its build when it imports the edge entry: "fails" or "unresolved"
// Pages:
//   serve     the folder that is served        dev    the options of `npm run dev` for a port
//   built     false where there is no build
// Apps:
//   pages     their paths                      routes   paths that answer with the profile
//   server    folders or files of the server's side, each with the copies of either wasm it has
// Programs and tests:
//   profiles  how many a program prints        passed   what a runner says when it ran the one test
//   sandbox   the `files` of playoff-sandbox's README that are added then, and what the runner says when it ran those
//             too (`passed`)

import { readdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import { full } from "../lib/settings.mjs";

const here = new URL(".", import.meta.url);

/** The cases of this form of the ring, `folder` being their names; `PLAYOFF_TOOLS` chooses some by hand. */
export async function casesToRun() {
  const wanted = process.env.PLAYOFF_TOOLS?.split(",");
  const all = await Promise.all((await caseFolders()).map(describe));
  return all.filter((one) => (full || one.quick) && (wanted?.includes(one.folder) ?? true));
}

/** All folders that are cases. */
export async function caseFolders() {
  const entries = await readdir(here, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return folders.filter((name) => existsSync(new URL(`${name}/case.mjs`, here))).sort();
}

async function describe(folder) {
  const { default: description } = await import(new URL(`${folder}/case.mjs`, here));
  return { folder, ...description };
}
