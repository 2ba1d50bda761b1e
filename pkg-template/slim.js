// The main entry without the wasm: for those who load it themselves, by `init`.

import { createGlue } from "./lib/playoff_bg.js";
import { clientOver } from "./lib/client.js";
import { initOver } from "./lib/init.js";

export * from "./errors.js";
export * from "./lib/storage.js";

const { init, wasm } = initOver(createGlue);

export { init };
export const createClient = clientOver(wasm);
