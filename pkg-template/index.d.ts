/**
 * Where a request goes: a path of the service that starts with exactly one `/`, or an array of
 * segments, each encoded on its own, so that ids may hold `/`, `%` and anything else.
 *
 * @example "/runtime/player"
 * @example ["admin", "players", id]
 */
export type Route = string | readonly (string | number)[];

/** A value in `query`. Lists are joined with commas; null and undefined are left out. */
export type QueryValue =
  | string
  | number
  | boolean
  | Date
  | readonly (string | number | boolean | Date)[]
  | null
  | undefined;

/** What JSON can hold, and what has a `toJSON`. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined }
  | { toJSON(): Json };

/** Bodies that are sent as they are, with their own content type. */
export type RawBody =
  | ArrayBuffer
  | Uint8Array
  | PlatformType<"Blob">
  | PlatformType<"FormData">
  | PlatformType<"ReadableStream">
  | PlatformType<"URLSearchParams">;

/**
 * An object or an interface is taken whatever it is called; what isn't JSON is refused when the
 * call is made (`invalid_body`).
 */
export type Body = Json | RawBody | object;

/** A type of the platform, where there is one: these types need neither DOM nor Node's. */
export type PlatformType<Name extends string> = typeof globalThis extends {
  [name in Name]: { prototype: infer Instance };
}
  ? Instance
  : never;

/** An `AbortSignal`. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** What the SDK reads of a `Response`. */
export interface ResponseLike {
  readonly status: number;
  text(): Promise<string>;
}

/** An access token as token endpoints answer it (RFC 6749, section 5.1). */
export interface TokenRecord {
  /** The token: an access token, or a player's JWT as `createJWT` makes it. */
  access_token: string;
  /** Seconds from now. Without it the token's own `exp` counts. */
  expires_in?: number | string;
  /** Unix time in seconds, or a Date. */
  expires_at?: number | string | Date;
  /** What gives another token, for your public client: see `login`. */
  refresh_token?: string;
  token_type?: string;
  scope?: string;
}

/** A token as it is stored. */
export interface StoredToken extends TokenRecord {
  token_type: string;
  /** Unix time in seconds by this machine's clock; missing where only the service knows. */
  expires_at?: number | string | Date;
}

/** Where tokens are kept between two lives of a program. Its methods may be async, and may throw. */
export interface TokenStorage {
  /** The token under a key; nothing where there is none. */
  load(
    key: string,
  ): StoredToken | null | undefined | PromiseLike<StoredToken | null | undefined>;
  /** Keeps a token under a key. */
  store(key: string, token: StoredToken): unknown;
  /** Keeps nothing under a key. */
  remove(key: string): unknown;
}

/** A storage that answers at once. */
export interface SyncTokenStorage extends TokenStorage {
  load(key: string): StoredToken | null;
  store(key: string, token: StoredToken): void;
  remove(key: string): void;
}

/** A storage that lasts as long as the program. Clients may share one. */
export function memoryStorage(): SyncTokenStorage;

/**
 * The browser's own storage: `sessionStorage`, which lasts as long as the tab, or `localStorage`,
 * which lasts and which all tabs of the origin share. Every script of the origin can read it.
 * Where there is none, or where it is forbidden, the client does without it and emits `warning`.
 *
 * @param kind `"session"` unless you say otherwise
 */
export function webStorage(kind?: "session" | "local"): SyncTokenStorage;

/** What a `token` callback may give. */
export type TokenResult = string | TokenRecord | ResponseLike;

/** Why there is to be another token. */
export type TokenReason = "initial" | "expired" | "refused" | "requested";

/** Asked for a token. */
export interface TokenRequest {
  /**
   * `initial`: there is none yet. `expired`: it ends. `refused`: the service refused it.
   * `requested`: by `getToken({ refresh: true })`.
   */
  reason: TokenReason;
  /** Whose token it is to be; with `tokenPer: "player"` alone. */
  playerId?: string;
  /** Aborted when nobody waits any more, or after `timeout`. It is never a caller's own signal. */
  signal: PlatformType<"AbortSignal">;
}

