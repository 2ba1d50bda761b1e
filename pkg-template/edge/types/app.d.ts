import type { AnyGame, GameDescription } from "../../types/game.js";
import type { ClientOptions } from "../../types/options.js";
import type { StoredToken } from "../../types/tokens.js";
import type { AppClient } from "./admin.js";
import type { KumiteEdge, KumiteEdgeOptions } from "./kumite.js";
import type { Grant, Verified, VerifyOptions } from "./jwt.js";
import type { BrokerNamespace } from "./stores.js";
import type { ToornamentEdge, ToornamentEdgeOptions } from "./toornament.js";

/**
 * A robot at Kumite. It sends nothing until it is called.
 *
 * @throws {ConfigError} `invalid_option`: no refresh token, a value that can't be used; `unknown_option`:
 *   there is no such option
 * @example
 * const robot = createEdge({ provider: "kumite", apiUrl: "https://kumite.example", refreshToken });
 * const { kumite } = robot.client({ playerId });
 */
export function createEdge(options: KumiteEdgeOptions): KumiteEdge;
/**
 * An app that acts by itself, with its own credentials (RFC 6749, section 4.4): not for one player, but
 * for the game. It sends nothing until it is called.
 *
 * In Workers make one in each request: in an isolate, those with the same credentials, broker and
 * storage share a token. Elsewhere keep one: its token is its own.
 *
 * @throws {ConfigError} `invalid_option`: no id or secret, a colon in the id, a value that can't be
 *   used; `unknown_option`: there is no such option
 * @example
 * const edge = createEdge({ clientId, clientSecret, broker: env.TOKEN_BROKER });
 * const players = await edge.client().get("/admin/players");
 */
export function createEdge(options: ToornamentEdgeOptions): ToornamentEdge;
export function createEdge(options: EdgeOptions | RefreshTokenEdgeOptions | PublicEdgeOptions): Edge;

/** Options of {@link createEdge}: those of a client, and where its tokens come from. */
export interface EdgeOptions extends Omit<ClientOptions, "token" | "tokenPer" | "login" | "storage"> {
  /** The app's id at the service: a client of the kind "client credentials". It holds no colon. */
  clientId: string;
  /** The app's secret. It goes to the token endpoint and to the broker, and into no error or log. */
  clientSecret: string;
  /** What the app's tokens are to be good for; a list is joined with spaces (RFC 6749, section 3.3). */
  scope?: string | readonly string[];
  /**
   * The Durable Object that renews the app's token for all isolates, so that the service is asked
   * once: see {@link TokenBroker}. Where it can't be reached, calls that need a token fail with
   * `network_error`, which may be tried again.
   *
   * @example env.TOKEN_BROKER
   */
  broker?: BrokerNamespace;
  /**
   * Keeps the app's token between two lives of a program, and for other isolates: see
   * {@link kvStorage}. One that fails is done without: the event `warning` tells.
   *
   * @example kvStorage(env.TOKENS)
   */
  storage?: ClientOptions["storage"];
}

/**
 * The same, at services that give apps a refresh token in place of an id and a secret: Kumite. It is good
 * for one player or more, each of whom has a token.
 */
export interface RefreshTokenEdgeOptions
  extends Omit<EdgeOptions, "clientId" | "clientSecret" | "scope"> {
  /** The refresh token. It goes to the token endpoint and to the broker, and into no error or log. */
  refreshToken: string;
}

/** The same, at services whose definition says that an id is enough (`clientAuthentication: "none"`). */
export interface PublicEdgeOptions extends Omit<EdgeOptions, "clientSecret"> {
  /** There is none. */
  clientSecret: null;
}

/** What a client of an app may have of its own; the rest is the app's. */
export type EdgeClientOptions = Pick<
  ClientOptions,
  "playerId" | "version" | "headers" | "timeout" | "totalTimeout" | "retry" | "hooks" | "tokenIn"
>;

