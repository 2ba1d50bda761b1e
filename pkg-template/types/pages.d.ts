import type { QueryValue, Route } from "./values.js";
import type { TypedOptions } from "./typed.js";

/** Which part of a list is read, and by how many at a time. */
export interface PageOptions {
  /**
   * Rows that are left out at the beginning.
   * @default 0
   */
  skip?: number;
  /**
   * Rows of one call, not of the list: {@link List.toArray} has a `max`.
   * @default 100
   */
  limit?: number;
}

/**
 * A list that the service gives by pages. Nothing is asked for until it is read, each loop begins
 * anew, and `break` ends what is under way. A page is asked for ahead when half of the one before was
 * read.
 *
 * Lists change while they are read. Rows that a row that came meanwhile pushes to the next page are
 * given once, if they have an id; rows that another one's end pulls to the page before are missed;
 * rows beyond the `total` of the first page aren't waited for.
 *
 * @example for await (const player of playoff.runtime.players()) console.log(player.alias);
 */
export interface List<T> extends AsyncIterable<T> {
  /** All rows, or the first `max`. */
  toArray(options?: { max?: number }): Promise<T[]>;
  /** Page by page, none of them ahead. */
  pages(): AsyncIterable<Page<T>>;
}

/** A page of a list. */
export interface Page<T> {
  /** Its rows. */
  data: T[];
  /** How many there are in the list, where the service says so. */
  total?: number;
  /** How many rows of the list came before it. */
  skip: number;
}

/** Reads any route by pages. */
export interface Paginate {
  /**
   * The rows of a route that takes `skip` and `limit` and answers `{ data, total }` or a bare list.
   *
   * @example for await (const action of playoff.paginate<{ id: string }>("/design/versions/latest/actions")) show(action);
   */
  <T = unknown>(route: Route, options?: PaginateOptions): List<T>;
}

/** Options of {@link Paginate}. */
export interface PaginateOptions extends PageOptions, TypedOptions {
  /** Parameters behind the `?`; `skip` and `limit` may stand here too. */
  query?: Readonly<Record<string, QueryValue>> | Iterable<readonly [string, QueryValue]>;
}
