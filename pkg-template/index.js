import { createGlue } from "./lib/playoff_bg.js";
import { reader, text } from "./lib/playoff.wasm.js";
import { clientOver } from "./lib/client.js";
import { compileText, load } from "./lib/load.js";

export * from "./errors.js";
export * from "./lib/storage.js";

export const createClient = clientOver(load(createGlue, () => compileText(reader, text)));
