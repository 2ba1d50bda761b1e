import { createGlue } from "./lib/playoff_bg.js";
import wasm from "./playoff.wasm?module";
import { clientOver } from "./lib/client.js";
import { load } from "./lib/load.js";

export * from "./errors.js";
export * from "./lib/storage.js";

export const createClient = clientOver(load(createGlue, () => wasm));
