// The worker's own TypeScript: `createClient<ShellIsland>()` checks what it plays.

import { fileURLToPath } from "node:url";
import ts from "typescript";
import { deepEqual, match } from "../lib/assert.mjs";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const OTHERS = path("../../www/worker/others.ts");
const SOURCES = ["others", "kumite", "robot", "toornament", "lines"].map((name) => path(`../../www/worker/${name}.ts`));

const OPTIONS = {
  noEmit: true,
  strict: true,
  allowJs: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2024.d.ts"],
  typeRoots: [path("../node_modules")],
  types: ["@cloudflare/workers-types"],
};

/** What the compiler says of the worker, its source changed by `edit`. */
function compile(edit = (source) => source) {
  const host = ts.createCompilerHost(OPTIONS);
  const read = host.readFile;
  host.readFile = (name) => (name === OTHERS ? edit(read(name)) : read(name));
  const program = ts.createProgram([...SOURCES, path("../../www/worker/env.d.ts")], OPTIONS, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

export async function typedWorker(check) {
  await check("the worker's plays are checked by the description of the game", async () => {
    deepEqual(compile(), [], "what the compiler says");
    match(compile((source) => source.replace("variables: { n }", "variables: { m: n }"))[0], /'m' does not exist/, "a wrong variable");
    match(compile((source) => source.replace('play("share"', 'play("shout"'))[0], /"shout"/, "an unknown action");
    match(compile((source) => source.replace('id: "coins"', 'id: "gold"'))[0], /"gold"/, "an unknown metric");
  });
}
