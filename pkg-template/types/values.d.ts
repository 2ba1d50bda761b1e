import type { Client } from "./client.js";
import type { PlatformType } from "./platform.js";

/**
 * Where a request goes: a path of the service that starts with exactly one `/`, or an array of
 * segments, each encoded on its own, so that ids may hold `/`, `%` and anything else.
 *
 * @example "/runtime/player"
 * @example ["admin", "players", id]
 */
export type Route = string | readonly (string | number)[];

/**
 * A value in `query`. Lists are joined with commas, or repeated where the provider's `query.lists` says so; null and
 * undefined are left out.
 */
export type QueryValue =
  | string
  | number
  | boolean
  | Date
  | readonly (string | number | boolean | Date)[]
  | null
  | undefined;

/** What JSON can hold, and what has a `toJSON`. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined }
  | { toJSON(): Json };

/** Bodies that are sent as they are, with their own content type. */
export type RawBody =
  | ArrayBuffer
  | ArrayBufferView
  | PlatformType<"Blob">
  | PlatformType<"FormData">
  | PlatformType<"ReadableStream">
  | PlatformType<"URLSearchParams">;

/**
 * An object or an interface is taken whatever it is called; what isn't JSON, a `Map`, a `Set` and a
 * promise are refused when the call is made (`invalid_body`).
 */
export type Body = Json | RawBody | object;

/**
 * An object of strings, `Headers`, or pairs. Those of one name are joined, as in `Headers`; values beyond Latin-1 are
 * refused.
 */
export type HeadersLike = Readonly<Record<string, string>> | Iterable<readonly [string, string]>;

/** Methods that {@link Client.request} takes. */
export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
