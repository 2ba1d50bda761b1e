// What a strict user writes for Cloudflare, whose own types take and give ours without a cast. Compiled, never run.

import { createEdge, createEdgeHandler, kvStorage, TokenBroker, type BrokerState } from "playoff-wasm/edge";
import type { Client, Feed } from "playoff-wasm";

export { TokenBroker };

interface Env {
  PLAYOFF_CLIENT_ID: string;
  PLAYOFF_CLIENT_SECRET: string;
  STORED_SECRET: SecretsStoreSecret;
  TOKENS: KVNamespace;
  TOKEN_BROKER: DurableObjectNamespace;
  /** As `wrangler types` writes it. */
  TYPED_BROKER: DurableObjectNamespace<TokenBroker>;
}

const keysOf = (env: Env) => ({ clientId: env.PLAYOFF_CLIENT_ID, clientSecret: env.PLAYOFF_CLIENT_SECRET });

const tokens = createEdgeHandler((env: Env) => ({
  ...keysOf(env),
  authenticate: async (request) => {
    const url: string = request.url;
    const { cf }: Request = request;
    const country = cf?.country;
    return country === undefined || url === "" ? null : { playerId: "johny" };
  },
}));

export const alone: ExportedHandler<Env> = tokens;

export const stored: ExportedHandler<Env> = createEdgeHandler(async (env: Env) => ({
  ...keysOf(env),
  clientSecret: await env.STORED_SECRET.get(),
  authenticate: (request) => (request.url === "" ? null : { playerId: "johny" }),
}));

export default {
  async fetch(request, env, ctx) {
    if (new URL(request.url).pathname === "/player-token") return tokens.fetch(request, env, ctx);
    const storage = kvStorage(env.TOKENS);
    for (const broker of [env.TOKEN_BROKER, env.TYPED_BROKER]) createEdge({ ...keysOf(env), storage, broker });
    const edge = createEdge({ ...keysOf(env), broker: env.TYPED_BROKER });
    const { status, headers } = await edge.client().get("/admin/players", { full: true });
    const answer: Response = await edge.client().get("/admin/players", { as: "response", signal: request.signal });
    return status === 200 ? Response.json(headers.get("date")) : answer;
  },
} satisfies ExportedHandler<Env>;

/** A Durable Object of the user's own, which does more. */
export class OwnBroker extends TokenBroker {
  readonly held: Promise<unknown>;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    const seen: BrokerState = state;
    this.held = seen.storage.get("held");
  }

  override async fetch(request: Request): Promise<Response> {
    const answer: Response = await super.fetch(request);
    return new Response(answer.body, answer);
  }
}

export function mistakes(env: Env): void {
  // @ts-expect-error: a namespace of objects isn't one of keys
  kvStorage(env.TOKEN_BROKER);
  // @ts-expect-error: and the other way round
  createEdge({ ...keysOf(env), broker: env.TOKENS });
  // @ts-expect-error: a namespace isn't a storage yet
  createEdge({ ...keysOf(env), storage: env.TOKENS });
}

export const feedOf = (playoff: Client): Feed =>
  playoff.runtime.notifications({ environment: "production", gameId: "game", webSocket: WebSocket });
