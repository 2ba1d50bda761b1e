/** A client at the service that mints players' tokens. */
export interface Issuer {
  /** The client's id. It stands in front of every token, so it holds no colon. */
  clientId: string;
  /** The client's secret. Its text is the key. */
  clientSecret: string;
}

/** For whom, for what and for how long a token is. */
export interface Grant {
  /** The player's id at the service. */
  playerId: string;
  /**
   * What the player may do: `"player.runtime.read"` (GET), `"player.runtime.write"` (the rest).
   * None means what the client may.
   */
  scopes?: readonly ("player.runtime.read" | "player.runtime.write" | (string & {}))[];
  /**
   * Seconds that the token lives; at most 86400.
   * @default 3600
   */
  expiresIn?: number;
  /** Lifts the limit of 24 hours. A token that is out can't be taken back. */
  allowLongLifetime?: boolean;
}

/**
 * Mints a player's token, `client_id:jws`, signed with HS256.
 *
 * @throws {ConfigError} `invalid_option`: empty secret, a colon in the client's id, a lifetime that
 *   isn't one
 * @example createJWT({ clientId, clientSecret, playerId: "johny", scopes: ["player.runtime.read"] })
 */
export function createJWT(options: Issuer & Grant): string;

/** Options of {@link verifyJWT}. */
export interface VerifyOptions extends Issuer {
  /**
   * Seconds by which clocks may differ.
   * @default 0
   */
  leeway?: number;
  /** Seconds since the token was issued, at most. A token that doesn't say when, or names a time to come, is then refused. */
  maxAge?: number;
}

/** What a good token says. */
export interface Verified {
  /** The player. */
  playerId: string;
  /** What the player may do. */
  scopes: string[];
  /** Unix time in seconds. */
  expiresAt: number;
  /** All claims. */
  claims: Record<string, unknown>;
}

/**
 * Verifies a player's token: its form, client, signature and times, in that order.
 *
 * @throws {AuthError} with a `code` of {@link VerifyErrorCode}
 */
export function verifyJWT(jwt: string, options: VerifyOptions): Verified;

/**
 * Why a token is refused. A changed token and one signed with another secret are the same to
 * whoever verifies: `jwt_signature_mismatch`.
 */
export type VerifyErrorCode =
  | "jwt_malformed"
  | "jwt_other_client"
  | "jwt_wrong_algorithm"
  | "jwt_signature_mismatch"
  | "jwt_no_expiry"
  | "jwt_expired"
  | "jwt_not_yet_valid"
  | "jwt_too_old";
