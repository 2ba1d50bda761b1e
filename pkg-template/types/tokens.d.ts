import type { PlatformType, ResponseLike } from "./platform.js";

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
