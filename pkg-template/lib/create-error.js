import {
  ApiError,
  AuthError,
  ConfigError,
  NetworkError,
  TimeoutError,
} from "../errors.js";

const classes = { ApiError, AuthError, ConfigError, NetworkError, TimeoutError };

/** The `Error` of a class: what the wasm calls. */
export function createError(name, code, message, status, requestId, retryable, data, cause) {
  return new classes[name](message, { code, status, requestId, retryable, data, cause });
}
