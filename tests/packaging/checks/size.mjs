// The budgets of size, on the files as published.

import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const KB = 1000;
const WASM_AND_GLUE_BROTLI = 30 * KB;
const INLINE_ENTRY_GZIP = 45 * KB;

function brotli(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

/** The main entry and all that it imports, as one file. */
async function inlineEntry(installed, minify) {
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

function within(bytes, budget) {
  if (bytes > budget) throw new Error(`${bytes} bytes, and the budget is ${budget}`);
}

export async function sizeCases(report, { installed }) {
  await report.test("size: browser wasm and glue, brotli", async () => {
    const wasm = await readFile(join(installed, "playoff.wasm"));
    const glue = await readFile(join(installed, "lib", "playoff_bg.js"));
    const [a, b] = [brotli(wasm), brotli(glue)];
    report.note(`browser wasm: ${wasm.length} bytes, brotli ${a}; glue: ${glue.length} bytes, brotli ${b}; together ${a + b} of ${WASM_AND_GLUE_BROTLI}`);
    within(a + b, WASM_AND_GLUE_BROTLI);
  });

  await report.test("size: inline entry, gzip", async () => {
    const [plain, minified] = [await inlineEntry(installed, false), await inlineEntry(installed, true)];
    const bytes = gzipSync(plain, { level: 9 }).length;
    const small = gzipSync(minified, { level: 9 });
    report.note(`inline entry: ${plain.length} bytes, gzip ${bytes} of ${INLINE_ENTRY_GZIP}; minified: ${minified.length} bytes, gzip ${small.length}, brotli ${brotli(minified)}`);
    within(bytes, INLINE_ENTRY_GZIP);
  });
}
