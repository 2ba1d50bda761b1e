import type { Method } from "./values.js";

/** The services that the SDK knows by name. */
export type ProviderName = "playoff" | "playlyfe" | "kumite" | "toornament";

/** A service that isn't Playoff, whose calls `client.runtime` has. */
export type OtherProvider =
  | "kumite"
  | "toornament"
  | (ProviderDefinition & { extend: "kumite" | "toornament" })
  | (ProviderDefinition & { extend?: never });

/**
 * A service, as data. What it doesn't say is as in the one that it extends, and without one as RFC 6749
 * and RFC 6750 have it: the defaults below.
 *
 * Addresses and paths are the service's own; `createClient` and `createEdge` may still be given `apiUrl`
 * and `authUrl`.
 *
 * @example
 * const service: ProviderDefinition = { name: "games", apiUrl: "https://api.games.example" };
 * @example
 * const ours: ProviderDefinition = { extend: "playoff", host: "games.example" };
 */
export interface ProviderDefinition {
  /** What this one differs from. */
  extend?: ProviderName | ProviderDefinition;
  /** What tells the service's tokens from those of others. Needed where nothing is extended. */
  name?: string;

  /**
   * The host that stands for `{host}` in the addresses, where installations differ by it alone.
   * @default none
   */
  host?: string;
  /**
   * The API's address, in which `{host}` may stand. Without one, `createClient` has to be given it.
   * @default none
   * @example "https://api.{host}"
   */
  apiUrl?: string;
  /**
   * The authorization server's address, likewise.
   * @default the API's address
   */
  authUrl?: string;
  /**
   * Versions of the API and their paths behind its address, the default first.
   * @default {} nothing stands there
   * @example { v2: "/v2", v1: "/v1" }
   */
  versions?: Readonly<Record<string, string>>;
  /**
   * Parts of the API that a call can name by its option `base`, and their paths behind the API's
   * address, in place of the version's.
   * @default {}
   * @example { viewer: "/viewer/v2" }
   */
  bases?: Readonly<Record<string, string>>;

  /** Signing in by an authorization code. */
  signIn?: {
    /**
     * The path of the authorization endpoint, behind the authorization server's address; `""` where
     * players can't sign in from elsewhere.
     * @default "/authorize"
     */
    path?: string;
    /**
     * What stands behind that address in the issuer's name (RFC 9207).
     * @default ""
     */
    issuerPath?: string;
    /**
     * Whether the service is known to send `state` back: what an error says of it.
     * @default true
     */
    echoesState?: boolean;
  };

  /** How tokens are asked for. */
  tokenRequest?: {
    /**
     * The path of the token endpoint, behind the authorization server's address.
     * @default "/token"
     */
    path?: string;
    /**
     * How the body is written.
     * @default "form"
     */
    encoding?: "form" | "json";
    /**
     * Seconds that a token lives where neither `expires_in` nor its own `exp` says it.
     * @default none: until it is refused
     */
    lifetime?: number;
    /**
     * What an app gives for a token: its id and secret; or a refresh token that is used for as long as
     * it lives, in `Authorization`, without a body.
     * @default "client_credentials"
     */
    grant?: "client_credentials" | "refresh_token";
    /**
     * How an app says who it is: by HTTP Basic, both parts encoded as forms are (RFC 6749, section
     * 2.3.1); by `client_id` and `client_secret` in the body; or by `client_id` alone.
     * @default "basic"
     */
    clientAuthentication?: "basic" | "body" | "none";
    /**
     * The method of a request without a body: of the grant `refresh_token`.
     * @default "POST"
     */
    method?: "GET" | "POST";
    /**
     * The query name of the player whose token it is, with the same grant.
     * @default "" it isn't said
     */
    playerQuery?: string;
    /**
     * What the query of that request holds too where a 401 has asked for another of the `schemes`.
     * @default {}
     * @example { OAuth: { refresh_token: "true" } }
     */
    challenged?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  };