/** Options of {@link createClient}. Unknown ones are refused, and so is any whose name says secret. */
export interface ClientOptions {
  /**
   * The service.
   * @default "playoff"
   */
  provider?: "playoff" | "playlyfe";
  /**
   * The host of the installation; the API's is `api.` and this.
   * @default "playoffgamification.io"
   */
  host?: string;
  /** The API's address without the version: a sandbox, a proxy. https, or loopback. */
  apiUrl?: string;
  /** The authorization server's address. https, or loopback. */
  authUrl?: string;
  /** Allows addresses in plain http beyond this machine. Tokens can then be read on their way. */
  allowInsecureHttp?: boolean;
  /**
   * The API's version.
   * @default "v2"
   */
  version?: "v2" | "v1";
  /** The player for whom an app's own token acts: sent as `player_id`. A JWT names its player itself. */
  playerId?: string;
  /**
   * The token: a string, a record, or a callback that gives one of these or a `Response` of your
   * backend. The callback is called for the first call, shortly before the token ends, and once
   * when the service refuses it; after it failed not before a second has passed, then two, up to
   * half a minute, and calls meanwhile reject with the same error.
   *
   * @example () => fetch("/player-token", { method: "POST" })
   */
  token?:
    | string
    | TokenRecord
    | ((request: TokenRequest) => TokenResult | PromiseLike<TokenResult>);
  /**
   * Where the token goes. By default where clients of the service have been seen to put it: a JWT
   * into the query; an access token into `Authorization` on servers and into the query in pages,
   * since nobody knows whether the service's CORS allows the header.
   */
  tokenIn?: "header" | "query";
  /**
   * Whether all players share the token, or every `playerId` has one of its own: then the callback
   * is told whose it is.
   * @default "client"
   */
  tokenPer?: "client" | "player";
  /**
   * Keeps tokens between two lives of a program; without it they are in memory alone. Keys tell
   * neither the service nor the player. A storage that fails is done without: see the event
   * `warning`.
   *
   * @example webStorage("session")
   */
  storage?: TokenStorage;
  /** Your public client at the service, by which a token with a `refresh_token` is renewed. */
  login?: LoginOptions;
  /** Called around every try. */
  hooks?: Hooks;
  /** Used instead of the global `fetch`; called with an address and an init object. */
  fetch?: (url: string, init: FetchInit) => ResponseLike | PromiseLike<ResponseLike>;
  /** Headers of every request. Not `Authorization`. */
  headers?: HeadersLike;
  /**
   * Milliseconds that one try may take, its answer's body included, and that the `token` callback
   * may take.
   * @default 30000
   */
  timeout?: number;
  /** Milliseconds that a call may take, all its tries and waits together. */
  totalTimeout?: number;
  /** When a failed try is made again; a number is the limit alone, 0 is never. */
  retry?: RetryOptions | number;
}

/** Your public client at the service. */
export interface LoginOptions {
  /** Its id. It has no secret. */
  clientId: string;
  /** What its tokens are to be good for. */
  scope?: string | readonly string[];
}

/**
 * Called around every try; they may be async. What one of them throws is what the call rejects with.
 * None of them sees a token. A try's `timeout` counts their time too.
 */
export interface Hooks {
  /** Before a request is sent. Changes of its headers are sent; `Authorization` isn't yours to set. */
  beforeRequest?: (request: HookRequest) => unknown;
  /**
   * After the head of an answer, whatever its status. Reads a copy; a `Response` that it gives takes
   * the answer's place.
   */
  afterResponse?: (
    response: PlatformType<"Response">,
    request: HookTry,
  ) => ResponseLike | void | PromiseLike<ResponseLike | void>;
  /** Before the wait for another try. `false` gives up: the call rejects with the error. */
  beforeRetry?: (retry: HookRetry) => boolean | void | PromiseLike<boolean | void>;
}

/** One try of a call. */
export interface HookTry {
  method: Method;
  /** The address, without a token. */
  url: string;
  /** Which try it is; the first one is 1. */
  attempt: number;
}

/** A request before it is sent. */
export interface HookRequest extends HookTry {
  headers: PlatformType<"Headers">;
}

/** A failed try that is to be made again. */
export interface HookRetry {
  error: PlayoffError;
  /** Which retry it is; the first one is 1. */
  retry: number;
  /** Milliseconds until then. */
  delay: number;
}

