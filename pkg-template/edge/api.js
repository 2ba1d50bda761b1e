import { clientOver } from "../lib/client.js";
import { remade } from "../lib/load.js";
import { createEdgeOver } from "./app.js";
import { nextNumber, waysOf } from "./inner.js";
import { jwtOver } from "./jwt.js";
import { refusal } from "./refusal.js";
import { brokerOver } from "./token-broker.js";
import { webhookHandlerOver } from "./webhook.js";

function nothing() {}

/** What a handler answers. Its own fault is an answer too: whatever runs it would say less to page and owner. */
async function answerOf(handler, request, env) {
  try {
    return await handler().fetch(request, env);
  } catch (error) {
    // Without a request there is nobody to answer.
    if (error?.code === "invalid_option") throw error;
    console.error("playoff-wasm: the handler itself has failed:", error);
    const description = "The handler itself has failed; this worker's log says more";
    return refusal(500, "server_error", description, { vary: "Origin" });
  }
}

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
          const answered = answerOf(handler, request, env);
          // What was begun goes on when the page goes away early: a token that was spent brings another one.
          if (typeof context?.waitUntil === "function") context.waitUntil(answered.then(nothing, nothing));
          return answered;
        },
      };
    },
  };
}
