/** What a player, client or token is chosen by; nothing given: all of Playoff's. */
export interface Which {
  service?: "playoff" | "kumite" | "toornament";
  access_token?: string;
  client_id?: string;
  player_id?: string;
}

/** How calls fail. A `delay` or `drop` alone leaves the real answer as it is. */
export interface Fault {
  /** How many calls; 1 unless given. */
  count?: number;
  /** Only each so manieth call that matches. */
  every?: number;
  /** Only calls by this method. */
  method?: string;
  /** Only calls whose path begins so. */
  path?: string;
  /** From 200 to 599; 503 unless given. */
  status?: number;
  /** Text, or what is sent as JSON. */
  body?: unknown;
  headers?: Record<string, string | number>;
  /** In milliseconds. */
  delay?: number;
  /** `connection`: no answer, and nothing is carried out; `body`: carried out, then cut off in the middle of the answer. */
  drop?: "connection" | "body";
}

/** A call that was received. */
export interface LoggedCall {
  n: number;
  time: string;
  method: string;
  path: string;
  query: Record<string, string | string[]>;
  headers: Record<string, string>;
  body: unknown;
  /** `null`: it wasn't answered. */
  status: number | null;
}

/** What happened at the notification stream. */
export interface LoggedStreamEvent {
  n: number;
  time: string;
  what: "opened" | "authenticated" | "refused" | "closed";
  connection: number;
  player_id: string | null;
  reason: string | null;
}

/** What is put into the game besides what it holds, and settings; what isn't named stays. */
export interface Seed {
  players?: Array<{ id: string; alias: string; email?: string; scores?: Record<string, number> }>;
  clients?: Array<{
    clientId: string;
    clientSecret?: string;
    type: "client_credentials" | "jwt" | "authorization_code" | "public";
    redirectUris?: string[];
    scopes?: string[];
  }>;
  /** As `GET ${control.url}` describes them. */
  teams?: Array<Record<string, unknown>>;
  processes?: Array<Record<string, unknown>>;
  activity?: Array<Record<string, unknown>>;
  /** How long access tokens and codes live. */
  accessTokenSeconds?: number;
  codeSeconds?: number;
  rotateRefreshTokens?: boolean;
  /** Whether `state` comes back from the sign-in page. */
  echoState?: boolean;
  /** What is sent as `iss`. */
  issuer?: string | null;
  /** Whether preflights allow `Authorization`. */
  allowAuthorization?: boolean;
  /** The plan's limits; `null`: none. Calls count from now on. */
  callLimit?: number | null;
  playerLimit?: number | null;
}

/** A client of the control routes. Each call rejects when the sandbox refuses it; `GET ${url}` lists the routes. */
export interface Control {
  /** Where the control routes are. */
  readonly url: string;
  /** Back to the seed: clears log, faults and tokens. */
  reset(): Promise<unknown>;
  seed(seed: Seed): Promise<unknown>;
  /** Another game, from its start. */
  game(design: "island" | "recorded"): Promise<unknown>;
  /** Players by the thousand. */
  generate(crowd: {
    count: number;
    prefix?: string;
    first?: number;
    scores?: Record<string, { first: number; step?: number }>;
  }): Promise<unknown>;
  remove(which: { players?: string[]; prefix?: string; count?: number }): Promise<unknown>;
  /** What `GET /v2/runtime/player` answers for that player. */
  player(id: string): Promise<Record<string, unknown>>;
  /** The access tokens that count now. */
  tokens(): Promise<unknown>;
  /** These tokens have ended. */
  expire(which?: Which): Promise<unknown>;
  /** The same, refresh tokens too. */
  revoke(which?: Which): Promise<unknown>;
  /** The next calls that match fail so. */
  fail(how: Fault): Promise<unknown>;
  /** How many calls are still to fail. */
  faults(): Promise<{ left: number }>;
  clearFaults(): Promise<unknown>;
  /** Lets a client's players come back to those addresses after signing in. */
  addRedirectUris(clientId: string, redirectUris: string[]): Promise<unknown>;
  /** An authorization code. */
  code(request: {
    client_id: string;
    player_id: string;
    redirect_uri: string;
    code_challenge?: string;
    code_challenge_method?: string;
  }): Promise<{ code: string }>;
  /** Shifts the sandbox's clock by so many seconds. */
  clock(offset: number): Promise<unknown>;
  /** All calls but the control routes', oldest first. */
  log(): Promise<LoggedCall[]>;
  clearLog(): Promise<unknown>;
  /** Tells a player something; with a `count` as often, each with its `sequence`. */
  notify(what: {
    player_id: string;
    event: { event: string; [field: string]: unknown };
    count?: number;
    interval?: number;
  }): Promise<unknown>;
  kumite: {
    /** How it plays, and the contests there are. */
    state(): Promise<unknown>;
    settings(wishes: Record<string, unknown>): Promise<unknown>;
    tokens(): Promise<unknown>;
    refreshToken(whose?: { playerIds?: string[] }): Promise<{ refreshToken: string; playerIds: string[] }>;
    /** Ends all connections of its WebSocket without a close frame. */
    drop(): Promise<{ connections: number }>;
  };
  toornament: {
    settings(wishes: Record<string, unknown>): Promise<unknown>;
    /** Exactly so many rows, as in `{ matches: 129 }`. */
    seed(totals: Record<string, number>): Promise<unknown>;
    webhooks(): Promise<unknown>;
    deliver(what: Record<string, unknown>): Promise<unknown>;
    deliveries(): Promise<unknown>;
  };
  stream: {
    settings(wishes: { pingInterval?: number; pingTimeout?: number; authTimeout?: number }): Promise<unknown>;
    /** Ends all connections, then lets nobody in for `refuse` milliseconds. */
    restart(how?: { refuse?: number; drop?: boolean }): Promise<{ connections: number }>;
    /** Connections stay open, but nothing is sent for `ms` milliseconds. */
    silence(how?: { ms?: number; newcomers?: boolean }): Promise<unknown>;
    drop(whose?: { player_id?: string }): Promise<{ connections: number }>;
    /** The next ones that say who they are get `AUTH_FAILED`. */
    refuse(how?: { count?: number; reason?: string }): Promise<unknown>;
    log(): Promise<LoggedStreamEvent[]>;
  };
}

/** A client of the control routes at `url`, as of a sandbox that runs elsewhere. Works in pages and workers too. */
export function controlClient(url: string): Control;
