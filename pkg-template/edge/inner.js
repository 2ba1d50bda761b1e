import { wayToBroker } from "./way-to-broker.js";

// The wasm's own object of an app is made for each thing that the app does, and freed: where there
// is no FinalizationRegistry, as in workers of older compatibility dates, nobody else would free it.
// What outlives it, the tokens, is kept in the wasm under numbers from here.
let last = 0;
const numbers = new WeakMap();

export const nextNumber = () => ++last;

/** The same number for the same thing of the platform. What is none, the wasm refuses. */
function numberOf(thing) {
  if (Object(thing) !== thing) return 0;
  if (!numbers.has(thing)) numbers.set(thing, nextNumber());
  return numbers.get(thing);
}

/** What the wasm can't know of an app: its number, what it has in common with others, and the way to its broker. */
export function waysOf(options, own) {
  const { storage, broker } = options ?? {};
  const kin = [storage, broker].map(numberOf).join("/");
  return { own, kin, broker: wayToBroker(broker, options) };
}

/** The wasm's object of an app: whoever makes it frees it. */
export function makeApp(wasm, options, own, emit = () => {}) {
  const { App } = wasm();
  return new App(options, emit, waysOf(options, own));
}

/** What `run` gives for it. Promises that it gave go on when it is freed. */
export function useApp(app, run) {
  try {
    return run(app);
  } finally {
    app.free();
  }
}
