// The errors of the package. One module for both entries, so that `instanceof` holds between them.

const BRAND = Symbol.for("playoff-wasm.error");

/** What every error of this package is. */
export class PlayoffError extends Error {
  constructor(message, { code, status, requestId, retryable = false, data, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = status;
    this.requestId = requestId;
    this.retryable = retryable;
    this.data = data;
  }

  get [BRAND]() {
    return true;
  }

  /** What may be logged. The cause stays out: it can be anything. */
  toJSON() {
    const { name, code, message, status, requestId, retryable, data } = this;
    return { name, code, message, status, requestId, retryable, data };
  }
}

/** The service said no. */
export class ApiError extends PlayoffError {}
/** No token, or one that was refused. */
export class AuthError extends PlayoffError {}
/** The request or its answer was lost. */
export class NetworkError extends PlayoffError {}
/** Nothing came back in time. */
export class TimeoutError extends PlayoffError {}
/** The caller's own mistake: nothing was sent. */
export class ConfigError extends PlayoffError {}

const classes = { PlayoffError, ApiError, AuthError, NetworkError, TimeoutError, ConfigError };

// Named by hand: minifiers rename classes.
for (const [name, value] of Object.entries(classes)) {
  Object.defineProperty(value.prototype, "name", { value: name, configurable: true, writable: true });
}

/** Whether something is an error of this package, of whichever copy, build or realm. */
export function isPlayoffError(error) {
  return typeof error === "object" && error !== null && error[BRAND] === true;
}
