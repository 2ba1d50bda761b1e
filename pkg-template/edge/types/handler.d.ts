import type { PlatformType } from "../../types/platform.js";
import type { Grant, Issuer } from "./jwt.js";

/** Options of {@link createEdgeHandler}. */
export interface EdgeHandlerOptions extends Issuer {
  /**
   * Says who is asking: the player and what the token may do, or nothing where nobody is signed
   * in (401). Where it throws, the answer is 503.
   */
  authenticate: (
    request: PlatformType<"Request">,
  ) => Grant | null | undefined | false | PromiseLike<Grant | null | undefined | false>;
  /** Origins beside the worker's own whose pages may ask, like `"https://app.example"`. */
  allowOrigins?: readonly string[];
}

/** A handler as Workers, Deno and Bun take it: `export default createEdgeHandler(...)`. */
export interface EdgeHandler<Env> {
  fetch(
    request: PlatformType<"Request">,
    env: Env,
    context?: unknown,
  ): Promise<PlatformType<"Response">>;
}

/**
 * A handler with one route, `POST /player-token`, which answers
 * `{ access_token, token_type, expires_in }`. The request's body is ignored; its `Origin` must be
 * the handler's own or an allowed one.
 *
 * @example
 * export default createEdgeHandler((env) => ({
 *   clientId: env.PLAYOFF_CLIENT_ID,
 *   clientSecret: env.PLAYOFF_CLIENT_SECRET,
 *   authenticate: async (request) => ({ playerId: await whoIs(request) }),
 * }));
 */
export function createEdgeHandler<Env = unknown>(
  configure: (env: Env) => EdgeHandlerOptions,
): EdgeHandler<Env>;
