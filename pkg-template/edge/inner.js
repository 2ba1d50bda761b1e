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

/** The wasm's object of an app: whoever makes it frees it. */
export function makeApp(wasm, options, own, emit = () => {}) {
  const { App } = wasm();
  const { storage, broker, fetch } = options ?? {};
  const kin = [storage, broker, fetch].map(numberOf).join("/");
  return new App(options, emit, own, kin, wayToBroker(broker, options));
}

/** What `run` gives for it. Promises that it gave go on when it is freed. */
export function useApp(app, run) {
  try {
    return run(app);
  } finally {
    app.free();
  }
}
