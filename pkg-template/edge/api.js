import { clientOver } from "../lib/client.js";
import { remade } from "../lib/load.js";
import { createEdgeOver } from "./app.js";
import { brokerOver } from "./token-broker.js";

/** The functions of the edge entry over a wasm. */
export function edgeOver(wasm) {
  return {
    createClient: clientOver(wasm),
    createEdge: createEdgeOver(wasm),
    TokenBroker: brokerOver(wasm),
    createJWT: (options) => wasm().createJWT(options),
    verifyJWT: (jwt, options) => wasm().verifyJWT(jwt, options),

    createEdgeHandler(configure) {
      const handler = remade(wasm, (glue) => new glue.EdgeHandler(configure));
      return { fetch: async (request, env) => handler().fetch(request, env) };
    },
  };
}
