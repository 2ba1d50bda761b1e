import { makeApp, nextNumber, useApp } from "./inner.js";

/** The class of the Durable Object that has an app's token for all isolates, so that the service is asked once. */
export const brokerOver = (wasm) =>
  class TokenBroker {
    #storage;
    #own = nextNumber();

    constructor(state) {
      this.#storage = {
        load: (key) => state.storage.get(key),
        store: (key, token) => state.storage.put(key, token),
        remove: (key) => state.storage.delete(key),
      };
    }

    async fetch(request) {
      try {
        const { reason, refused, player, options } = await request.json();
        const app = makeApp(wasm, { ...options, storage: this.#storage }, this.#own);
        return Response.json(await useApp(app, (app) => app.brokered(reason, refused, player)));
      } catch ({ code = "server_error", message, status, retryable }) {
        // Where the service didn't answer, it may work later, or is a fault of ours.
        const told = status ?? (retryable ? 503 : 500);
        return Response.json({ error: code, error_description: message }, { status: told });
      }
    }
  };
