// A contest's board, whenever it changed. What the WebSocket tells is a hint to look again: the board alone says what is.

import { ConfigError } from "../errors.js";
import { Hints } from "./hints.js";

/** What a timer can hold. */
const LONGEST = 2 ** 31 - 1;

/**
 * `board(contestId, options)` reads it; `stream()` gives `{ url, stops }`: where the WebSocket is, and what is called
 * when the client has ended. Every loop over it begins anew.
 */
export function watch(board, stream, contestId, { interval, webSocket = globalThis.WebSocket, ...options } = {}) {
  check(interval, webSocket);
  return { [Symbol.asyncIterator]: boards };

  async function* boards() {
    const { url, stops } = stream();
    const { signal } = options;
    const hints = new Hints(url, contestId, webSocket);
    // Reading says itself why it is to end.
    const stop = () => hints.ring();
    stops.add(stop);
    signal?.addEventListener("abort", stop);
    try {
      let seen;
      for (;;) {
        // What is told from now on may be of something that this look doesn't see.
        hints.quiet();
        const now = await board(contestId, options);
        if (now.boardStateId !== seen) {
          seen = now.boardStateId;
          yield now;
        }
        if (now.dynamicMetadata.gameOver) return;
        await hints.next(interval);
      }
    } finally {
      stops.delete(stop);
      signal?.removeEventListener("abort", stop);
      hints.close();
    }
  }
}

function check(interval, webSocket) {
  if (interval !== undefined && !(typeof interval === "number" && interval > 0 && interval <= LONGEST)) {
    const message = "option `interval` takes a number of milliseconds above 0";
    throw new ConfigError(message, { code: "invalid_option" });
  }
  if (webSocket !== undefined && typeof webSocket !== "function") {
    throw new ConfigError("option `webSocket` takes a constructor of WebSockets", { code: "invalid_option" });
  }
  if (webSocket === undefined && interval === undefined) {
    const message =
      "there is no WebSocket here: give `watch` a constructor as `webSocket`, or an `interval` at which it reads the board";
    throw new ConfigError(message, { code: "no_web_socket" });
  }
}