/** What a client tells: names and what comes with them. No event carries a token. */
export interface ClientEvents {
  /** There is another token. */
  token: {
    reason: TokenReason;
    /** Unix time in seconds; undefined where only the service knows. */
    expiresAt: number | undefined;
    /** Whose it is; with `tokenPer: "player"` alone. */
    playerId: string | undefined;
  };
  /** There is no token any more: `logout()` was called, or the service refused the refresh token. */
  signedOut: {
    reason: "logout" | "refused";
    playerId: string | undefined;
  };
  /** A failed try is made again. */
  retry: {
    method: Method;
    route: string;
    /** Which retry it is; the first one is 1. */
    retry: number;
    /** Milliseconds until then. */
    delay: number;
    /** The code of the error. */
    code: string;
    status: number | undefined;
    requestId: string | undefined;
  };
  /** Something doesn't work as it should, and the client does without it. Told once until it works again. */
  warning: {
    /** `storage_failed`: see the error of that code. */
    code: string;
    message: string;
    cause: unknown;
  };
}

/** Options of {@link Client.getToken}. */
export interface GetTokenOptions {
  /** Another token than that at hand; asked for even shortly after a failure. */
  refresh?: boolean;
  /** Whose token; with `tokenPer: "player"` alone. */
  playerId?: string;
  /** Ends the wait, which then rejects with the signal's reason. */
  signal?: Signal;
}

/**
 * When a failed try is made again: after network errors, timeouts and the statuses 408, 429, 500,
 * 502, 503 and 504, unless the service's error says more than that it can't answer now. The wait is
 * random, at most 300 ms before the first retry and twice as long before each further one; a
 * service that says when (`Retry-After` and its family) is obeyed.
 */
export interface RetryOptions {
  /**
   * Tries after the first.
   * @default 2
   */
  limit?: number;
  /**
   * Methods whose calls may be made twice.
   * @default ["GET", "HEAD", "PUT", "DELETE"]
   */
  methods?: readonly Method[];
  /**
   * Milliseconds of the service's choice that are waited for; a call that would have to wait longer
   * fails at once.
   * @default 60000
   */
  maxRetryAfter?: number;
}

/** An object of strings, `Headers`, or pairs. */
export type HeadersLike = Readonly<Record<string, string>> | Iterable<readonly [string, string]>;

/** What a `fetch` option is called with: a `RequestInit` of the Fetch standard. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: PlatformBody;
  signal: PlatformType<"AbortSignal">;
  redirect: "follow" | "error" | "manual";
  referrerPolicy?: "no-referrer";
  duplex?: "half";
}

/** A body as `fetch` takes it. */
export type PlatformBody =
  | string
  | Exclude<RawBody, Uint8Array>
  | (Uint8Array & { readonly buffer: ArrayBuffer });

/** Options of a call. */
export interface CallOptions<Form extends ResponseForm = ResponseForm> {
  /** Parameters behind the `?`. */
  query?: Readonly<Record<string, QueryValue>> | Iterable<readonly [string, QueryValue]>;
  /**
   * The form of the answer.
   * @default "json"
   */
  as?: Form;
  /** Also gives the status and the headers. */
  full?: boolean;
  /** Ends the call, which then rejects with the signal's reason. */
  signal?: Signal;
  /** Milliseconds that one try may take. */
  timeout?: number;
  /** Milliseconds that the call may take, all its tries and waits together. */
  totalTimeout?: number;
  /** When a failed try is made again; a number is the limit alone, 0 is never. */
  retry?: RetryOptions | number;
  /** The player for whom an app's own token acts. */
  playerId?: string;
  /** Headers of this call. */
  headers?: HeadersLike;
}

/** How an answer's body can be had. */
export type ResponseForm = "json" | "text" | "bytes" | "blob" | "response";

/** The type of an answer's body in a form. JSON is of your type, or unknown. */
export type Formed<Form extends ResponseForm, T> = Form extends "text"
  ? string
  : Form extends "bytes"
    ? Uint8Array
    : Form extends "blob"
      ? PlatformType<"Blob">
      : Form extends "response"
        ? PlatformType<"Response">
        : T;

/** An answer with its head. */
export interface FullResponse<T> {
  /** The HTTP status. */
  status: number;
  /** The headers; in a page only those that CORS shows. */
  headers: PlatformType<"Headers">;
  /** The body in the form asked for. */
  data: T;
  /** The service's name for the request, where it gave one. */
  requestId: string | undefined;
}

