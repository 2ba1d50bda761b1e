import { ConfigError } from "../errors.js";
import { Events } from "./events.js";

/** A client; its methods can be passed on detached. */
class Client {
  #inner;
  #events = new Events();

  constructor(glue, options) {
    // The wasm holds this function: one that held the client would keep it alive for ever.
    const events = this.#events;
    this.#inner = new glue.Client(options, (type, event) => events.emit(type, event));
  }

  get = (route, options) => this.#inner.request("GET", route, undefined, options);
  post = (route, body, options) => this.#inner.request("POST", route, body, options);
  put = (route, body, options) => this.#inner.request("PUT", route, body, options);
  patch = (route, body, options) => this.#inner.request("PATCH", route, body, options);
  delete = (route, options) => this.#inner.request("DELETE", route, undefined, options);

  request = (method, route, { body, ...options } = {}) =>
    this.#inner.request(method, route, body, options);

  upload = (route, form, options) => this.#inner.upload(route, form, options);

  getToken = (options) => this.#inner.getToken(options);
  claims = () => this.#inner.claims();
  logout = () => this.#inner.logout();
  on = (type, listener) => this.#events.on(type, listener);

  dispose = () => {
    this.#inner.dispose();
    this.#events.clear();
  };
}

/** `createClient` over a wasm; `failure` says why there is none. */
export function clientOver(glue, failure) {
  return function createClient(options = {}) {
    requireWasm(failure);
    refuseSecrets(options);
    return new Client(glue, options);
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
