import { clientOver } from "../lib/client.js";
import { remade } from "../lib/load.js";
import { jwtOver } from "./jwt.js";

/** The functions of the edge entry over a wasm. */
export function edgeOver(wasm) {
  return {
    createClient: clientOver(wasm),
    ...jwtOver(wasm),

    createEdgeHandler(configure) {
      const handler = remade(wasm, (glue) => new glue.EdgeHandler(configure));
      return { fetch: async (request, env) => handler().fetch(request, env) };
    },
  };
}