type Full = { full: true };
type As<Form extends ResponseForm> = { as: Form };

/** A call without a body. */
export interface Read {
  /**
   * Makes the call and gives the answer with its status and headers.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   * @example const { status, headers, data } = await playoff.get<Page>("/runtime/players", { full: true });
   */
  <T = unknown>(route: Route, options: CallOptions<"json"> & Full): Promise<FullResponse<T>>;
  /**
   * Makes the call and gives the answer with its status and headers, its body in the form of `as`.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   */
  <Form extends ResponseForm>(
    route: Route,
    options: CallOptions<Form> & As<Form> & Full,
  ): Promise<FullResponse<Formed<Form, unknown>>>;
  /**
   * Makes the call and gives the body of the answer, parsed as JSON; an empty one is null.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   * @example const player = await playoff.get<Player>("/runtime/player");
   */
  <T = unknown>(route: Route, options?: CallOptions<"json">): Promise<T>;
  /**
   * Makes the call and gives the body of the answer in the form of `as`.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   * @example const avatar = await playoff.get("/runtime/player/image", { as: "blob" });
   */
  <Form extends ResponseForm>(
    route: Route,
    options: CallOptions<Form> & As<Form>,
  ): Promise<Formed<Form, unknown>>;
}

/** A call with a body. */
export interface Write {
  /**
   * Makes the call and gives the answer with its status and headers.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   */
  <T = unknown>(
    route: Route,
    body: Body | undefined,
    options: CallOptions<"json"> & Full,
  ): Promise<FullResponse<T>>;
  /**
   * Makes the call and gives the answer with its status and headers, its body in the form of `as`.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   */
  <Form extends ResponseForm>(
    route: Route,
    body: Body | undefined,
    options: CallOptions<Form> & As<Form> & Full,
  ): Promise<FullResponse<Formed<Form, unknown>>>;
  /**
   * Makes the call and gives the body of the answer, parsed as JSON; an empty one is null.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   * @example await playoff.post("/runtime/actions/collect/play", { variables: { n: 1 } });
   */
  <T = unknown>(route: Route, body?: Body, options?: CallOptions<"json">): Promise<T>;
  /**
   * Makes the call and gives the body of the answer in the form of `as`.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   */
  <Form extends ResponseForm>(
    route: Route,
    body: Body | undefined,
    options: CallOptions<Form> & As<Form>,
  ): Promise<Formed<Form, unknown>>;
}

/** Methods that {@link Client.request} takes. */
export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A call by its method. */
export interface Request {
  /**
   * Makes the call and gives the answer with its status and headers.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   * @example const { status, headers, data } = await playoff.request("GET", "/runtime/players", { full: true });
   */
  <T = unknown>(
    method: Method,
    route: Route,
    options: CallOptions<"json"> & { body?: Body } & Full,
  ): Promise<FullResponse<T>>;
  /**
   * Makes the call and gives the answer with its status and headers, its body in the form of `as`.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   */
  <Form extends ResponseForm>(
    method: Method,
    route: Route,
    options: CallOptions<Form> & { body?: Body } & As<Form> & Full,
  ): Promise<FullResponse<Formed<Form, unknown>>>;
  /**
   * Makes the call and gives the body of the answer, parsed as JSON; an empty one is null.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   */
  <T = unknown>(
    method: Method,
    route: Route,
    options?: CallOptions<"json"> & { body?: Body },
  ): Promise<T>;
  /**
   * Makes the call and gives the body of the answer in the form of `as`.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   */
  <Form extends ResponseForm>(
    method: Method,
    route: Route,
    options: CallOptions<Form> & { body?: Body } & As<Form>,
  ): Promise<Formed<Form, unknown>>;
}

