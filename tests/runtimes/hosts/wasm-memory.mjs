// How large the memory of every wasm is that is started from here on: imported before the package.

const instances = [];

WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...args) {
    super(...args);
    instances.push(this);
  }
};

/** Bytes, one number for each instance. */
export const wasmMemory = () => instances.map(({ exports }) => exports.memory.buffer.byteLength);
