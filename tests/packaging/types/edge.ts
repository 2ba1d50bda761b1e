// What a strict user writes against the edge entry. Compiled, never run.

import {
  AuthError,
  createClient,
  createEdge,
  createEdgeHandler,
  createJWT,
  isPlayoffError,
  kvStorage,
  memoryStorage,
  verifyJWT,
  TokenBroker,
  type BrokerNamespace,
  type Client,
  type Edge,
  type EdgeHandlerErrorCode,
  type EdgeHandlerOptions,
  type EdgeOptions,
  type GrantedToken,
  type StoredToken,
  type TokenNamespace,
  type TokenStorage,
  type VerifyErrorCode,
} from "playoff-wasm/edge";

interface Env {
  PLAYOFF_CLIENT_ID: string;
  PLAYOFF_CLIENT_SECRET: string;
}

interface Player {
  id: string;
  alias: string;
}

const keys = { clientId: "app", clientSecret: "not-a-real-secret" };

const token: string = createJWT({ ...keys, playerId: "johny", scopes: ["player.runtime.read"], expiresIn: 3600 });
createJWT({ ...keys, playerId: "johny" });

const verified = verifyJWT(token, { ...keys, leeway: 5, maxAge: 3600 });
const playerId: string = verified.playerId;
const scopes: readonly string[] = verified.scopes;
console.log(playerId, scopes.length, verified.expiresAt, verified.claims);

export default createEdgeHandler((env: Env) => ({
  clientId: env.PLAYOFF_CLIENT_ID,
  clientSecret: env.PLAYOFF_CLIENT_SECRET,
  allowOrigins: ["https://game.example"],
  authenticate: async (request) => {
    const session: string | null = request.headers.get("cookie");
    return session === null ? null : { playerId: "johny", scopes: ["player.runtime.read"], expiresIn: 600 };
  },
}));

const options: EdgeHandlerOptions = {
  ...keys,
  provider: "playoff",
  apiUrl: "https://api.games.example",
  authUrl: "https://games.example",
  version: "v2",
  timeout: 10_000,
  headers: { "x-app": "1" },
  scope: ["a", "b"],
  storage: memoryStorage(),
  ensurePlayer: async (playerId) => ({ alias: `The great ${playerId}` }),
  authenticate: () => false,
  cookie: { name: "refresh", sameSite: "none", maxAge: 3600 },
  proxy: {
    allow: [
      ["GET", "/runtime/*"],
      ["POST", "/runtime/actions/collect/play"],
    ],
    maxBodySize: 65_536,
    dangerouslyUseAppToken: true,
  },
};

export async function within(request: Request, context: { waitUntil(promise: Promise<unknown>): void }) {
  const handler = createEdgeHandler(() => options);
  const response = await handler.fetch(request, undefined, context);
  const { error } = (await response.json()) as { error?: EdgeHandlerErrorCode };
  return error === "login_required" ? null : handler.fetch(request, undefined);
}

export const edge: Edge = createEdge({
  ...keys,
  provider: "playlyfe",
  apiUrl: "https://api.example",
  authUrl: "https://auth.example",
  version: "v1",
  scope: ["admin.read", "admin.write"],
  storage: memoryStorage(),
  headers: { "x-app": "quiz" },
  retry: { limit: 1, methods: ["GET", "POST"] },
  hooks: { beforeRequest: ({ headers }) => headers.set("x-try", "1") },
});

createEdge({ provider: "kumite", apiUrl: "https://kumite.example", refreshToken: "x" }).claims()?.playerIds satisfies unknown;
createEdge({ ...keys, provider: { extend: "toornament", apiKeyHeader: "x-key" }, apiKey: "key" });
createEdge({ provider: { name: "own", tokenRequest: { clientAuthentication: "none" } }, clientId: "app", clientSecret: null });

createEdgeHandler(() => ({
  provider: "kumite",
  apiUrl: "https://kumite.example",
  refreshToken: "x",
  authenticate: () => null,
  proxy: { allow: [["GET", "/board"]], dangerouslyUseAppToken: true },
}));

/** What Cloudflare binds, as far as it is used: see cloudflare.ts for its own types. */
export function stores(tokens: TokenNamespace, broker: BrokerNamespace): Edge {
  const storage: TokenStorage = kvStorage(tokens);
  const options: EdgeOptions = { ...keys, storage, broker, scope: "admin.read" };
  return createEdge(options);
}

export class RenamedBroker extends TokenBroker {}

