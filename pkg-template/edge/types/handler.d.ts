import type { RetryOptions } from "../../types/options.js";
import type { PlatformType } from "../../types/platform.js";
import type { EdgeOptions, NewPlayer } from "./app.js";
import type { Grant } from "./jwt.js";

/** Options of {@link createEdgeHandler}. */
export interface EdgeHandlerOptions
  extends Omit<EdgeOptions, "playerId" | "hooks" | "totalTimeout" | "tokenIn"> {
  /**
   * When the app's own calls are tried again (`ensurePlayer`). Those of `/api/*` never are: the page's client does
   * that by itself.
   */
  retry?: RetryOptions | number;
  /**
   * Says who is asking: the player and what the token may do, or nothing where nobody is signed
   * in (401). Where it throws, the answer is 503. It may read the request's headers; if it has to
   * read the body of a call of `/api/*`, it reads a `clone()`.
   */
  authenticate: (
    request: PlatformType<"Request">,
  ) => Grant | null | undefined | false | PromiseLike<Grant | null | undefined | false>;
  /**
   * Origins beside the worker's own whose pages may ask, as browsers write them:
   * `"https://app.example"`, without a slash behind.
   */
  allowOrigins?: readonly string[];
  /** The cookie that holds the refresh token of who signs in by `/auth/exchange`. */
  cookie?: CookieOptions;
  /** Passes calls of `/api/*` on to the service. Without it there is no such route. */
  proxy?: ProxyOptions;
  /**
   * Creates players who ask and whom the service doesn't know yet, as the app (`createEdge`); it is
   * remembered per player. A function says more of a player than the id. Where it can't be done, the
   * answer is 503.
   * @default false
   */
  ensurePlayer?: boolean | ((playerId: string) => PlayerDetails | PromiseLike<PlayerDetails>);
}

/**
 * The same, at services that give apps a refresh token in place of an id and a secret: Kumite. Nothing is
 * minted there: what pages can do is call through the proxy, each player with the token that the service
 * has for them.
 */
export interface RefreshTokenHandlerOptions
  extends Omit<EdgeHandlerOptions, "clientId" | "clientSecret" | "scope" | "proxy"> {
  /** The refresh token. It goes to the token endpoint and to the broker, and into no error or log. */
  refreshToken: string;
  /** Passes calls of `/api/*` on to the service, as the player whom `authenticate` names. */
  proxy: ProxyOptions & { dangerouslyUseAppToken: true };
}

/** What of a new player isn't the id. */
export type PlayerDetails = Omit<NewPlayer, "id">;

/**
 * The cookie that holds the refresh token. It is always `HttpOnly`, `Secure` and `Path=/`, and its
 * name begins with `__Host-`: only this host can set it. On plain http at a loopback host it goes
 * without `Secure` and the prefix.
 */
export interface CookieOptions {
  /**
   * Its name, without the prefix `__Host-`, which is added.
   * @default "playoff-refresh"
   */
  name?: string;
  /**
   * To whose requests it is sent along. `"none"`: those of pages of other sites too (see
   * `allowOrigins`), each of which gets its own (`Partitioned`). On plain http at a loopback host it
   * is `"lax"`: without `Secure` browsers take no other.
   * @default "lax"
   */
  sameSite?: "lax" | "strict" | "none";
  /**
   * Seconds that it lives, at most 34560000 (400 days).
   * @default 2592000
   */
  maxAge?: number;
}

/** What of `/api/*` is passed on. */
export interface ProxyOptions {
  /**
   * Methods and the routes that they may be used on: `["GET", "/runtime/player"]`, or
   * `["GET", "/runtime/*"]` for everything below. Who may GET may HEAD. Everything else is
   * refused.
   */
  allow: readonly (readonly [method: ProxyMethod, route: `/${string}`])[];
  /**
   * Bytes that a request's body may have.
   * @default 1048576
   */
  maxBodySize?: number;
  /**
   * Sends calls with the app's own token instead of one of the player who is signed in. Whoever is
   * signed in may then do whatever the app may, on the routes of `allow`.
   * @default false
   */
  dangerouslyUseAppToken?: boolean;
}

/** Methods of {@link ProxyOptions.allow}. */
export type ProxyMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * What the handler answers where it refuses, as `error`; its `error_description` says more. Whatever
 * else comes is the service's own.
 */
export type EdgeHandlerErrorCode =
  | "invalid_request"
  | "invalid_grant"
  | "invalid_route"
  | "invalid_query"
  | "invalid_body"
  | "player_not_granted"
  | "login_required"
  | "origin_not_allowed"
  | "route_not_found"
  | "method_not_allowed"
  | "body_too_large"
  | "unsupported_media_type"
  | "server_error"
  | "bad_answer"
  | "network_error"
  | "temporarily_unavailable"
  | "timeout";

/** A handler as Workers, Deno and Bun take it: `export default createEdgeHandler(...)`. */
export interface EdgeHandler<Env> {
  /**
   * Answers a request, with 500 also where the handler itself fails, which it logs. It rejects only
   * where it is given no `Request` (`invalid_option`).
   *
   * @param context the worker's own: its `waitUntil` sees to it that what was begun for a page that
   *   goes away is finished. Pass it on.
   */
  fetch(
    request: PlatformType<"Request">,
    env: Env,
    context?: EdgeHandlerContext,
  ): Promise<PlatformType<"Response">>;
}

/** What a worker's `ctx` has, as far as it is needed. */
export interface EdgeHandlerContext {
  /** Keeps the worker going until the promise settles. */
  waitUntil?(promise: Promise<unknown>): void;
}

/**
 * A handler for the pages of its own origin and of allowed ones:
 *
 * - `POST /player-token` mints a token for whoever `authenticate` names, and answers
 *   `{ access_token, token_type, expires_in }`. The request's body is ignored.
 * - `POST /auth/exchange` takes `{ code, code_verifier, redirect_uri }` as JSON and answers
 *   `{ access_token, token_type, expires_in }`. The refresh token goes into a cookie that no script
 *   can read.
 * - `POST /auth/refresh` takes `{}` as JSON and answers the same, by that cookie.
 * - `POST /auth/logout` takes `{}` or `{ access_token }` as JSON, and removes the cookie.
 * - `/api/*` calls the service for whoever `authenticate` names, with the option `proxy`.
 *
 * Errors are answered as `{ error, error_description }`, see {@link EdgeHandlerErrorCode}. What the
 * worker's owner has to know is logged by `console.error`, without secrets.
 *
 * @param configure gives the options, or a promise of them (`await env.SECRET.get()`); once it gave some, it isn't
 *   asked again for that `env`
 * @example
 * export default createEdgeHandler((env) => ({
 *   clientId: env.PLAYOFF_CLIENT_ID,
 *   clientSecret: env.PLAYOFF_CLIENT_SECRET,
 *   authenticate: async (request) => ({ playerId: await whoIs(request) }),
 * }));
 */
export function createEdgeHandler<Env = unknown>(
  configure: (env: Env) => HandlerOptions | PromiseLike<HandlerOptions>,
): EdgeHandler<Env>;

type HandlerOptions = EdgeHandlerOptions | RefreshTokenHandlerOptions;
