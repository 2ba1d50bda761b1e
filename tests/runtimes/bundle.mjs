// The suite with one host's launcher, as one module.

import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import { basename } from "node:path";

const hosts = fileURLToPath(new URL("hosts/", import.meta.url));

function bundle(host, consumer, outfile, options) {
  return build({
    entryPoints: [`${hosts}${host}.mjs`],
    outfile,
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "silent",
    metafile: true,
    // The suite lies outside the folder in which the tarball is installed.
    nodePaths: [`${consumer}/node_modules`],
    ...options,
  });
}

/** For Node: the package stays outside, so that Node itself resolves and loads it. */
export const bundleForNode = (consumer, outfile, host = "node") =>
  bundle(host, consumer, outfile, { platform: "node", external: ["playoff-wasm", "playoff-wasm/edge"] });

/** For workerd: as wrangler does it, with the wasm files as modules beside. Gives the names of all modules. */
export async function bundleForWorkerd(consumer, outfile, host = "workerd") {
  const { metafile } = await bundle(host, consumer, outfile, {
    conditions: ["workerd", "worker"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
  });
  const wasm = Object.keys(metafile.outputs)
    .map((path) => basename(path))
    .filter((name) => name.endsWith(".wasm"));
  return [basename(outfile), ...wasm];
}

/** For a page, with no configuration of the package's. */
export const bundleForPage = (host, consumer, outfile) => bundle(host, consumer, outfile, { platform: "browser" });
