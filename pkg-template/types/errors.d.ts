/** What every error of this package is: a real `Error` with a `code`. */
export class PlayoffError extends Error {
  constructor(message: string, details?: Partial<ErrorDetails>);
  /** What a program asks for: the service's `error`, or a code of ours. */
  readonly code: string;
  /** The HTTP status, where there was an answer. */
  readonly status: number | undefined;
  /** The service's name for the request, where it gave one. */
  readonly requestId: string | undefined;
  /** Whether the same call may work later. */
  readonly retryable: boolean;
  /** The `data` of the service's error. */
  readonly data: unknown;
  /** What was thrown underneath, without a trace of the token. */
  readonly cause?: unknown;
  /** What may be logged. */
  toJSON(): ErrorDetails & { name: string; message: string };
}

/** What an error says beside its message. */
export interface ErrorDetails {
  code: string;
  status: number | undefined;
  requestId: string | undefined;
  retryable: boolean;
  data: unknown;
  cause?: unknown;
}

/** The service said no; `code` is its `error`. */
export class ApiError extends PlayoffError {}
/** No token, or one that was refused. */
export class AuthError extends PlayoffError {}
/** The request or its answer was lost. */
export class NetworkError extends PlayoffError {}
/** Nothing came back in time. */
export class TimeoutError extends PlayoffError {}
/** The caller's own mistake: nothing was sent. */
export class ConfigError extends PlayoffError {}

/** Whether something is an error of this package, of whichever copy, build or realm. */
export function isPlayoffError(error: unknown): error is PlayoffError;
