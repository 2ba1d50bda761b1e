import type { Read, Request, Upload, Write } from "./calls.js";
import type { ClientEvents } from "./events.js";
import type { AnyGame, GameDescription } from "./game.js";
import type { SignedIn, SignInOptions, SignInUrl } from "./login.js";
import type { ClientOptions, ServiceOptions } from "./options.js";
import type { Paginate } from "./pages.js";
import type { Signal } from "./platform.js";
import type { Runtime } from "./runtime.js";
import type { PlayerClaims } from "./tokens.js";

/**
 * Makes a client of another service than Playoff: with any route by `get`, `post` and their kin.
 *
 * @throws {ConfigError} an option can't be used (`invalid_option`, `unknown_option`,
 *   `secret_in_page`), or WebAssembly is forbidden here (`wasm_unavailable`)
 * @example
 * const toornament = createClient({ provider: "toornament", apiKey });
 * const tournament = await toornament.get(["tournaments", id], { base: "viewer" });
 */
export function createClient(options: ServiceOptions): ServiceClient;
/**
 * Makes a client. It sends nothing until it is called.
 *
 * @throws {ConfigError} an option can't be used (`invalid_option`, `unknown_option`,
 *   `secret_in_page`), or WebAssembly is forbidden here (`wasm_unavailable`)
 * @example
 * const playoff = createClient({ token: () => fetch("/player-token", { method: "POST" }) });
 * const player = await playoff.runtime.player();
 */
export function createClient<G extends GameDescription<G> = AnyGame>(options?: ClientOptions): Client<G>;

/** A client of Playoff. Its methods may be passed on detached. */
export interface Client<G = AnyGame> extends ServiceClient {
  /** What a player may do, by name, its answers typed. */
  readonly runtime: Runtime<G>;
}

/** A client of any service. Its methods may be passed on detached. */
export interface ServiceClient {
  /** The rows of any route, page by page. */
  readonly paginate: Paginate;
  /** Reads. */
  readonly get: Read;
  /** Does something. Sent again only where the service refused the token, which means that nothing was done. */
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
   * Goes to the service's sign-in page. The promise never resolves: the page is left. The player comes
   * back to `login.redirectUri`.
   *
   * @throws {ConfigError} a sign-in can't work here, said before the page is left: `not_a_page`,
   *   `insecure_origin`, `storage_unavailable`, `invalid_option`
   * @example button.onclick = () => playoff.login({ returnTo: location.pathname });
   */
  readonly login: (options?: SignInOptions) => Promise<never>;
  /**
   * The address of the service's sign-in page, for those who navigate themselves. Each is good for one
   * sign-in, in this tab, within ten minutes.
   *
   * @throws {ConfigError} as `login`
   */
  readonly loginUrl: (options?: SignInOptions) => Promise<SignInUrl>;
  /**
   * Finishes the sign-in that the page's address answers: gives the code for a token, once. `null`
   * where the address answers none. The address is cleaned at once. May be called on every page, twice,
   * and by several clients: the calls share one exchange while it is under way.
   *
   * @throws {AuthError} the service's own `error` (`access_denied`), or `state_missing`,
   *   `state_mismatch`, `login_expired`, `issuer_mismatch`, `code_used`: begin anew
   * @throws {ConfigError} as `login`
   */
  readonly handleRedirect: () => Promise<SignedIn | null>;
  /**
   * Forgets all tokens, in memory and in `storage`. A renewal under way can't bring them back; calls
   * that wait for one reject with `signed_out`. The next call asks for a token anew. Tells your worker,
   * where `login.exchange` is a path. It doesn't sign the player out at the service's own pages.
   *
   * @throws {AuthError} `storage_failed`: a token is still stored; `sign_out_failed`: the worker's cookie
   *   may still sign the player in
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

/** Options of {@link Client.getToken}. */
export interface GetTokenOptions {
  /** Another token than that at hand; asked for even shortly after a failure. */
  refresh?: boolean;
  /** Whose token; with `tokenPer: "player"` alone. */
  playerId?: string;
  /** Ends the wait, which then rejects with the signal's reason. */
  signal?: Signal;
}
