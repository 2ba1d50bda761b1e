import type { RetryOptions } from "./options.js";
import type { PlatformType, Signal } from "./platform.js";
import type { Body, HeadersLike, Method, QueryValue, Route } from "./values.js";

/** Options of a call. */
export interface CallOptions<Form extends ResponseForm = ResponseForm> {
  /** Parameters behind the `?`. */
  query?: Readonly<Record<string, QueryValue>> | Iterable<readonly [string, QueryValue]>;
  /**
   * The part of the service's API that the route is in, where it has several: of Toornament `viewer`,
   * `organizer`, `circuit`, `platform`.
   * @default none: the route stands behind the API's address and its version
   */
  base?: string;
  /**
   * The form of the answer. A `"response"` is given as soon as its head is there: its body is yours to read,
   * no `timeout` ends it any more, and `signal` still does.
   * @default "json"
   */
  as?: Form;
  /** Also gives the status and the headers. */
  full?: boolean;
  /** Ends the call, which then rejects with the signal's reason; of `as: "response"` the body too. */
  signal?: Signal;
  /** Milliseconds that one try may take, its answer's body included, but for `as: "response"`. */
  timeout?: number;
  /**
   * Milliseconds that the call may take, all its tries and waits together. Of a try that would begin later,
   * nothing is waited for.
   */
  totalTimeout?: number;
  /** When a failed try is made again; a number is the limit alone, 0 is never. */
  retry?: RetryOptions | number;
  /** The player for whom an app's own token acts. */
  playerId?: string;
  /** Headers of this call. */
  headers?: HeadersLike;
}

/** How an answer's body can be had. */
export type ResponseForm = "json" | "text" | "bytes" | "blob" | "response";

/** The type of an answer's body in a form. JSON is of your type, or unknown. */
export type Formed<Form extends ResponseForm, T> = Form extends "text"
  ? string
  : Form extends "bytes"
    ? Uint8Array
    : Form extends "blob"
      ? PlatformType<"Blob">
      : Form extends "response"
        ? PlatformType<"Response">
        : T;

/** An answer with its head. */
export interface FullResponse<T> {
  /** The HTTP status. */
  status: number;
  /** The headers; in a page only those that CORS shows. */
  headers: PlatformType<"Headers">;
  /** The body in the form asked for. */
  data: T;
  /** The service's name for the request, where it gave one. */
  requestId: string | undefined;
}

type Full = { full: true };
type As<Form extends ResponseForm> = { as: Form };

/** A call without a body. */
export interface Read {
  /**
   * Makes the call and gives the answer with its status and headers.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   * @example const { status, headers, data } = await playoff.get<Page>("/runtime/players", { full: true });
   */
  <T = unknown>(route: Route, options: CallOptions<"json"> & Full): Promise<FullResponse<T>>;
  /**
   * Makes the call and gives the answer with its status and headers, its body in the form of `as`.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   */
  <Form extends ResponseForm>(
    route: Route,
    options: CallOptions<Form> & As<Form> & Full,
  ): Promise<FullResponse<Formed<Form, unknown>>>;
  /**
   * Makes the call and gives the body of the answer, parsed as JSON; an empty one is null.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   * @example const player = await playoff.get<Player>("/runtime/player");
   */
  <T = unknown>(route: Route, options?: CallOptions<"json">): Promise<T>;
  /**
   * Makes the call and gives the body of the answer in the form of `as`.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   * @example const avatar = await playoff.get("/runtime/player/image", { as: "blob" });
   */
  <Form extends ResponseForm>(
    route: Route,
    options: CallOptions<Form> & As<Form>,
  ): Promise<Formed<Form, unknown>>;
}

/** A call with a body. */
export interface Write {
  /**
   * Makes the call and gives the answer with its status and headers.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   */
  <T = unknown>(
    route: Route,
    body: Body | undefined,
    options: CallOptions<"json"> & Full,
  ): Promise<FullResponse<T>>;
  /**
   * Makes the call and gives the answer with its status and headers, its body in the form of `as`.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   */
  <Form extends ResponseForm>(
    route: Route,
    body: Body | undefined,
    options: CallOptions<Form> & As<Form> & Full,
  ): Promise<FullResponse<Formed<Form, unknown>>>;
  /**
   * Makes the call and gives the body of the answer, parsed as JSON; an empty one is null.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   * @example await playoff.post("/runtime/actions/collect/play", { variables: { n: 1 } });
   */
  <T = unknown>(route: Route, body?: Body, options?: CallOptions<"json">): Promise<T>;
  /**
   * Makes the call and gives the body of the answer in the form of `as`.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   */
  <Form extends ResponseForm>(
    route: Route,
    body: Body | undefined,
    options: CallOptions<Form> & As<Form>,
  ): Promise<Formed<Form, unknown>>;
}

/** A call by its method. */
export interface Request {
  /**
   * Makes the call and gives the answer with its status and headers.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   * @example const { status, headers, data } = await playoff.request("GET", "/runtime/players", { full: true });
   */
  <T = unknown>(
    method: Method,
    route: Route,
    options: CallOptions<"json"> & { body?: Body } & Full,
  ): Promise<FullResponse<T>>;
  /**
   * Makes the call and gives the answer with its status and headers, its body in the form of `as`.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   */
  <Form extends ResponseForm>(
    method: Method,
    route: Route,
    options: CallOptions<Form> & { body?: Body } & As<Form> & Full,
  ): Promise<FullResponse<Formed<Form, unknown>>>;
  /**
   * Makes the call and gives the body of the answer, parsed as JSON; an empty one is null.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   */
  <T = unknown>(
    method: Method,
    route: Route,
    options?: CallOptions<"json"> & { body?: Body },
  ): Promise<T>;
  /**
   * Makes the call and gives the body of the answer in the form of `as`.
   *
   * @throws {ConfigError} before anything is sent: route, query, body or options can't be used
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed
   */
  <Form extends ResponseForm>(
    method: Method,
    route: Route,
    options: CallOptions<Form> & { body?: Body } & As<Form>,
  ): Promise<Formed<Form, unknown>>;
}

/** Sends a form with files. */
export interface Upload {
  /**
   * Sends the form and gives the answer with its status and headers.
   *
   * @throws {ConfigError} before anything is sent: `invalid_body` for what isn't a FormData
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed: give large files more of it
   */
  <T = unknown>(
    route: Route,
    form: PlatformType<"FormData">,
    options: CallOptions<"json"> & Full,
  ): Promise<FullResponse<T>>;
  /**
   * Sends the form and gives the body of the answer, parsed as JSON; an empty one is null.
   *
   * @throws {ConfigError} before anything is sent: `invalid_body` for what isn't a FormData
   * @throws {AuthError} no token, or the service refused two of them
   * @throws {ApiError} the service's error, its `error` as `code`
   * @throws {NetworkError} the service wasn't reached, or its answer broke off
   * @throws {TimeoutError} `timeout` passed: give large files more of it
   * @example
   * const form = new FormData();
   * form.set("file", file);
   * await playoff.upload("/runtime/player/image", form);
   */
  <T = unknown>(
    route: Route,
    form: PlatformType<"FormData">,
    options?: CallOptions<"json">,
  ): Promise<T>;
}
