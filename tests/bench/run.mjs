// `cargo xtask bench`: speed beside others, in one run. Medians of alternating runs; ratios first, since machines differ.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installTarball } from "../lib/install.mjs";
import { setting } from "../lib/settings.mjs";
import { benchNode } from "./node.mjs";
import { benchRows } from "./rows.mjs";
import { benchWorkerd } from "./workerd.mjs";

const work = setting("PLAYOFF_WORK");
const consumer = join(work, "consumer");
await installTarball(consumer, setting("PLAYOFF_TARBALL"));
const require = createRequire(join(consumer, "package.json"));
const edge = await import(pathToFileURL(require.resolve("playoff-wasm/edge")).href);

console.log("how many times as fast playoff-wasm is, and what each makes a second\n");
await benchNode(edge);
await benchRows(edge);
await benchWorkerd(consumer, join(work, "workerd"));
