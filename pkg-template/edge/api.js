import { clientOver } from "../lib/client.js";
import { remade } from "../lib/load.js";
import { createEdgeOver } from "./app.js";
import { jwtOver } from "./jwt.js";
import { brokerOver } from "./token-broker.js";

/** The functions of the edge entry over a wasm. */
export function edgeOver(wasm) {
  const jwt = jwtOver(wasm);
  return {
    createClient: clientOver(wasm),
    ...jwt,
    createEdge: createEdgeOver(wasm, jwt),
    TokenBroker: brokerOver(wasm),

    createEdgeHandler(configure) {
      const handler = remade(wasm, (glue) => new glue.EdgeHandler(configure));
      return { fetch: async (request, env) => handler().fetch(request, env) };
    },
  };
}
