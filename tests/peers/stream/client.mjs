// A client of the notification stream on npm's engine.io-client 3, the last that speaks revision 3 of the protocol,
// as the platform's own JavaScript client used it.

import { createRequire } from "node:module";
import { until } from "../../lib/limits.mjs";

const connect = createRequire(import.meta.url)("engine.io-client");

const PATH = "/v1/notifications/stream";
const LIMIT = 5_000;

/**
 * Connects to the stream at `url` and answers the challenge, unless `token` is null. Gives what was `heard` of that,
 * the `events` that came, the `pongs`, how it ended (`ends`), and ways to wait for each.
 */
export function openStream(url, { token, player, game = "sandbox", transports = ["websocket"] }) {
  const heard = [];
  const events = [];
  const pongs = [];
  const ends = [];
  const socket = connect(url, { path: PATH, transports });
  socket.on("message", (text) => {
    const asked = text === "AUTH_CHALLENGE" && token !== null;
    if (asked) socket.send(`AUTH_RESPONSE ${token} player production ${game} ${player}`);
    if (text.startsWith("AUTH_")) heard.push(text);
    else events.push(JSON.parse(text.slice(text.indexOf(" ") + 1)));
  });
  socket.on("pong", () => pongs.push(Date.now()));
  socket.on("error", (error) => ends.push(`error: ${error.message}`));
  socket.on("close", (reason) => ends.push(reason));

  const wait = (what, probe) => until(probe, { what, limit: LIMIT, every: 5 });
  return {
    socket,
    heard,
    events,
    pongs,
    ends,
    close: () => socket.close(),
    authenticated: () => wait("AUTH_SUCCESS", () => heard.includes("AUTH_SUCCESS")),
    received: (count) => wait(`${count} events`, () => events.length >= count),
    ended: () => wait("an end", () => ends.length > 0),
  };
}
