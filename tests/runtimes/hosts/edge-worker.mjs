// A worker of an app: each request makes its own `createEdge`, as a worker's requests do. Several workers run this;
// the body of a request says what is done, and what was done for requests that nobody waits for any more.

import { wasmMemory } from "./wasm-memory.mjs";
import { createEdge, kvStorage, TokenBroker } from "playoff-wasm/edge";
import { slowToTell } from "../miniflare/slow-to-tell.mjs";

export { TokenBroker };

const ROUTE = "/admin/players";

/** How the broker is broken. */
let fault = null;

const FAULTS = {
  throws: () => {
    throw new Error("the object is broken");
  },
  page: () => new Response("<html>Internal error</html>", { status: 500 }),
  text: () => new Response("no token"),
};

/** A broker that can be broken. */
export class FaultyBroker extends TokenBroker {
  #state;

  constructor(state, env) {
    super(state, env);
    this.#state = state;
  }

  async fetch(request) {
    const how = fault;
    if (how === "tells") return Response.json([...(await this.#state.storage.list())]);
    if (how === "evicted once") {
      fault = null;
      setTimeout(() => this.#state.abort("evicted"), 100);
      return new Promise(() => {});
    }
    return how === null ? super.fetch(request) : FAULTS[how]();
  }
}

const STORES = {
  none: () => ({}),
  kv: ({ TOKENS }) => ({ storage: kvStorage(TOKENS) }),
  "slow kv": ({ TOKENS }) => ({ storage: kvStorage(slowToTell(TOKENS)) }),
  broker: ({ BROKER }) => ({ broker: BROKER }),
  "kv and broker": ({ TOKENS, BROKER }) => ({ storage: kvStorage(TOKENS), broker: BROKER }),
  "faulty broker": ({ FAULTY_BROKER }) => ({ broker: FAULTY_BROKER }),
  "no broker": () => ({ broker: { idFromName: (name) => name, get: () => ({ fetch: unreachable }) } }),
};

async function unreachable() {
  throw new Error("Network connection lost.");
}

const edgeOf = ({ app, store }, env) => createEdge({ ...env.SERVICE, ...app, ...STORES[store](env) });

const told = ({ name, code, status, message, cause }) => ({ name, code, status, message, cause: cause && `${cause}` });

/** How calls ended, by their marks. */
const ends = {};

/** Makes a call that the service's log shows under its mark; how it ended. */
async function marked(client, mark, options) {
  try {
    await client.get(ROUTE, { query: { mark, limit: 1 }, ...options });
    return (ends[mark] = { ok: true });
  } catch (error) {
    return (ends[mark] = told(error));
  }
}

const ACTIONS = {
  call: ({ mark, abortAfter, timeout, ...asked }, env) => {
    const signal = abortAfter === undefined ? undefined : AbortSignal.timeout(abortAfter);
    return marked(edgeOf(asked, env).client(), mark, { signal, timeout });
  },

  /** Answers while its call is still under way. */
  early({ mark, waitUntil, ...asked }, env, context) {
    const call = marked(edgeOf(asked, env).client(), mark);
    if (waitUntil) context.waitUntil(call);
    return { early: true };
  },

  token: async ({ refresh, playerId, ...asked }, env) => ({
    token: await edgeOf(asked, env).client(playerId && { playerId }).getToken({ refresh }),
  }),

  /** What the broker stores; the call that makes it tell can't work. */
  async stored({ app }, env) {
    const held = [];
    const { FAULTY_BROKER: broker } = env;
    const get = (id) => ({
      async fetch(...args) {
        const answer = await broker.get(id).fetch(...args);
        held.push(await answer.clone().json());
        return answer;
      },
    });
    const heard = { broker: { idFromName: (name) => broker.idFromName(name), get } };
    const error = await createEdge({ ...env.SERVICE, ...app, ...heard })
      .client()
      .getToken()
      .catch(told);
    return { held, error };
  },

  ends: () => ends,

  break({ how }) {
    fault = how;
    return { how };
  },

  keys: async (_, { TOKENS }) => (await TOKENS.list()).keys,

  ensure: ({ player, ...asked }, env) => edgeOf(asked, env).ensurePlayer(player),

  /** Apps that nobody disposes of; some of them make a call. */
  async apps({ apps, calls, ...asked }, env) {
    for (let made = 0; made < apps; made++) edgeOf(asked, env).client();
    for (let made = 0; made < calls; made++)
      await edgeOf(asked, env)
        .client()
        .get(ROUTE, { query: { limit: 1 } });
    return { memory: wasmMemory() };
  },

  memory: () => ({ memory: wasmMemory() }),

  /** The isolate's clock goes on by so many seconds. */
  later({ seconds }) {
    const now = Date.now;
    Date.now = () => now() + seconds * 1_000;
    return { now: Date.now() };
  },
};

export default {
  async fetch(request, env, context) {
    const { action, ...asked } = await request.json();
    try {
      return Response.json(await ACTIONS[action](asked, env, context));
    } catch (error) {
      return Response.json(told(error), { status: 500 });
    }
  },
};