/** An app. Its methods may be passed on detached. */
export interface Edge {
  /**
   * A client that calls as the app: the same as a page's, with the app's own token. All clients of
   * an app share it.
   *
   * @param options what differs from the app's own; `playerId` names the player for whom it acts
   * @throws {ConfigError} an option can't be used
   * @example await edge.client({ playerId: "johny" }).post("/runtime/actions/collect/play");
   */
  readonly client: <G extends GameDescription<G> = AnyGame>(options?: EdgeClientOptions) => AppClient<G>;
  /**
   * What the app's refresh token says, where it has one that can be read; nobody has checked the
   * signature. Of Kumite `playerIds`, `exp` and `jti`.
   */
  readonly claims: () => Record<string, unknown> | undefined;
  /**
   * Mints a player's token with the app's id and secret: see {@link createJWT}. The service wants a
   * client of the kind "JWT" for these.
   *
   * @throws {ConfigError} `invalid_option`: a lifetime that isn't one, no player
   */
  readonly createJWT: (grant: Grant) => string;
  /**
   * Verifies a player's token with the app's id and secret: see {@link verifyJWT}.
   *
   * @throws {AuthError} with a `code` of {@link VerifyErrorCode}
   */
  readonly verifyJWT: (jwt: string, options?: Omit<VerifyOptions, "clientId" | "clientSecret">) => Verified;
  /**
   * Creates a player who doesn't exist yet (`GET /admin/players/:id`, then `POST /admin/players`).
   * Of two who do it at the same time one creates the player, and both get the profile.
   *
   * @throws {ConfigError} `invalid_option`: no id; `unsupported_version`: v1, which gives no player by its id
   * @throws {AuthError} the service doesn't take the app's credentials
   * @throws {ApiError} the service refuses the player, its `error` as `code`
   * @throws {NetworkError | TimeoutError} the service didn't answer
   * @example const { created, player } = await edge.ensurePlayer({ id: "johny", alias: "Johny" });
   */
  readonly ensurePlayer: <Player = unknown>(player: NewPlayer) => Promise<EnsuredPlayer<Player>>;
  /**
   * Gives an authorization code for a player's tokens (RFC 6749, section 4.1.3; RFC 7636, section
   * 4.5). A code is worth one use: the request is sent once.
   *
   * @throws {ConfigError} `invalid_option`: no code, no `redirectUri`
   * @throws {AuthError} the service's `error` as `code`: `invalid_grant` where the code is unknown,
   *   used or too old
   * @throws {NetworkError | TimeoutError} the service didn't answer
   */
  readonly exchangeCode: (options: CodeOptions) => Promise<GrantedToken>;
  /**
   * Gives a refresh token for another access token (RFC 6749, section 6). The request is sent once.
   * Where the answer brings a refresh token, it takes the old one's place; else the old one serves
   * on.
   *
   * @throws {AuthError} the service's `error` as `code`: `invalid_grant` where the token is worth
   *   nothing any more, and the player has to sign in again
   * @throws {NetworkError | TimeoutError} the service didn't answer; the token may be used up
   */
  readonly refresh: (options: { refreshToken: string }) => Promise<GrantedToken>;
  /**
   * Tells the service that an access token isn't needed any more (`POST /logout` of the API, as the
   * official JavaScript client does it). A player's JWT can't be taken back.
   *
   * @throws {AuthError} `invalid_token`: that is no token
   * @throws {ApiError} `http_error`: the service didn't do it
   * @throws {NetworkError | TimeoutError} the service didn't answer
   */
  readonly revoke: (options: { accessToken: string }) => Promise<void>;
}

/** A player who may not exist yet. */
export interface NewPlayer {
  /** The player's id at the service. */
  id: string;
  /**
   * The name that others see.
   * @default the id: the service wants a name
   */
  alias?: string;
  /** An e-mail address. */
  email?: string;
}

/** A player who exists now. */
export interface EnsuredPlayer<Player> {
  /**
   * Whether this call created the player. It is false, too, where the service's answer to the creation was lost and a
   * further try found the player there.
   */
  created: boolean;
  /** The profile, as the service tells it. */
  player: Player;
}

/** What an authorization brought back, and what it was asked for with. */
export interface CodeOptions {
  /** The `code` of the redirect. */
  code: string;
  /** The PKCE verifier, where a challenge was sent along. */
  codeVerifier?: string;
  /** The address that the authorization was sent back to, letter for letter. */
  redirectUri: string;
}

/** Tokens as the service gave them. They are secrets: keep them out of logs, and the refresh token out of pages. */
export interface GrantedToken extends StoredToken {
  /** Unix time in seconds by this machine's clock; missing where only the service knows. */
  expires_at?: number;
}
