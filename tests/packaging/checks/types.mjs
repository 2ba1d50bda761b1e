// The published types: strict, exact, and without `any`.

import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { run } from "../../lib/processes.mjs";
import { testsFolder, toolFile } from "../../lib/tools.mjs";

const sources = fileURLToPath(new URL("../types/", import.meta.url));

// Who compiles: how modules are found, and which globals there are.
const SETTINGS = {
  "nodenext, DOM": { module: "nodenext", moduleResolution: "nodenext", lib: ["es2022", "dom", "dom.iterable"], types: [] },
  "bundler, DOM": { module: "esnext", moduleResolution: "bundler", lib: ["es2022", "dom", "dom.iterable"], types: [] },
  "nodenext, Node's types": { module: "nodenext", moduleResolution: "nodenext", lib: ["es2022"], types: ["node"] },
  "bundler, Node's types": { module: "esnext", moduleResolution: "bundler", lib: ["es2022"], types: ["node"] },
};

async function compile(folder, name, settings) {
  const compilerOptions = {
    strict: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noEmit: true,
    target: "es2022",
    typeRoots: [join(testsFolder, "node_modules", "@types")],
    ...settings,
  };
  const config = `tsconfig.${name.replace(/\W+/g, "-")}.json`;
  // A CommonJS file can only be compiled where the two kinds of modules are told apart.
  const files = settings.module === "nodenext" ? ["consumer.ts", "edge.ts", "required.cts"] : ["consumer.ts", "edge.ts"];
  await writeFile(join(folder, config), JSON.stringify({ compilerOptions, files }));
  const { code, stdout } = await run(process.execPath, [toolFile("typescript", "bin", "tsc"), "--project", config, "--pretty", "false"], { cwd: folder, limit: 60_000 });
  if (code !== 0) throw new Error(stdout);
}

/** Places where a declaration file says `any`. */
async function findAny(file) {
  const source = ts.createSourceFile(file, await readFile(file, "utf8"), ts.ScriptTarget.ESNext, true);
  const found = [];
  const visit = (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${file}:${line + 1}: ${node.parent.getText().slice(0, 80)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

export async function typeCases(report, { consumer, installed }) {
  const folder = join(consumer, "types");
  await mkdir(folder, { recursive: true });
  for (const file of await readdir(sources)) await copyFile(join(sources, file), join(folder, file));

  for (const [name, settings] of Object.entries(SETTINGS)) {
    await report.test(`types: ${name}`, () => compile(folder, name, settings), { limit: 60_000 });
  }

  await report.test("types: no `any`", async () => {
    const names = (await readdir(installed, { recursive: true })).filter((name) => /\.d\.[cm]?ts$/.test(name));
    if (names.length === 0) throw new Error("no declaration files");
    const found = (await Promise.all(names.map((name) => findAny(join(installed, name))))).flat();
    if (found.length > 0) throw new Error(found.join("\n"));
  });
}
