import type { LoginStorage } from "./login.js";
import type { StoredToken } from "./tokens.js";

/** Where tokens are kept between two lives of a program. Its methods may be async, and may throw. */
export interface TokenStorage {
  /** The token under a key; nothing where there is none. */
  load(
    key: string,
  ): StoredToken | null | undefined | PromiseLike<StoredToken | null | undefined>;
  /** Keeps a token under a key. */
  store(key: string, token: StoredToken): unknown;
  /** Keeps nothing under a key. */
  remove(key: string): unknown;
}

/** A storage that answers at once. */
export interface SyncTokenStorage extends TokenStorage {
  load(key: string): StoredToken | null;
  store(key: string, token: StoredToken): void;
  remove(key: string): void;
}

/** A storage that lasts as long as the program. Clients may share one, for tokens and for `login.storage`. */
export function memoryStorage(): SyncTokenStorage & LoginStorage;

/**
 * The browser's own storage: `sessionStorage`, which lasts as long as the tab, or `localStorage`,
 * which lasts and which all tabs of the origin share. Every script of the origin can read it.
 * Where there is none, or where it is forbidden, the client does without it and emits `warning`.
 *
 * @param kind `"session"` unless you say otherwise
 */
export function webStorage(kind?: "session" | "local"): SyncTokenStorage & LoginStorage;
