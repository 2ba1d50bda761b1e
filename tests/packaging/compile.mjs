// TypeScript, as a strict user has it.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../lib/processes.mjs";
import { testsFolder, toolFile } from "../lib/tools.mjs";

const STRICT = {
  strict: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noEmit: true,
  target: "es2022",
  lib: ["es2022"],
  typeRoots: ["@types", "@cloudflare"].map((scope) => join(testsFolder, "node_modules", scope)),
};

/** How packages are found. */
export const RESOLUTIONS = {
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};

/** Compiles files of a folder under a name of its own, and throws what the compiler says. */
export async function compile(folder, name, options, files, compiler = "typescript") {
  const config = `tsconfig.${name.replace(/\W+/g, "-")}.json`;
  const compilerOptions = { ...STRICT, ...options };
  await writeFile(join(folder, config), JSON.stringify({ compilerOptions, files }));
  const tsc = [toolFile(compiler, "bin", "tsc"), "--project", config, "--pretty", "false"];
  const { code, stdout } = await run(process.execPath, tsc, { cwd: folder, limit: 60_000 });
  if (code !== 0) throw new Error(`${name}: ${stdout}`);
}
