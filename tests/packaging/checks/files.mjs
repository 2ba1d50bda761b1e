// The tarball holds exactly what is expected.

import { readFile, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** What such tools try for a folder. */
const FOUND_BY_FOLDER = /^edge\/(?:package\.json|index\.(?!d\.[cm]?ts$))/;

/** The paths of all files. */
export async function filesBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return files.map((file) => relative(folder, file).split(sep).join("/")).sort();
}

/** What a list names, sorted. */
export function lines(text) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .sort();
}

export async function fileCases(report, { installed, expectedFiles }) {
  await report.test("files: exactly the expected ones", async () => {
    const [got, expected] = [await filesBelow(installed), lines(await readFile(expectedFiles, "utf8"))];
    const missing = expected.filter((file) => !got.includes(file));
    const surplus = got.filter((file) => !expected.includes(file));
    if (missing.length + surplus.length > 0) {
      throw new Error(`missing: ${missing.join(", ") || "none"}; not expected: ${surplus.join(", ") || "none"}`);
    }
  });

  await report.test("files: no dependency and no install script", async () => {
    const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
    const scripts = Object.keys(manifest.scripts ?? {}).filter((name) => /install|prepare/.test(name));
    const found = [
      ...scripts,
      ...Object.keys(manifest.dependencies ?? {}),
      ...Object.keys(manifest.peerDependencies ?? {}),
    ];
    if (found.length > 0) throw new Error(`found ${found.join(", ")}`);
  });

  await report.test("files: nothing that a tool without `exports` would take for the edge entry", async () => {
    const found = (await filesBelow(installed)).filter((file) => FOUND_BY_FOLDER.test(file));
    if (found.length > 0) throw new Error(found.join(", "));
  });

  await report.test("files: no edge file at the package's root, no path of the machine it was built on", async () => {
    const files = await filesBelow(installed);
    const atRoot = files.filter((file) => !file.includes("/") && /edge(?!-light)/.test(file));
    if (atRoot.length > 0) throw new Error(`at the root: ${atRoot.join(", ")}`);
    for (const file of files) {
      const text = (await readFile(join(installed, file))).toString("latin1");
      const path = text.match(/(?:\/home\/|\/root\/|\/Users\/|\.cargo\/registry)[\w./-]*/);
      if (path) throw new Error(`${file} holds ${path[0]}`);
    }
  });
}
