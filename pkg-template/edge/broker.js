// A broker is a Durable Object that has an app's token for all isolates, so that the service is
// asked for one once. Who asks brings the credentials along; the broker keeps the token alone.

/** The options that say which token it is, and how it is asked for. */
const PASSED_ON = [
  "provider",
  "host",
  "apiUrl",
  "authUrl",
  "allowInsecureHttp",
  "version",
  "clientId",
  "clientSecret",
  "scope",
  "headers",
  "timeout",
];

/** A function like `fetch` that leads to the broker of an app: the address names it. */
export const wayToBroker = (namespace, options) => (url, { body, signal }) => {
  const stub = namespace.get(namespace.idFromName(new URL(url).pathname.slice(1)));
  const passed = Object.fromEntries(PASSED_ON.filter((name) => name in options).map((name) => [name, options[name]]));
  const asked = Object.fromEntries(new URLSearchParams(body));
  return stub.fetch(url, { method: "POST", body: JSON.stringify({ ...asked, options: passed }), signal });
};

/** The class of the Durable Object. */
export const brokerOver = (createEdge) =>
  class TokenBroker {
    #storage;

    constructor(state) {
      this.#storage = {
        load: (key) => state.storage.get(key),
        store: (key, token) => state.storage.put(key, token),
        remove: (key) => state.storage.delete(key),
      };
    }

    async fetch(request) {
      try {
        const { reason, refused, options } = await request.json();
        const edge = createEdge({ ...options, storage: this.#storage });
        return Response.json(await edge.brokered(reason, refused));
      } catch ({ code, message, status, retryable }) {
        // What isn't the service's answer may work later, or is a fault of ours.
        const told = status ?? (retryable ? 503 : 500);
        return Response.json({ error: code ?? "server_error", error_description: message }, { status: told });
      }
    }
  };