export async function asTheApp(): Promise<string[]> {
  const client: Client = edge.client();
  const players = await client.get<Player[]>("/admin/players", { query: { limit: 5 } });
  const { post } = edge.client({
    playerId: "johny",
    version: "v2",
    headers: { "x-page": "1" },
    timeout: 5_000,
    totalTimeout: 20_000,
    retry: 0,
    tokenIn: "query",
    hooks: { beforeRetry: () => false },
  });
  await post("/runtime/actions/collect/play", { variables: { n: 1 } });

  const { created, player } = await edge.ensurePlayer<Player>({ id: "johny", alias: "Johny", email: "j@game.example" });
  const made: boolean = created;
  const { ensurePlayer, createJWT: mint, verifyJWT: verify } = edge;
  const other: unknown = (await ensurePlayer({ id: "mara" })).player;
  const minted: string = mint({ playerId: player.id, expiresIn: 600 });
  const named: string = verify(minted, { leeway: 5 }).playerId;
  verify(minted);
  return [...players.map(({ alias }) => alias), `${made} ${other} ${named}`];
}

export async function signingIn(code: string, codeVerifier: string): Promise<number | undefined> {
  const redirectUri = "https://game.example/back";
  const granted: GrantedToken = await edge.exchangeCode({ code, codeVerifier, redirectUri });
  const stored: StoredToken = await edge.exchangeCode({ code, redirectUri });
  if (granted.refresh_token === undefined) return granted.expires_at;
  const { access_token: accessToken, expires_at } = await edge.refresh({ refreshToken: granted.refresh_token });
  const nothing: void = await edge.revoke({ accessToken });
  console.log(stored.token_type, nothing);
  return expires_at;
}

export function mistakes(): void {
  // @ts-expect-error: no player
  createJWT({ ...keys });
  // @ts-expect-error: a life that is text
  createJWT({ ...keys, playerId: "johny", expiresIn: "1h" });
  // @ts-expect-error: no keys
  verifyJWT(token);
  // @ts-expect-error: nobody says who the player is
  createEdgeHandler(() => ({ ...keys }));
  const authenticate = () => null;
  // @ts-expect-error: a method in lower case
  createEdgeHandler(() => ({ ...keys, authenticate, proxy: { allow: [["get", "/runtime/*"]] } }));
  // @ts-expect-error: a route that isn't a path
  createEdgeHandler(() => ({ ...keys, authenticate, proxy: { allow: [["GET", "runtime"]] } }));
  // @ts-expect-error: a proxy that lets nothing through
  createEdgeHandler(() => ({ ...keys, authenticate, proxy: {} }));
  // @ts-expect-error: a cookie's attribute that is always there
  createEdgeHandler(() => ({ ...keys, authenticate, cookie: { secure: false } }));
  // @ts-expect-error: no credentials
  createEdge();
  // @ts-expect-error: no secret
  createEdge({ clientId: "app" });
  // @ts-expect-error: neither credentials nor a refresh token
  createEdge({ provider: "kumite" });
  // @ts-expect-error: an app asks the service for its token
  createEdge({ ...keys, token: "text" });
  // @ts-expect-error: all of an app's calls share its token
  createEdge({ ...keys, tokenPer: "player" });
  // @ts-expect-error: a storage isn't a namespace
  createEdge({ ...keys, storage: {} as TokenNamespace });
  // @ts-expect-error: a namespace isn't a storage
  kvStorage(memoryStorage());
  // @ts-expect-error: a name isn't a broker
  createEdge({ ...keys, broker: "TOKEN_BROKER" });
  // @ts-expect-error: whose app it is is said once
  edge.client({ clientId: "other" });
  // @ts-expect-error: so is where its token is kept
  edge.client({ storage: memoryStorage() });
  // @ts-expect-error: a player without an id
  void edge.ensurePlayer({ alias: "Johny" });
  // @ts-expect-error: what a player is is unknown until it is said
  void edge.ensurePlayer({ id: "johny" }).then(({ player }) => player.alias);
  // @ts-expect-error: a code comes from somewhere
  void edge.exchangeCode({ code: "text" });
  // @ts-expect-error: a record isn't a token
  void edge.refresh({ access_token: "text" });
  // @ts-expect-error: whose token that is was said before
  edge.verifyJWT(token, { clientId: "other" });
}

export const client = createClient({ token });

export function tell(error: unknown): VerifyErrorCode | "none" {
  const isOld = error instanceof AuthError && isPlayoffError(error) && error.code === "jwt_expired";
  return isOld ? "jwt_expired" : "none";
}
