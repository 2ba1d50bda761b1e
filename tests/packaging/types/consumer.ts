// What a strict user writes against the main entry. Compiled, never run.

import {
  ApiError,
  AuthError,
  ConfigError,
  NetworkError,
  PlayoffError,
  TimeoutError,
  createClient,
  isPlayoffError,
  memoryStorage,
  webStorage,
  type ClientEvents,
  type Feed,
  type ProviderDefinition,
  type StoredToken,
  type TokenStorage,
} from "playoff-wasm";

/** Compiles only when both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function same<A, B>(_: Same<A, B>): void {}

interface Player {
  id: string;
  alias: string;
}

const playoff = createClient({
  provider: "playoff",
  apiUrl: "https://api.example",
  authUrl: "https://auth.example",
  version: "v2",
  playerId: "johny",
  tokenIn: "header",
  headers: { "x-app": "quiz" },
  timeout: 10_000,
  token: async ({ reason, signal }) => {
    same<typeof signal, AbortSignal>(true);
    const why: string = reason;
    return fetch(`/player-token?why=${why}`, { method: "POST", signal });
  },
});

createClient();
createClient({ token: "text" });
createClient({ token: { access_token: "text", expires_in: 3600 } });
createClient({ token: () => "text" });
createClient({ token: async () => ({ access_token: "text" }) });
createClient({ host: "games.example", provider: "playlyfe", fetch });
createClient({ provider: "toornament", apiKey: "key" }).get("/tournaments", { base: "viewer" }).catch(console.error);

const base: ProviderDefinition = {
  name: "own",
  apiUrl: "https://api.{host}",
  authUrl: "https://{host}",
  host: "own.example",
  versions: { v1: "/v1" },
  bases: { stats: "/stats" },
  signIn: { path: "/authorize", issuerPath: "", echoesState: true },
  tokenRequest: { path: "/token", encoding: "json", lifetime: 3600, clientAuthentication: "basic" },
  schemes: ["Bearer", "OAuth"],
  tokenIn: { server: "header", page: "query", query: "token" },
  players: { query: "player", ownTokens: true, claim: "sub", listClaim: "players" },
  headers: { accept: "text/json" },
  apiKeyHeader: "x-key",
  deadToken: { statuses: [401], codes: ["stale"], deniedCodes: ["denied"], challenges: ["expired"], replay: ["GET"] },
  retryMethods: ["GET"],
  errors: ["errors", "oauth", "error_message", "message"],
  paging: { limit: 50, units: { scores: { unit: "items", limit: 100 } } },
  query: { lists: "repeat", booleans: "digits" },
  page: { publicClient: false, maxTokenLifetime: 3600 },
};
createClient({ provider: { extend: base, paging: "none" } });
createClient({ provider: { name: "own", versions: { v7: "/v7" } }, version: "v7" }).get("/a").catch(console.error);
createClient({ provider: { extend: "playoff", host: "games.example" } }).runtime.player().catch(console.error);

const stored = new Map<string, StoredToken>();
const ownStorage: TokenStorage = {
  load: async (key) => stored.get(key),
  store: async (key, token) => stored.set(key, token),
  remove: (key) => stored.delete(key),
};
createClient({ storage: ownStorage });
createClient({ storage: memoryStorage(), login: { clientId: "app", scope: ["a", "b"] } });
createClient({ login: { clientId: "app", redirectUri: "https://a.example/", exchange: "/x", storage: memoryStorage() } });
createClient({ login: { clientId: "app", exchange: ({ code, codeVerifier }) => ({ access_token: code + codeVerifier }) } });
createClient({ storage: webStorage("local"), tokenPer: "player", token: ({ playerId }) => playerId ?? "" });
createClient({
  hooks: {
    beforeRequest: async ({ method, url, headers, attempt }) => headers.set("x-try", `${method} ${url} ${attempt}`),
    afterResponse: (response, { attempt }) => (attempt > 1 ? new Response(response.body) : undefined),
    beforeRetry: ({ error, retry, delay }) => error.code !== "enough" && retry + delay > 0,
  },
});

export async function life(form: FormData, signal: AbortSignal): Promise<void> {
  const feed: Feed = playoff.runtime.notifications({
    environment: "staging",
    gameId: "game",
    since: new Date(),
    poll: { interval: 60_000 },
    signal,
  });
  await playoff.runtime.uploadPlayerImage(form);
  feed.on("state", (state) => state === "live");
  // @ts-expect-error there is no such environment
  playoff.runtime.notifications({ environment: "test", gameId: "game" });
  // @ts-expect-error the game is missing
  playoff.runtime.notifications({ environment: "staging" });
  for await (const { event, id, seen } of feed) {
    const told: [string, string, boolean | undefined] = [event, id, seen];
    if (told.length > 0) break;
  }
  const token: string = await playoff.getToken({ refresh: true, playerId: "johny", signal });
  const off: () => void = playoff.on("token", ({ reason, expiresAt }) => {
    same<typeof expiresAt, number | undefined>(true);
    const why: string = `${reason} ${token.length}`;
    void why;
  });
  playoff.on("retry", ({ route, status }: ClientEvents["retry"]) => void [route, status]);
  playoff.on("signedOut", ({ reason }) => same<typeof reason, "logout" | "refused" | "other_tab">(true));
  playoff.on("warning", ({ code, message, cause }) => void [code, message, cause]);
  // @ts-expect-error there is no such event
  playoff.on("tokens", () => {});
  off();
  const { id } = await playoff.upload<{ id: string }>("/runtime/player/image", form, { timeout: 60_000 });
  void id;
  const { status } = await playoff.upload("/runtime/player/image", form, { full: true });
  void status;
  await playoff.logout();
  playoff.dispose();
}

export async function calls(signal: AbortSignal): Promise<void> {
  const player = await playoff.get<Player>("/runtime/player");
  same<typeof player, Player>(true);
  const unknown = await playoff.get("/runtime/player");
  same<typeof unknown, unknown>(true);
  await playoff.get(["admin", "players", "a/b"], { query: { limit: 5, detailed: true }, signal, timeout: 100 });
  await playoff.post<{ events: unknown }>(
    "/runtime/actions/collect/play",
    { variables: { n: 1 } },
    { playerId: "johny" },
  );
  await playoff.put("/a", { b: 1 });
  await playoff.patch("/a", { b: 1 });
  await playoff.delete("/a");

  const text = await playoff.get("/a", { as: "text" });
  same<typeof text, string>(true);
  const bytes: Uint8Array = await playoff.get("/a", { as: "bytes" });
  await playoff.put("/a", new DataView(bytes.slice().buffer));
  const blob: Blob = await playoff.get("/a", { as: "blob" });
  const response: Response = await playoff.get("/a", { as: "response" });
  const full = await playoff.request<Player>("GET", "/a", { query: { limit: 5 }, full: true });
  same<typeof full.status, number>(true);
  same<typeof full.data, Player>(true);
  const type: string | null = full.headers.get("content-type");
  console.log(bytes.length, blob.size, response.ok, type, full.requestId);
}

export function mistakes(): void {
  // @ts-expect-error: an unknown option
  createClient({ tokn: "x" });
  // @ts-expect-error: a secret
  createClient({ clientSecret: "x" });
  // @ts-expect-error: an unknown provider
  createClient({ provider: "steam" });
  // @ts-expect-error: an unknown member of a definition
  createClient({ provider: { name: "own", tokenUrl: "https://own.example/token" } });
  // @ts-expect-error: an unknown member of a part of it
  createClient({ provider: { name: "own", tokenRequest: { url: "/token" } } });
  // @ts-expect-error: an unknown form of errors
  createClient({ provider: { name: "own", errors: ["soap"] } });
  // @ts-expect-error: ranges of no size
  createClient({ provider: { name: "own", paging: { units: {} } } });
  // @ts-expect-error: Kumite has no calls of Playoff's
  void createClient({ provider: "kumite" }).runtime;
  // @ts-expect-error: nor has Toornament
  void createClient({ provider: { extend: "toornament", headers: {} } }).runtime;
  // @ts-expect-error: nor a service of one's own
  void createClient({ provider: { name: "own" } }).runtime;
  // @ts-expect-error: Kumite has no calls of Toornament's
  void createClient({ provider: "kumite" }).toornament;
  // @ts-expect-error: a refresh token
  createClient({ provider: "kumite", refreshToken: "x" });
  // @ts-expect-error: an unknown version
  createClient({ version: "v3" });
  // @ts-expect-error: a token that is none
  createClient({ token: 7 });
  // @ts-expect-error: an exchange that gives nothing
  createClient({ login: { clientId: "app", exchange: () => undefined } });
  // @ts-expect-error: an unknown form
  void playoff.get("/a", { as: "xml" });
  // @ts-expect-error: a route that is none
  void playoff.get(7);
  // @ts-expect-error: a body, where there is none
  void playoff.get("/a", { body: {} });
  // @ts-expect-error: what is got is unknown until it is said
  void playoff.get("/a").then((player) => player.id);
}

export async function signIn(button: { onclick: (() => void) | null }): Promise<string | undefined> {
  const back = await playoff.handleRedirect();
  button.onclick = () => void playoff.login({ returnTo: "/profile" });
  const { url, state } = await playoff.loginUrl();
  return back === null ? url + state : back.returnTo;
}

export function tell(error: unknown): string {
  if (error instanceof ApiError || error instanceof AuthError) return `${error.code} ${error.status ?? ""}`;
  if (error instanceof NetworkError || error instanceof TimeoutError) return error.retryable ? "later" : "never";
  if (error instanceof ConfigError) return error.message;
  if (isPlayoffError(error)) {
    same<typeof error.code, string>(true);
    same<typeof error.data, unknown>(true);
    const plain: object = error.toJSON();
    return JSON.stringify(plain);
  }
  return error instanceof PlayoffError || error instanceof Error ? error.message : String(error);
}
