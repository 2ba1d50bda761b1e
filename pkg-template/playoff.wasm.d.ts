import type { WasmModule } from "./slim.js";

/** The compiled module, as tools give it that know wasm: wrangler and other bundlers for Workers. */
declare const module: WasmModule;
export default module;
