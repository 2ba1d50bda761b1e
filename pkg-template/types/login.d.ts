import type { PlatformType, ResponseLike } from "./platform.js";
import type { TokenRecord } from "./tokens.js";

/**
 * Your client at the service, and how players sign in at it (the authorization code flow of OAuth 2.0, always with
 * `state` and PKCE). With `clientId` alone, tokens that have a `refresh_token` are renewed by it.
 */
export interface LoginOptions {
  /** Its id. It has no secret. */
  clientId: string;
  /**
   * Where the service sends players back to: an absolute address of the page's own origin, as it is registered at the
   * service. There call `handleRedirect()`.
   *
   * @example location.origin + "/callback"
   */
  redirectUri?: string;
  /** What its tokens are to be good for. */
  scope?: string | readonly string[];
  /**
   * Who gives the code for a token. Without it the page does, which works with a client that needs no secret. A path
   * is that of your own worker (`createEdgeHandler`), which has the secret and keeps the refresh token in a cookie:
   * its neighbours `refresh` and `logout` are asked too. Or a function of yours, which is called once for each code.
   *
   * @example "/auth/exchange"
   */
  exchange?: string | ((code: CodeExchange) => ExchangeResult | PromiseLike<ExchangeResult>);
  /**
   * Where sign-ins that were begun are kept until the player comes back. It answers at once: promises are refused.
   * @default webStorage("session")
   */
  storage?: LoginStorage;
}

/** Keeps what must be there when the player comes back. `webStorage()` and `memoryStorage()` are some. */
export interface LoginStorage {
  /** What is kept under a key; nothing where there is none. */
  load(key: string): unknown;
  /** Keeps an object of strings under a key. */
  store(key: string, value: KeptLogins): unknown;
  /** Keeps nothing under a key. */
  remove(key: string): unknown;
}

/** Sign-ins that were begun, as one text. */
export interface KeptLogins {
  kept: string;
}

/** A code to give for a token. */
export interface CodeExchange {
  code: string;
  /** What proves that whoever exchanges the code also asked for it (RFC 7636). */
  codeVerifier: string;
  redirectUri: string;
  /** Aborted after `timeout`. */
  signal: PlatformType<"AbortSignal">;
}

/** What an `exchange` function gives. */
export type ExchangeResult = TokenRecord | ResponseLike;

/** Options of `login` and `loginUrl`. */
export interface SignInOptions {
  /** Where your app wants to go on: a path or an address of the page's origin. `handleRedirect()` gives it back. */
  returnTo?: string;
}

/** A sign-in that is to begin. */
export interface SignInUrl {
  /** The service's sign-in page, for one sign-in. It holds no secret. */
  url: string;
  /** What the service sends back. */
  state: string;
}

/** A sign-in that was finished. */
export interface SignedIn {
  /** The path, query and fragment that the sign-in was begun with. Nothing was navigated: that is your router's. */
  returnTo: string | undefined;
}
