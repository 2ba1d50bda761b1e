// What a page loads, and what others weigh, whole: all that they export, minified, by gzip.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { testsFolder } from "../lib/tools.mjs";
import { brotli, inlineEntry, INLINE_ENTRY_GZIP, KB, WASM_AND_GLUE_BROTLI } from "../packaging/checks/size.mjs";

const PEERS = ["ky", "oauth4webapi", "jose"];

const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;

async function whole(name) {
  const { outputFiles } = await build({
    stdin: { contents: `import * as all from "${name}"; export { all };`, resolveDir: testsFolder },
    bundle: true,
    format: "esm",
    platform: "browser",
    minify: true,
    write: false,
    logLevel: "silent",
  });
  return gzip(outputFiles[0].contents);
}

export async function benchSize({ installed }) {
  const files = ["playoff.wasm", join("lib", "playoff_bg.js")].map((file) => readFile(join(installed, file)));
  const loaded = (await Promise.all(files)).map(brotli).reduce((a, b) => a + b);
  const [published, minified] = [await inlineEntry(installed, false), await inlineEntry(installed, true)];
  const measure = (what, bytes, more) => ({ what, value: bytes / KB, unit: "KB", better: "less", ...more });
  const peers = PEERS.map(async (name) => measure(`${name}, minified, gzip`, await whole(name)));
  return [
    measure("wasm and glue of a page, brotli", loaded, { budget: WASM_AND_GLUE_BROTLI.budget / KB, aim: 20 }),
    measure("main entry as published, gzip", gzip(published), { budget: INLINE_ENTRY_GZIP.budget / KB, aim: 30 }),
    measure("main entry, minified, gzip", gzip(minified)),
    ...(await Promise.all(peers)),
  ];
}
