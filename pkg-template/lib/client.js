import { ConfigError } from "../errors.js";

/** A client; its methods can be passed on detached. */
class Client {
  #inner;

  constructor(inner) {
    this.#inner = inner;
  }

  get = (route, options) => this.#inner.request("GET", route, undefined, options);
  post = (route, body, options) => this.#inner.request("POST", route, body, options);
  put = (route, body, options) => this.#inner.request("PUT", route, body, options);
  patch = (route, body, options) => this.#inner.request("PATCH", route, body, options);
  delete = (route, options) => this.#inner.request("DELETE", route, undefined, options);

  request = (method, route, { body, ...options } = {}) =>
    this.#inner.request(method, route, body, options);

  claims = () => this.#inner.claims();
}

/** `createClient` over a wasm; `failure` says why there is none. */
export function clientOver(glue, failure) {
  return function createClient(options = {}) {
    requireWasm(failure);
    refuseSecrets(options);
    return new Client(new glue.Client(options));
  };
}

/** Throws where the wasm couldn't be started. */
export function requireWasm(failure) {
  if (failure === undefined) return;
  const message =
    `WebAssembly can't be used here: ${failure?.message ?? failure}. ` +
    "A page with a Content-Security-Policy needs script-src 'wasm-unsafe-eval' in it.";
  throw new ConfigError(message, { code: "wasm_unavailable", cause: failure });
}

// Here and not in the wasm, so that a browser's wasm holds no trace of secrets, not even a name.
function refuseSecrets(options) {
  if (typeof options !== "object" || options === null) return;
  const name = Object.keys(options).find((key) => /secret/i.test(key));
  if (name === undefined) return;
  const message =
    `option \`${name}\` is refused: a client needs no secret, and in a page everybody could read it. ` +
    "Mint the player's token in your backend (playoff-wasm/edge) and give the client a `token` callback that fetches it.";
  throw new ConfigError(message, { code: "secret_in_page" });
}
