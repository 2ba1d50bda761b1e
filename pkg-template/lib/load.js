// Starting the wasm, without wasm-bindgen's own loader: it doesn't work in every tool.

import { ConfigError } from "../errors.js";
import { contain } from "./fault.js";
import { releaseLocks } from "./tabs.js";

// Of which a text of bytes is made: one is a byte, or where it is rare two.
const LETTERS = " !#%&()*+,-./0123456789:;=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~";

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

/** The module in a text, as `xtask/src/build/inlined.rs` writes it. */
export function compileText(text) {
  // The bytes by the codes of letters; for the two that begin pairs, how far below these are.
  const known = new Int16Array(3 * 128);
  const code = (place) => LETTERS.charCodeAt(place % LETTERS.length);
  let [single, others] = [0, 0];
  for (let byte = 0; byte < 256; byte++) {
    if (text[byte] === "1") known[code(single++)] = byte;
    else known[code(others) + (others++ < LETTERS.length ? 128 : 256)] = byte;
  }
  known[code(single)] = -128;
  known[code(single + 1)] = -256;

  // In place: indexing is faster than asking a string, before anything is compiled.
  const bytes = new TextEncoder().encode(text);
  let length = 0;
  for (let at = 256; at < bytes.length; at++) {
    const byte = known[bytes[at]];
    bytes[length++] = byte < 0 ? known[bytes[++at] - byte] : byte;
  }
  return new WebAssembly.Module(bytes.subarray(0, length));
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
