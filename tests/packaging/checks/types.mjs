// The published types: strict, exact, and without `any`.

import { copyFile, mkdir, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { toolFile } from "../../lib/tools.mjs";
import { RESOLUTIONS, compile } from "../compile.mjs";

const sources = fileURLToPath(new URL("../types/", import.meta.url));

/** The compilers, by the packages that they are here; 7 is the native one. */
const COMPILERS = { 6: "typescript", 7: "typescript-7" };

const USES = ["bare.ts", "consumer.ts", "edge.ts", "kumite.ts", "slim.ts", "toornament.ts", "typed.ts", "typed-wrong.ts"];

// Which globals there are, and what can be written with them.
const GLOBALS = {
  DOM: [{ lib: ["es2022", "dom", "dom.iterable"], types: [] }, USES],
  "Node's types": [{ lib: ["es2022"], types: ["node"] }, USES],
  "Cloudflare's types": [{ lib: ["es2022"], types: ["workers-types"] }, [...USES, "cloudflare.ts"]],
  neither: [{ lib: ["es2022"], types: [] }, ["bare.ts", "typed.ts", "typed-wrong.ts"]],
};

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

  for (const [version, compiler] of Object.entries(COMPILERS)) {
    for (const [resolution, modules] of Object.entries(RESOLUTIONS)) {
      for (const [globals, [settings, files]] of Object.entries(GLOBALS)) {
        const name = `TypeScript ${version}, ${resolution}, ${globals}`;
        // A CommonJS file can only be compiled where the two kinds of modules are told apart.
        const more = resolution === "nodenext" ? ["required.cts"] : [];
        const compiled = () => compile(folder, name, { ...modules, ...settings }, [...files, ...more], compiler);
        await report.test(`types: ${name}`, compiled, { limit: 60_000 });
      }
    }
  }

  await report.test("types: the compilers are TypeScript 6 and 7", async () => {
    for (const [version, compiler] of Object.entries(COMPILERS)) {
      const manifest = JSON.parse(await readFile(toolFile(compiler, "package.json"), "utf8"));
      if (!manifest.version.startsWith(`${version}.`)) throw new Error(`${compiler} is ${manifest.version}`);
    }
  });

  await report.test("types: every typed call is used, rightly and wrongly", async () => {
    const { createClient } = await import(pathToFileURL(join(installed, "index.js")).href);
    const names = Object.keys(createClient().runtime);
    if (names.length === 0) throw new Error("no typed calls");
    for (const files of [["typed.ts", "consumer.ts"], ["typed-wrong.ts"]]) {
      const texts = await Promise.all(files.map((file) => readFile(join(sources, file), "utf8")));
      const unused = names.filter((name) => !texts.some((text) => text.includes(`runtime.${name}(`)));
      if (unused.length > 0) throw new Error(`${files.join(" and ")} don't use ${unused.join(", ")}`);
    }
  });

  await report.test("types: every call of Toornament's is used", async () => {
    const { createEdge } = await import(pathToFileURL(join(installed, "edge", "entry.js")).href);
    const edge = createEdge({ provider: "toornament", clientId: "app", clientSecret: "not-a-real-secret" });
    const names = Object.keys(edge.client().toornament);
    if (names.length === 0) throw new Error("no typed calls");
    const text = await readFile(join(sources, "toornament.ts"), "utf8");
    const unused = names.filter((name) => !text.includes(`toornament.${name}(`));
    if (unused.length > 0) throw new Error(`toornament.ts doesn't use ${unused.join(", ")}`);
  });

  await report.test("types: no `any`", async () => {
    const names = (await readdir(installed, { recursive: true })).filter((name) => /\.d\.[cm]?ts$/.test(name));
    if (names.length === 0) throw new Error("no declaration files");
    const found = (await Promise.all(names.map((name) => findAny(join(installed, name))))).flat();
    if (found.length > 0) throw new Error(found.join("\n"));
  });
}
