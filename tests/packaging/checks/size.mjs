// Sizes of the files as published: the budgets they are to meet, and ceilings over which nothing may grow meanwhile.

import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

export const KB = 1000;
export const WASM_AND_GLUE_BROTLI = { budget: 30 * KB, ceiling: 82.9 * KB };
export const INLINE_ENTRY_GZIP = { budget: 45 * KB, ceiling: 107.9 * KB };

export function brotli(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

/** The main entry and all that it imports, as one file. */
export async function inlineEntry(installed, minify) {
  const { outputFiles } = await build({
    entryPoints: [join(installed, "index.js")],
    bundle: true,
    format: "esm",
    write: false,
    minify,
    logLevel: "silent",
  });
  return outputFiles[0].contents;
}

function within(bytes, { ceiling }) {
  if (bytes > ceiling) throw new Error(`${bytes} bytes, and the ceiling is ${ceiling}`);
}

export async function sizeCases(report, { installed }) {
  await report.test("size: browser wasm and glue, brotli", async () => {
    const wasm = await readFile(join(installed, "playoff.wasm"));
    const glue = await readFile(join(installed, "lib", "playoff_bg.js"));
    const [a, b] = [brotli(wasm), brotli(glue)];
    report.note(
      `browser wasm: ${wasm.length} bytes, brotli ${a}; glue: ${glue.length} bytes, brotli ${b}; together ${a + b} (budget ${WASM_AND_GLUE_BROTLI.budget})`,
    );
    within(a + b, WASM_AND_GLUE_BROTLI);
  });

  await report.test("size: inline entry, gzip", async () => {
    const [plain, minified] = [await inlineEntry(installed, false), await inlineEntry(installed, true)];
    const bytes = gzipSync(plain, { level: 9 }).length;
    const small = gzipSync(minified, { level: 9 });
    report.note(
      `inline entry: ${plain.length} bytes, gzip ${bytes} (budget ${INLINE_ENTRY_GZIP.budget}); minified: ${minified.length} bytes, gzip ${small.length}, brotli ${brotli(minified)}`,
    );
    within(bytes, INLINE_ENTRY_GZIP);
  });
}
