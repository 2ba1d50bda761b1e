// Starting the wasm, without wasm-bindgen's own loader: it doesn't work in every tool.

import { ConfigError } from "../errors.js";
import { contain } from "./fault.js";
import { releaseLocks } from "./tabs.js";

// Where the reader expects a text in its memory.
const START = 384;

/**
 * Starts the module that `compile` gives. Gives a function that gives the running instance's glue,
 * of another instance after a fault. Importing the package never throws, that function does.
 */
export function load(createGlue, compile) {
  let module;
  const wasm = starter(createGlue, () => (module ??= compile()));
  try {
    wasm();
  } catch {}
  return wasm;
}

/** Such a function, which starts the module that `moduleOf` gives when it is first called. */
export function starter(createGlue, moduleOf) {
  let running;

  function start() {
    const glue = createGlue();
    const { exports } = new WebAssembly.Instance(moduleOf(), { "./playoff_bg.js": glue });
    const onFault = () => {
      if (running === glue) running = undefined;
      releaseLocks();
    };
    glue.__wbg_set_wasm(contain(exports, onFault));
    exports.__wbindgen_start();
    return glue;
  }

  return function wasm() {
    try {
      return (running ??= start());
    } catch (cause) {
      throw unavailable(cause);
    }
  };
}

/** The error where WebAssembly doesn't start. */
export function unavailable(cause) {
  const message =
    `WebAssembly can't be used here: ${cause?.message ?? cause}. ` +
    "A page with a Content-Security-Policy needs script-src 'wasm-unsafe-eval' in it.";
  return new ConfigError(message, { code: "wasm_unavailable", cause });
}

/** The module in a text, by the reader that comes with it: `xtask/src/build/inlined.rs` writes both. */
export function compileText(reader, text) {
  const module = new WebAssembly.Module(new Uint8Array(reader));
  const { memory, read } = new WebAssembly.Instance(module).exports;
  const room = new Uint8Array(memory.buffer, START);
  const { written } = new TextEncoder().encodeInto(text, room);
  return new WebAssembly.Module(room.subarray(0, read(written)));
}

/** A function that gives what `make` makes of the running glue: made now, and anew after a fault. */
export function remade(wasm, make) {
  let glue;
  let made;
  function current() {
    const running = wasm();
    if (running !== glue) {
      made = make(running);
      glue = running;
    }
    return made;
  }
  current();
  return current;
}
