import type { TokenReason } from "./tokens.js";
import type { Method } from "./values.js";

/** What a client tells: names and what comes with them. No event carries a token. */
export interface ClientEvents {
  /** There is another token. */
  token: {
    /** Why it was asked for; `login`: the player signed in. */
    reason: TokenReason | "login";
    /** Unix time in seconds; undefined where only the service knows. */
    expiresAt: number | undefined;
    /** Whose it is; with `tokenPer: "player"` alone. */
    playerId: string | undefined;
  };
  /**
   * There is no token any more, and the player has to sign in again: `logout()` was called, here or in another tab, or the
   * service refused the token and nothing renews it.
   */
  signedOut: {
    reason: "logout" | "refused" | "other_tab";
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
