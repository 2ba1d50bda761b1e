import type { AnyGame } from "./game.js";
import type { GameEvent } from "./game-events.js";
import type { Signal } from "./platform.js";

/** A player's notifications as they happen. */
export interface Notifications<G = AnyGame> {
  /**
   * Opens the platform's stream, at once. What is missed while it is away is read by
   * `GET /runtime/notifications`, so that each is given once, in order.
   *
   * It ends with `break`, `close()`, or an error: the reason of its `signal`; `disposed` and
   * `signed_out` when the client ends; `stream_refused`, `no_web_socket`, `invalid_option`, and what
   * calls reject with. A lost connection is no error.
   *
   * @example
   * for await (const told of playoff.runtime.notifications({ environment: "production", gameId })) {
   *   if (told.event === "level") celebrate(told.changes);
   * }
   */
  (options: FeedOptions): Feed<G>;
}

/** Options of {@link Notifications}. */
export interface FeedOptions {
  /** The game's environment. */
  environment: "production" | "staging";
  /** The game's id. */
  gameId: string;
  /** Whose; else the client's `playerId`, or the player of its JWT. */
  playerId?: string;
  /** Gives what was told since then, too: the time of the last one that you have. Else from when it first is `live`. */
  since?: Date | string;
  /**
   * Where the stream can't be had, for so long as it can't: reads every so many milliseconds, while the
   * page is visible. Quotas are small, so nothing polls unless asked to.
   */
  poll?: { interval: number };
  /** Ends it. */
  signal?: Signal;
  /** The constructor of WebSockets; else the platform's own. Node has one since version 22. */
  webSocket?: WebSocketConstructor;
}

/** What makes WebSockets: the platform's, or that of a package such as `ws`. */
export type WebSocketConstructor = new (url: string) => {
  send(text: string): void;
  close(): void;
  addEventListener(type: never, listener: never): void;
  removeEventListener(type: never, listener: never): void;
};

/** A notification: an event, known by its `id`. */
export type PlayerNotification<G = AnyGame> = GameEvent<G> & {
  /** Whether it was marked as seen; where it was read, not streamed. */
  seen?: boolean;
};

/**
 * How a feed stands: `live` is the only one in which it hears things at once. `waiting`: it connects
 * again after a while, or when there is a network.
 */
export type FeedState = "connecting" | "live" | "waiting" | "polling" | "ended";

/** What a feed tells those who listen. */
export interface FeedEvents<G = AnyGame> {
  /** A notification. */
  notification: PlayerNotification<G>;
  /** It stands another way. */
  state: FeedState;
  /** It ended by itself, with this. */
  error: unknown;
}

/**
 * Notifications, for a loop or for listeners. 1,000 wait for a slow loop; what comes then is read from
 * the service when those were taken. Its methods may be passed on detached.
 */
export interface Feed<G = AnyGame> extends AsyncIterableIterator<PlayerNotification<G>> {
  /** How it stands. */
  readonly state: FeedState;
  /**
   * Calls `listener` whenever that happens; gives what ends it. Without a listener for `error`, an
   * error that no loop gets is reported as the platform does it.
   */
  readonly on: <Type extends keyof FeedEvents<G>>(
    type: Type,
    listener: (event: FeedEvents<G>[Type]) => void,
  ) => () => void;
  /** Ends it at once, and closes its connection. */
  readonly close: () => void;
  /** The next one. */
  readonly next: () => Promise<IteratorResult<PlayerNotification<G>, undefined>>;
  /** What `break` calls. */
  readonly return: () => Promise<IteratorResult<PlayerNotification<G>, undefined>>;
  [Symbol.asyncIterator](): Feed<G>;
}
