// In one of several tabs: a feed, and what it tells.

import { createClient } from "playoff-wasm";

async function token() {
  return (await fetch("/token", { method: "POST" })).json();
}

/** Opens a feed by options that can be written as JSON; `streams`: there are WebSockets. */
globalThis.listen = ({ apiUrl, authUrl, streams = true, ...options }) => {
  if (!streams) globalThis.WebSocket = undefined;
  const heard = [];
  const states = [];
  const views = [];
  const client = createClient({ apiUrl, authUrl, token });
  const feed = client.runtime.notifications({ environment: "production", gameId: "sandbox", ...options });
  feed.on("notification", ({ place }) => heard.push(place));
  feed.on("state", (state) => states.push(state));
  addEventListener("visibilitychange", () => views.push(document.visibilityState));
  // Chromium gives a page up that it keeps, when something is collected there.
  globalThis.listening = { client, feed, report: () => ({ state: feed.state, heard, states, views }) };
};
