// Faults of the wasm itself: a panic is a trap, thrown out of whatever JavaScript called. It may
// have left anything half done, so the instance isn't used any more.

import { PlayoffError } from "../errors.js";

// Our functions, closures, and what frees either. The others are called by the glue within these,
// many times a call.
const ENTRIES = /^(?!_|memory)|^_\d|^__wbg_|_closure$/;

/**
 * The exports of an instance, for its glue. At a fault every promise that they gave rejects,
 * `onFault` is called, and from then on they do nothing: callbacks and finalizers may still come.
 */
export function contain(exports, onFault) {
  const contained = { ...exports };
  const pending = new Set();
  let fault;

  const error = () =>
    new PlayoffError("a fault in playoff-wasm itself ended this call: please report it", { code: "internal", ...fault });

  const settled = (promise) =>
    new Promise((resolve, reject) => {
      const then = (settle) => (value) => {
        pending.delete(reject);
        settle(value);
      };
      pending.add(reject);
      promise.then(then(resolve), then(reject));
    });

  function end() {
    onFault();
    for (const reject of pending) {
      reject(error());
      pending.delete(reject);
    }
  }

  for (const name in exports) {
    if (!ENTRIES.test(name)) continue;
    const run = exports[name];
    contained[name] = (...args) => {
      let value;
      try {
        if (!fault) value = run(...args);
      } catch (cause) {
        fault ??= { cause };
      }
      if (fault) {
        // Every time: where the stack was too deep for it, the next one comes to it.
        end();
        // Nobody would catch it of a closure; the glue looks into what that gives.
        if (name[0] === "_") return [];
        throw error();
      }
      return value instanceof Promise ? settled(value) : value;
    };
  }
  return contained;
}
