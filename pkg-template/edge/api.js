import { clientOver } from "../lib/client.js";
import { remade } from "../lib/load.js";
import { createEdgeOver } from "./app.js";
import { nextNumber, waysOf } from "./inner.js";
import { jwtOver } from "./jwt.js";
import { brokerOver } from "./token-broker.js";
import { webhookHandlerOver } from "./webhook.js";

function nothing() {}

/** The functions of the edge entry over a wasm. */
export function edgeOver(wasm) {
  const jwt = jwtOver(wasm);
  return {
    createClient: clientOver(wasm),
    ...jwt,
    createEdge: createEdgeOver(wasm, jwt),
    TokenBroker: brokerOver(wasm),
    createWebhookHandler: webhookHandlerOver(wasm),

    createEdgeHandler(configure) {
      const own = nextNumber();
      const ways = (options) => waysOf(options, own);
      const handler = remade(wasm, (glue) => new glue.EdgeHandler(configure, ways, nothing));
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
