import { ConfigError } from "../errors.js";
import { Events } from "./events.js";
import { openFeed } from "./feed.js";
import { remade } from "./load.js";
import { paginateOver, runtimeOver } from "./runtime.js";
import { memoryStorage, webStorage } from "./storage.js";
import { Tabs } from "./tabs.js";

/** Where the tokens of a page's clients are whose players sign in, unless they have a `storage`. */
const memory = memoryStorage();

/** A client; its methods can be passed on detached. */
export class Client {
  #inside;
  #events = new Events();
  #tabs = new Tabs();
  #state = { disposed: false, signedOut: false };

  /**
   * `insideOf` gives `{ use(run), hasTabs }`: `use` gives what `run` gives for the client of the wasm. It gets the function
   * that hands events on, what has become of this client, and its way to other tabs.
   */
  constructor(insideOf) {
    // The wasm holds this function: one that held the client would keep it alive for ever.
    const emit = this.#events.emit.bind(this.#events);
    this.#inside = insideOf(emit, this.#state, this.#tabs);
    if (this.#inside.hasTabs) this.#tabs.open(this, Client.#hear, Client.#lookAgain);
  }

  static #hear(client, key, told) {
    client.#inside.use((inner) => inner.hear(key, told));
  }

  static #lookAgain(client) {
    client.#inside.use((inner) => inner.lookAgain());
  }

  get = (route, options) => this.#call("request", "GET", route, undefined, options);
  post = (route, body, options) => this.#call("request", "POST", route, body, options);
  put = (route, body, options) => this.#call("request", "PUT", route, body, options);
  patch = (route, body, options) => this.#call("request", "PATCH", route, body, options);
  delete = (route, options) => this.#call("request", "DELETE", route, undefined, options);

  request = async (method, route, given) => {
    const { body, ...options } = given ?? {};
    return this.#call("request", method, route, body, given && options);
  };

  upload = (route, form, options) => this.#call("upload", route, form, options);

  #typed = (name, args, options) => this.#call("typed", name, args, options);
  #feed = (options, port) => this.#call("feed", options, port);
  #runtime;

  get runtime() {
    return (this.#runtime ??= runtimeOver(this.#typed, this.#feed));
  }

  paginate = paginateOver(this.#typed);

  getToken = (options) => this.#call("getToken", options);
  claims = () => this.#inside.use((inner) => inner.claims());
  on = (type, listener) => this.#events.on(type, listener);

  login = (options) => this.#call("login", options, true);
  loginUrl = (options) => this.#call("login", options, false);
  handleRedirect = () => this.#call("handleRedirect");

  logout = () => {
    this.#state.signedOut = true;
    return this.#call("logout");
  };

  dispose = () => {
    this.#state.disposed = true;
    this.#inside.use((inner) => inner.dispose());
    this.#tabs.close();
    this.#events.clear();
  };

  /** A method that gives a promise, for whatever goes wrong. */
  #call(method, ...args) {
    try {
      return this.#inside.use((inner) => inner[method](...args));
    } catch (fault) {
      return Promise.reject(fault);
    }
  }
}

/** One client of the wasm for as long as its instance runs. */
function lasting(wasm, options) {
  return (emit, state, tabs) => {
    const current = remade(wasm, (glue) => {
      const given = state.signedOut ? withoutToken(options) : options;
      const inner = new glue.Client(given, emit, tabs, webStorage("session"), webStorage("local"), memory);
      if (state.disposed) inner.dispose();
      // What its owner changes in it from now on isn't for one made anew.
      options = { ...options };
      return inner;
    });
    return { use: (run) => run(current()), hasTabs: current().hasTabs() };
  };
}

/** The options without a token that was given once: signed out of, it doesn't come back. */
function withoutToken({ token, ...options }) {
  return typeof token === "function" ? { token, ...options } : options;
}

/** `createClient` over a wasm. */
export function clientOver(wasm) {
  return function createClient(options = {}) {
    refuseSecrets(options);
    return new Client(lasting(wasm, options));
  };
}

// Here and not in the wasm, so that a browser's wasm holds no trace of secrets, not even a name.
function refuseSecrets(options) {
  if (typeof options !== "object" || options === null) return;
  const { login, provider, retry, hooks } = options;
  const names = [options, login, provider, retry, hooks].flatMap((one) => Object.keys(one ?? {}));
  const name = names.find((key) => /secret|^refresh_?token$/i.test(key));
  if (name === undefined) return;
  const message =
    `option \`${name}\` is refused: a client needs none, and in a page everybody could read it. Keep it in your ` +
    "backend (playoff-wasm/edge), and give the client a `token` callback that fetches the player's token.";
  throw new ConfigError(message, { code: "secret_in_page" });
}
