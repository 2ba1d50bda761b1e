import { clientOver, requireWasm } from "../lib/client.js";

/** The functions of the edge entry over a wasm; `failure` says why there is none. */
export function edgeOver(glue, failure) {
  return {
    createClient: clientOver(glue, failure),

    createJWT(options) {
      requireWasm(failure);
      return glue.createJWT(options);
    },

    verifyJWT(jwt, options) {
      requireWasm(failure);
      return glue.verifyJWT(jwt, options);
    },

    createEdgeHandler(configure) {
      requireWasm(failure);
      const handler = new glue.EdgeHandler(configure);
      return { fetch: (request, env) => handler.fetch(request, env) };
    },
  };
}
