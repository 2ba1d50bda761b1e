import { clientOver } from "../lib/client.js";
import { remade } from "../lib/load.js";

function nothing() {}

/** The functions of the edge entry over a wasm. */
export function edgeOver(wasm) {
  return {
    createClient: clientOver(wasm),
    createJWT: (options) => wasm().createJWT(options),
    verifyJWT: (jwt, options) => wasm().verifyJWT(jwt, options),

    createEdgeHandler(configure) {
      const handler = remade(wasm, (glue) => new glue.EdgeHandler(configure, nothing));
      return {
        async fetch(request, env, context) {
          const answered = handler().fetch(request, env);
          // What was begun goes on when the page goes away early: a token that was spent brings another one.
          if (typeof context?.waitUntil === "function") context.waitUntil(answered.then(nothing, nothing));
          return answered;
        },
      };
    },
  };
}
