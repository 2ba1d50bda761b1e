// What a client says of itself, by its hooks and events, told in words. Nothing here looks at the wire.
import { tell } from "./story.js";

/** The SDK calls these around each try. */
export const hooks = {
  afterResponse: ({ status }, { method, url, attempt }) =>
    tell({
      lane: "calls",
      tone: status < 400 ? "good" : "bad",
      isPlain: status < 400 && attempt === 1,
      text: `${method} ${routeOf(url)}: ${status}${attempt > 1 ? `, at try ${attempt}` : ""}`,
    }),
};

export function listenTo(playoff) {
  playoff.on("retry", ({ method, route, retry, delay, code, status }) => {
    if (status === undefined) tell({ lane: "calls", tone: "bad", text: `${method} ${route}: no answer (${code})` });
    tell({ lane: "calls", tone: "wait", wait: delay, text: `Retry ${retry} in ${Math.round(delay)} ms` });
  });
  playoff.on("token", ({ reason }) => tell({ lane: "token", tone: "good", text: TOKENS[reason] ?? `A new token: ${reason}` }));
}

/** The last try of a call, told by who made it. */
export const tellGivenUp = ({ code }) => tell({ lane: "calls", tone: "bad", text: `${code}: the SDK gives up, the page asks again later` });

const TOKENS = { refused: "The token was refused: a new one is here", expired: "The token ended: a new one is here" };

const STATES = {
  connecting: "The stream is connecting",
  live: "The stream is live",
  waiting: "The stream is gone: waits, then connects again",
  ended: "The stream has ended",
};

export const tellState = (state) => tell({ lane: "stream", tone: state, text: STATES[state] });
export const tellNotification = (text) => tell({ lane: "stream", tone: "told", text: `Told: ${text}` });

const routeOf = (url) => new URL(url).pathname.replace(/^\/v\d/, "");
