// In one of several tabs: a feed, and what it tells.

import { createClient } from "playoff-wasm";

async function token() {
  return (await fetch("/token", { method: "POST" })).json();
}

/** Opens a feed by options that can be written as JSON, those of its client too; `streams`: there are WebSockets. */
globalThis.listen = ({ client: clientOptions, streams = true, ...options }) => {
  if (!streams) globalThis.WebSocket = undefined;
  const heard = [];
  const states = [];
  const views = [];
  const client = createClient({ token, ...clientOptions });
  const feed = client.runtime.notifications({ environment: "production", gameId: "sandbox", ...options });
  feed.on("notification", ({ place, round, sequence }) => heard.push(place ?? 100 * round + sequence));
  feed.on("state", (state) => states.push(state));
  addEventListener("visibilitychange", () => views.push(document.visibilityState));
  // Chromium gives a page up that it keeps, when something is collected there.
  globalThis.listening = { client, feed, report: () => ({ state: feed.state, heard, states, views }) };
};
