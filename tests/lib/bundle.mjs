// What runs against an installed package, bundled by esbuild.

import { build } from "esbuild";
import { basename, join } from "node:path";

/** Bundles `entry`, wherever it lies, with the packages installed in `consumer`. Gives what esbuild gives. */
export function bundle(entry, consumer, outfile, options) {
  return build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
    metafile: true,
    nodePaths: [join(consumer, "node_modules")],
    ...options,
  });
}

/**
 * The same for workerd: as wrangler does it, with the wasm files as modules beside. Gives the names of all modules, the
 * worker's first.
 */
export async function bundleWorker(entry, consumer, outfile, options) {
  const { metafile } = await bundle(entry, consumer, outfile, {
    conditions: ["workerd", "worker"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    ...options,
  });
  const wasm = Object.keys(metafile.outputs)
    .map((path) => basename(path))
    .filter((name) => name.endsWith(".wasm"));
  return [basename(outfile), ...wasm];
}
