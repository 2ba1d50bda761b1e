import { fetchOverLine } from "./line.js";

const KEPT = 80;
const WORDS_KEPT = 40;
const REDACTED = "[redacted]";
const SECRET_PARAMETERS = ["access_token", "jwt", "code", "refresh_token"];

/** The calls made so far, newest first; says "change" when there is something new. */
export const wireLog = Object.assign(new EventTarget(), { calls: [] });

let count = 0;

/** The browser's fetch, with a list of what it did. Bodies aren't touched and tokens aren't kept. */
export async function recordingFetch(input, init) {
  const request = new Request(input, init);
  const call = begin({ method: request.method, url: request.url, sent: readHeaders(request.headers) });
  const started = performance.now();
  try {
    const response = await fetchOverLine(request);
    change(call, started, { outcome: response.status, received: readHeaders(response.headers) });
    return response;
  } catch (error) {
    change(call, started, { outcome: error.name === "AbortError" ? "aborted" : "no answer" });
    throw error;
  }
}

/** A WebSocket's life: that it opened and closed, and the first word of whatever was said. */
export function logSocket(url) {
  const call = begin({ method: "WS", url, words: [] });
  const started = performance.now();
  return {
    opened: () => change(call, started, { outcome: "open" }),
    closed: () => change(call, started, { outcome: call.outcome === "open" ? "closed" : "no answer" }),
    said: (way, packet) => change(call, started, { words: [...call.words, [way, firstWord(packet)]].slice(-WORDS_KEPT) }),
  };
}

export function clearLog() {
  wireLog.calls = [];
  wireLog.dispatchEvent(new Event("change"));
}

function begin({ method, url: address, ...details }) {
  const url = redactUrl(new URL(address));
  const call = {
    number: (count += 1),
    method,
    route: url.pathname + url.search.replaceAll(encodeURIComponent(REDACTED), REDACTED),
    host: url.origin === location.origin ? "worker" : "api",
    ...details,
  };
  wireLog.calls = [call, ...wireLog.calls].slice(0, KEPT);
  wireLog.dispatchEvent(new Event("change"));
  return call;
}

function change(call, started, outcome) {
  Object.assign(call, outcome, { milliseconds: performance.now() - started });
  wireLog.dispatchEvent(new Event("change"));
}

function redactUrl(url) {
  for (const name of SECRET_PARAMETERS) {
    if (url.searchParams.has(name)) url.searchParams.set(name, REDACTED);
  }
  return url;
}

function readHeaders(headers) {
  return [...headers].map(([name, value]) => [name, name === "authorization" ? redactCredentials(value) : value]);
}

/** Keeps the scheme: `Bearer [redacted]`. */
const redactCredentials = (value) => `${value.split(" ", 1)[0]} ${REDACTED}`;

/** engine.io's kinds of packets, by their first digit. */
const PACKETS = ["open", "close", "ping", "pong"];

/** What follows the first word of a message may be a token. */
function firstWord(packet) {
  const name = PACKETS[packet.charAt(0)];
  if (name) return name;
  const [word, ...rest] = packet.slice(1).split(" ");
  return rest.length > 0 ? `${word} …` : word;
}
