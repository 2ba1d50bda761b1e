import { playoff } from "./client.js";
import { StreamSocket } from "./stream-socket.js";

/** The sandbox's game. */
const GAME = { environment: "production", gameId: "sandbox" };

/** What the live feed tells: "state", and "told" with the notification as its `detail`. */
export const live = Object.assign(new EventTarget(), { open, resume, until, state: "connecting" });

let feed = null;

/**
 * Hears what the player is told, as it happens: by the platform's stream, so that nothing is asked for again and again.
 * Each client has a feed of its own.
 */
function open() {
  feed?.close();
  feed = playoff.runtime.notifications({ ...GAME, webSocket: StreamSocket });
  feed.on("notification", (event) => live.dispatchEvent(new CustomEvent("told", { detail: event })));
  feed.on("state", setState);
  feed.on("error", (error) => console.info("No notifications any more:", error.message));
  setState(feed.state);
}

/** Opens it again, where the SDK has given up. It doesn't over lost connections. */
function resume() {
  if (live.state === "ended") open();
}

function setState(state) {
  live.state = state;
  live.dispatchEvent(new Event("state"));
}

/** Waits for the first event of that type, "state" or "told", after which `holds(detail)`; at once where it does already. */
function until(type, holds) {
  return new Promise((resolve) => {
    const look = ({ detail }) => {
      if (!holds(detail)) return;
      live.removeEventListener(type, look);
      resolve();
    };
    live.addEventListener(type, look);
    if (type === "state") look({});
  });
}
