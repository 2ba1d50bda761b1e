import type { createClient } from "./client.js";
import type { Hooks } from "./hooks.js";
import type { LoginOptions } from "./login.js";
import type { PlatformType, ResponseLike } from "./platform.js";
import type { OtherProvider, ProviderDefinition, ProviderName } from "./provider.js";
import type { TokenStorage } from "./storage.js";
import type { TokenRecord, TokenRequest, TokenResult } from "./tokens.js";
import type { HeadersLike, Method, RawBody } from "./values.js";

/** Options of {@link createClient}. Unknown ones are refused, and so is any whose name says secret. */
export interface ClientOptions {
  /**
   * The service: one that the SDK knows by name, or a definition of your own.
   * @default "playoff"
   */
  provider?: ProviderName | ProviderDefinition;
  /**
   * The host of the installation, where that is all that installations differ by.
   * @default "playoffgamification.io", "playlyfe.com"
   */
  host?: string;
  /**
   * The API's address without the version: a sandbox, a proxy, your own Kumite. https, or loopback.
   */
  apiUrl?: string;
  /** The authorization server's address. https, or loopback. */
  authUrl?: string;
  /** Allows addresses in plain http beyond this machine. Tokens can then be read on their way. */
  allowInsecureHttp?: boolean;
  /**
   * The API's version.
   * @default "v2"; of another service the first of its definition
   */
  version?: "v2" | "v1";
  /** The player for whom an app's own token acts: sent as `player_id`. A JWT names its player itself. */
  playerId?: string;
  /**
   * The app's key, where the service takes one (Toornament: `X-Api-Key`). Everybody can read what is in
   * a page. Without a `token`, calls go out with the key alone.
   */
  apiKey?: string;
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
   * @default "client"; with a callback, "player" where the service has a token for each
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
  /** Your client at the service, at which players sign in, and by which tokens are renewed. */
  login?: LoginOptions;
  /** Called around every try. */
  hooks?: Hooks;
  /** Used instead of the global `fetch`; called with an address and an init object. */
  fetch?: (url: string, init: FetchInit) => ResponseLike | PromiseLike<ResponseLike>;
  /** Headers of every request. Not `Authorization`. */
  headers?: HeadersLike;
  /**
   * Milliseconds that one try may take, its answer's body included (but for `as: "response"`), and that
   * the `token` callback may take.
   * @default 30000
   */
  timeout?: number;
  /** Milliseconds that a call may take, all its tries and waits together. */
  totalTimeout?: number;
  /** When a failed try is made again; a number is the limit alone, 0 is never. */
  retry?: RetryOptions | number;
}

/** The same for another service than Playoff. */
export interface ServiceOptions extends Omit<ClientOptions, "provider" | "version"> {
  /** The service. */
  provider: OtherProvider;
  /**
   * The API's version: one that the service's definition names.
   * @default the first of them
   */
  version?: string;
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
   * @default ["GET", "HEAD", "PUT", "DELETE"]; of Kumite ["GET"]
   */
  methods?: readonly Method[];
  /**
   * Milliseconds of the service's choice that are waited for; a call that would have to wait longer
   * fails at once.
   * @default 60000
   */
  maxRetryAfter?: number;
}

/** What a `fetch` option is called with: a `RequestInit` of the Fetch standard. */
export interface FetchInit {
  method: string;
  headers: Record<string, string>;
  body?: PlatformBody;
  signal: PlatformType<"AbortSignal">;
  redirect: "follow" | "error" | "manual";
  /** With requests to your own worker (`login.exchange`). */
  credentials?: "same-origin";
  referrerPolicy?: "no-referrer";
  duplex?: "half";
}

/** A body as `fetch` takes it. Other views of a buffer than these two come if you give them. */
export type PlatformBody =
  | string
  | Exclude<RawBody, ArrayBufferView>
  | ((Uint8Array | DataView) & { readonly buffer: ArrayBuffer });