/** A client of one service. Its methods may be passed on detached. */
export interface Client {
  /** Reads. */
  readonly get: Read;
  /** Does something. Sent once, and once more only where the service refused the token. */
  readonly post: Write;
  /** Replaces. */
  readonly put: Write;
  /** Changes. */
  readonly patch: Write;
  /** Removes. */
  readonly delete: Read;
  /** Any of them, by its method. */
  readonly request: Request;
  /** Sends a form with files, by POST. */
  readonly upload: Upload;
  /**
   * A good token, for what the SDK doesn't do itself. Keep it out of logs and addresses.
   *
   * @throws {AuthError} there is none
   */
  readonly getToken: (options?: GetTokenOptions) => Promise<string>;
  /** The claims of the JWT at hand, not verified; undefined before the first call and for other tokens. */
  readonly claims: () => PlayerClaims | undefined;
  /**
   * Forgets all tokens, in memory and in `storage`. A renewal under way can't bring them back; calls
   * that wait for one reject with `signed_out`. The next call asks for a token anew.
   *
   * @throws {AuthError} `storage_failed`: a token is still stored
   */
  readonly logout: () => Promise<void>;
  /**
   * Calls `listener` whenever that happens; gives what ends it. A listener that throws is reported
   * as the platform reports errors, and disturbs no call.
   *
   * @example const off = playoff.on("signedOut", () => location.assign("/login"));
   */
  readonly on: <Type extends keyof ClientEvents>(
    type: Type,
    listener: (event: ClientEvents[Type]) => void,
  ) => () => void;
  /**
   * Ends the client: whatever is under way rejects with `disposed`, and nothing is sent any more.
   * What is stored stays.
   */
  readonly dispose: () => void;
}

/** Sends a form with files. */
export interface Upload {
  /**
   * Sends the form and gives the answer with its status and headers.
   *
   * @throws {ConfigError} before anything is sent: `invalid_body` for what isn't a FormData
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed: give large files more of it
   */
  <T = unknown>(
    route: Route,
    form: PlatformType<"FormData">,
    options: CallOptions<"json"> & Full,
  ): Promise<FullResponse<T>>;
  /**
   * Sends the form and gives the body of the answer, parsed as JSON; an empty one is null.
   *
   * @throws {ConfigError} before anything is sent: `invalid_body` for what isn't a FormData
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed: give large files more of it
   * @example
   * const form = new FormData();
   * form.set("file", file);
   * await playoff.upload("/runtime/player/image", form);
   */
  <T = unknown>(
    route: Route,
    form: PlatformType<"FormData">,
    options?: CallOptions<"json">,
  ): Promise<T>;
}

/** What a player's JWT says. */
export interface PlayerClaims {
  player_id: string;
  scopes?: string[];
  /** Unix time in seconds. */
  exp?: number;
  /** Unix time in seconds. */
  iat?: number;
  [claim: string]: unknown;
}

/**
 * Makes a client. It sends nothing until it is called.
 *
 * @throws {ConfigError} an option can't be used (`invalid_option`, `unknown_option`,
 *   `secret_in_page`), or WebAssembly is forbidden here (`wasm_unavailable`)
 * @example
 * const playoff = createClient({ token: () => fetch("/player-token", { method: "POST" }) });
 * const player = await playoff.get("/runtime/player");
 */
export function createClient(options?: ClientOptions): Client;

/** What every error of this package is: a real `Error` with a `code`. */
export class PlayoffError extends Error {
  constructor(message: string, details?: Partial<ErrorDetails>);
  /** What a program asks for: the service's `error`, or a code of ours. */
  readonly code: string;
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** The service's name for the request, where it gave one. */
  readonly requestId: string | undefined;
  /** Whether the same call may work later. */
  readonly retryable: boolean;
  /** The `data` of the service's error. */
  readonly data: unknown;
  /** What was thrown underneath, without a trace of the token. */
  readonly cause?: unknown;
  /** What may be logged. */
  toJSON(): ErrorDetails & { name: string; message: string };
}

/** What an error says beside its message. */
export interface ErrorDetails {
  code: string;
  status: number | undefined;
  requestId: string | undefined;
  retryable: boolean;
  data: unknown;
  cause?: unknown;
}

/** The service said no; `code` is its `error`. */
export class ApiError extends PlayoffError {}
/** No token, or one that was refused. */
export class AuthError extends PlayoffError {}
/** The request or its answer was lost. */
export class NetworkError extends PlayoffError {}
/** Nothing came back in time. */
export class TimeoutError extends PlayoffError {}
/** The caller's own mistake: nothing was sent. */
export class ConfigError extends PlayoffError {}

/** Whether something is an error of this package, of whichever copy, build or realm. */
export function isPlayoffError(error: unknown): error is PlayoffError;
