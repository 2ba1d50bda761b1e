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
      } catch ({ name, code = "server_error", message, status, retryable = false }) {
        // Whoever asked gets the error as if they had asked the service. Its status may be one of success.
        const told = { error: code, error_description: message, name, status, retryable };
        return Response.json(told, { status: status >= 400 ? status : retryable ? 503 : 500 });
      }
    }
  };
