// Which instance the package makes when it is imported: imported before it.

const { Instance } = WebAssembly;

export const made = { Instance };

WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    made.args = args;
  }
};
