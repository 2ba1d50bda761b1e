// How large the memory of every wasm is that is started from here on: imported before the package. Node's suite has the
// package outside of its bundle, and this before both. What reads an inlined wasm is a wasm too, which imports nothing.

function watch() {
  const instances = [];
  WebAssembly.Instance = class extends WebAssembly.Instance {
    constructor(module, imports) {
      super(module, imports);
      if (imports) instances.push(this);
    }
  };
  return () => instances.map(({ exports }) => exports.memory.buffer.byteLength);
}

/** Bytes, one number for each instance. */
export const wasmMemory = (globalThis.wasmMemory ??= watch());
