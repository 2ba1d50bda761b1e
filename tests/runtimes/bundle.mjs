// The suite with one host's launcher, as one module.

import { fileURLToPath } from "node:url";
import { bundle, bundleWorker } from "../lib/bundle.mjs";

const entryOf = (host) => fileURLToPath(new URL(`hosts/${host}.mjs`, import.meta.url));

/** For Node: the package stays outside, so that Node itself resolves and loads it. */
export const bundleForNode = (consumer, outfile, host = "node") =>
  bundle(entryOf(host), consumer, outfile, { platform: "node", external: ["playoff-wasm", "playoff-wasm/edge"] });

/** For workerd. Gives the names of all modules. */
export const bundleForWorkerd = (consumer, outfile, host = "workerd") => bundleWorker(entryOf(host), consumer, outfile);

/** For a page, with no configuration of the package's. */
export const bundleForPage = (host, consumer, outfile) =>
  bundle(entryOf(host), consumer, outfile, { platform: "browser" });
