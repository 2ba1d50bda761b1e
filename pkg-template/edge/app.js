import { AppClient } from "./admin.js";
import { makeApp, nextNumber, useApp } from "./inner.js";
import { extendsToornament, toornamentOver } from "./toornament.js";

/** `createEdge` over a wasm; `jwt` has `createJWT` and `verifyJWT`. */
export const createEdgeOver = (wasm, jwt) =>
  function createEdge(options = {}) {
    return new Edge(wasm, jwt, options);
  };

/** An app; its methods can be passed on detached. */
class Edge {
  #wasm;
  #jwt;
  #options;
  #own = nextNumber();

  constructor(wasm, jwt, options) {
    this.#wasm = wasm;
    this.#jwt = jwt;
    // What doesn't hold is said at once.
    makeApp(wasm, options, this.#own).free();
    // What its owner changes in it from now on is another app's.
    this.#options = { ...options };
  }

  client = (options) => {
    const whole = { ...this.#options, ...options };
    const client = new AppClient((emit, state) => passing(() => makeApp(this.#wasm, whole, this.#own, emit), state));
    if (extendsToornament(whole.provider)) client.toornament = toornamentOver(client);
    return client;
  };

  claims = () => this.#use((app) => app.claims());

  createJWT = (grant) => this.#jwt.createJWT({ ...this.#issuer(), ...grant });
  verifyJWT = (jwt, options) => this.#jwt.verifyJWT(jwt, { ...this.#issuer(), ...options });

  ensurePlayer = async (player) => this.#use((app) => app.ensurePlayer(player));
  exchangeCode = async (options) => this.#use((app) => app.exchangeCode(options));
  refresh = async (options) => this.#use((app) => app.refresh(options));
  revoke = async (options) => this.#use((app) => app.revoke(options));

  #issuer() {
    const { clientId, clientSecret } = this.#options;
    return { clientId, clientSecret };
  }

  #use(run) {
    return useApp(makeApp(this.#wasm, this.#options, this.#own), run);
  }
}

/** A client of the wasm for each call, until it has ended. */
function passing(make, state) {
  const running = new Set();

  function inside() {
    const inner = useApp(make(), (app) => app.client());
    if (state.disposed) inner.dispose();
    return inner;
  }

  function end(inner) {
    running.delete(inner);
    inner.free();
  }

  inside().free();
  return {
    use(run) {
      if (state.disposed) for (const inner of running) inner.dispose();
      const inner = inside();
      running.add(inner);
      let given;
      try {
        given = run(inner);
      } finally {
        if (!(given instanceof Promise)) end(inner);
      }
      return given instanceof Promise ? given.finally(() => end(inner)) : given;
    },
  };
}
