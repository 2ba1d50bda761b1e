// Starting the wasm, without wasm-bindgen's own loader: it doesn't work in every tool.

/**
 * Starts the module that `compile` gives. Gives what went wrong instead of throwing it: importing
 * the package never throws, `createClient` does.
 */
export function load(glue, compile) {
  try {
    // A plain copy: the namespace objects of some bundlers lack members until they are used.
    const instance = new WebAssembly.Instance(compile(), { "./playoff_bg.js": { ...glue } });
    glue.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The module in a base64 text. */
export function compileBase64(text) {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return new WebAssembly.Module(bytes);
}
