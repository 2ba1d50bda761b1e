const KEPT = 80;
const REDACTED = "[redacted]";
const SECRET_PARAMETERS = ["access_token", "jwt", "code", "refresh_token"];

/** The calls made so far, newest first; says "change" when there is something new. */
export const wireLog = Object.assign(new EventTarget(), { calls: [] });

let count = 0;

/** The browser's fetch, with a list of what it did. Bodies aren't touched and tokens aren't kept. */
export async function recordingFetch(input, init) {
  const request = input instanceof Request ? input : new Request(input, init);
  const call = begin(request);
  const started = performance.now();
  try {
    const response = await globalThis.fetch(request, input instanceof Request ? init : undefined);
    finish(call, started, { status: response.status, received: readHeaders(response.headers) });
    return response;
  } catch (error) {
    finish(call, started, { failure: error.name === "AbortError" ? "aborted" : "no answer" });
    throw error;
  }
}

export function clearLog() {
  wireLog.calls = [];
  wireLog.dispatchEvent(new Event("change"));
}

function begin(request) {
  const url = redactUrl(new URL(request.url));
  const call = {
    number: (count += 1),
    method: request.method,
    route: url.pathname + url.search.replaceAll(encodeURIComponent(REDACTED), REDACTED),
    host: url.origin === location.origin ? "worker" : "api",
    sent: readHeaders(request.headers),
  };
  wireLog.calls = [call, ...wireLog.calls].slice(0, KEPT);
  wireLog.dispatchEvent(new Event("change"));
  return call;
}

function finish(call, started, outcome) {
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
