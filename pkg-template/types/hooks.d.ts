import type { PlayoffError } from "./errors.js";
import type { PlatformType, ResponseLike } from "./platform.js";
import type { Method } from "./values.js";

/**
 * Called around every try; they may be async. What one of them throws is what the call rejects with.
 * None of them sees a token. A try's `timeout` counts their time too.
 */
export interface Hooks {
  /** Before a request is sent. Changes of its headers are sent; `Authorization` isn't yours to set. */
  beforeRequest?: (request: HookRequest) => unknown;
  /**
   * After the head of an answer, whatever its status. Reads a copy; a `Response` that it gives takes
   * the answer's place, and ends it once its own body was read.
   */
  afterResponse?: (
    response: PlatformType<"Response">,
    request: HookTry,
  ) => ResponseLike | void | PromiseLike<ResponseLike | void>;
  /** Before the wait for another try. `false` gives up: the call rejects with the error. */
  beforeRetry?: (retry: HookRetry) => boolean | void | PromiseLike<boolean | void>;
}

/** One try of a call. */
export interface HookTry {
  method: Method;
  /** The address, without a token. */
  url: string;
  /** Which try it is; the first one is 1. */
  attempt: number;
}

/** A request before it is sent. */
export interface HookRequest extends HookTry {
  headers: PlatformType<"Headers">;
}

/** A failed try that is to be made again. */
export interface HookRetry {
  error: PlayoffError;
  /** Which retry it is; the first one is 1. */
  retry: number;
  /** Milliseconds until then. */
  delay: number;
}