  /**
   * Schemes of `Authorization`: the first one, until a 401's `WWW-Authenticate` asks for another of
   * them. No other scheme is ever used.
   * @default ["Bearer"]
   */
  schemes?: readonly string[];
  /** Where a token goes. */
  tokenIn?: {
    /**
     * An access token, from a server.
     * @default "header"
     */
    server?: "header" | "query";
    /**
     * An access token, from a page.
     * @default "header"
     */
    page?: "header" | "query";
    /**
     * A player's JWT, `client_id:jws`.
     * @default "header"
     */
    jwt?: "header" | "query";
    /**
     * The query name of an access token.
     * @default "access_token"
     */
    query?: string;
    /**
     * The query name of a player's JWT.
     * @default "access_token"
     */
    jwtQuery?: string;
  };

  /** Players, where the service knows any. */
  players?: {
    /**
     * The query name of the player for whom an app's token acts: what the option `playerId` goes into.
     * @default "" it goes nowhere
     */
    query?: string;
    /**
     * Whether every player has a token: then an app has one for each `playerId`, and so has a client
     * with a `token` callback.
     * @default false
     */
    ownTokens?: boolean;
    /**
     * The claim of an access token that names its player: calls for another one are refused.
     * @default ""
     */
    claim?: string;
    /**
     * The claim of a refresh token that lists its players: others are refused.
     * @default ""
     */
    listClaim?: string;
  };

  /**
   * Headers of every call.
   * @default {}
   */
  headers?: Readonly<Record<string, string>>;
  /**
   * The header that carries the option `apiKey`.
   * @default "" the service takes no key
   */
  apiKeyHeader?: string;

  /** Which answers mean that the token is dead and nothing was done, and what is sent again then. */
  deadToken?: {
    /**
     * Statuses that mean it, unless the answer says more.
     * @default [401]
     */
    statuses?: readonly number[];
    /**
     * Error codes that mean it, whatever the status.
     * @default ["invalid_token"]
     */
    codes?: readonly string[];
    /**
     * Error codes that don't, whatever the status.
     * @default []
     */
    deniedCodes?: readonly string[];
    /**
     * Values of `error` in `WWW-Authenticate` that mean it (RFC 6750, section 3.1); no other one does.
     * @default ["invalid_token"]
     */
    challenges?: readonly string[];
    /**
     * Methods whose calls are sent again with another token, once. A call whose `retry.methods` names
     * its method is, too.
     * @default all
     */
    replay?: readonly Method[];
  };
  /**
   * Methods whose calls may be made twice, unless `retry.methods` says otherwise.
   * @default ["GET", "HEAD", "PUT", "DELETE"]
   */
  retryMethods?: readonly Method[];

  /**
   * How errors are written; the first form that fits is read: `{ error, error_description, data }`,
   * `{ error_message }`, `{ errors: [{ message, type }] }`, whose list becomes the error's `data`,
   * `{ message }`. What has none of them, or is no JSON, is an `http_error`.
   * @default ["oauth", "message"]
   */
  errors?: readonly ("oauth" | "error_message" | "errors" | "message")[];

  /**
   * How `paginate` reads a list by parts: not at all; by `skip` and `limit` in the query; or by a
   * header `Range` of rows, whose `limit` is what one answer holds at most.
   * @default "skip"
   */
  paging?: "none" | "skip" | ProviderRanges;

  /** How values are written in a query. */
  query?: {
    /**
     * Lists: `a=1,2` or `a=1&a=2`.
     * @default "comma"
     */
    lists?: "comma" | "repeat";
    /**
     * Booleans: `true` and `false`, or `1` and `0`.
     * @default "words"
     */
    booleans?: "words" | "digits";
  };

  /** What a page may do by itself: everybody can read what is in it. */
  page?: {
    /**
     * Whether the service exchanges codes for a client without a secret. Where it doesn't, a page
     * signs in through its worker (`login.exchange`).
     * @default true
     */
    publicClient?: boolean;
    /**
     * Seconds that a token lives at most that a page may hold; one that lives longer is refused.
     * @default none
     */
    maxTokenLifetime?: number;
  };
}

/** Lists by ranges of rows (RFC 9110, section 14). */
export interface ProviderRanges {
  /** Rows of one answer, at most, of lists that `units` doesn't name. Their unit is the last part of their route. */
  limit: number;
  /**
   * Units of lists, and the rows of one answer at most, by the last part of their routes.
   * @default {}
   * @example { "ranking-items": { unit: "items", limit: 50 } }
   */
  units?: Readonly<Record<string, { unit?: string; limit: number }>>;
}
