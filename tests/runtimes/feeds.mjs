// The two services at which feeds are tried: the sandbox, and npm's engine.io (lib/stream-peer).

import { controlClient } from "../lib/control.mjs";
import { PLAYER } from "./context.mjs";

const PEER_TOKEN = "token-of-johny";
/** Whose access tokens the stream peer knows. */
export const STREAM_PLAYERS = { [PEER_TOKEN]: PLAYER };

export const upTo = (count) => Array.from({ length: count }, (_, index) => index + 1);
export const sequences = (events) => events.map(({ sequence }) => sequence);

/** What a case does at one of them; `options` are those of a client there. */
function placeAt(t, control, options) {
  const urls = [];
  const opened = [];
  const tokens = [];
  const place = {
    stream: control.stream,
    notify: (more) => control.notify({ player_id: PLAYER, event: { event: "level", ...more } }),
    tell: (count, more) => control.notify({ player_id: PLAYER, event: { event: "level" }, count, ...more }),

    /** A client that writes down where it calls, and the tokens of the stream that it gets. */
    client: (more = {}) =>
      t.client({
        ...options,
        hooks: {
          beforeRequest: ({ url }) => void urls.push(new URL(url)),
          async afterResponse(response, { url }) {
            if (url.includes("/notifications/token")) tokens.push((await response.clone().json()).token);
          },
        },
        ...more,
      }),
    open({ client = place.client(), ...more } = {}) {
      const game = { environment: "production", gameId: "sandbox", webSocket: t.webSocket };
      const feed = client.runtime.notifications({ ...game, ...more });
      opened.push(feed);
      return feed;
    },

    /** The paths of all calls, and of the lists that were read. */
    calls: () => urls.map(({ pathname }) => pathname),
    reads: () => place.calls().filter((path) => path.endsWith("/notifications")),
    streamTokens: () => tokens,
    leave: () => opened.forEach((feed) => feed.close()),
  };
  return place;
}

/** Options of a client of the stream peer. */
export const peerOptions = (url) => ({ apiUrl: url, authUrl: url, token: PEER_TOKEN, tokenIn: "query", playerId: PLAYER });

export const places = [
  ["the sandbox", async (t) => placeAt(t, t.control, {})],
  [
    "npm's engine.io",
    async (t) => {
      const control = controlClient(`${t.streamPeer}/control`);
      await control.reset();
      return placeAt(t, control, peerOptions(t.streamPeer));
    },
  ],
];
