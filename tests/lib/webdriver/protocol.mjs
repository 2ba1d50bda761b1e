// The W3C WebDriver protocol over fetch: one session with one driver. The libraries for it want a newer Node than the
// package does, and bring more than the dozen commands that tests need.

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** What a driver refuses; `code` is the standard's own name for it, such as "no such element". */
export class WebDriverError extends Error {
  constructor(command, { error, message }) {
    super(`${command}: ${error}: ${message.split("\n")[0]}`);
    this.name = "WebDriverError";
    this.code = error;
  }
}

async function send(base, method, path, body, limit) {
  const command = `${method} ${path || "/"}`;
  let response, value;
  try {
    response = await fetch(`${base}${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: method === "POST" ? JSON.stringify(body ?? {}) : undefined,
      signal: AbortSignal.timeout(limit),
    });
    ({ value } = await response.json());
  } catch (error) {
    throw new Error(`${command}: no answer from the driver: ${error.message}`, { cause: error });
  }
  if (!response.ok) throw new WebDriverError(command, value);
  return value;
}

/** Whether the driver at `base` takes a session. */
export async function isReady(base) {
  const { ready } = await send(base, "GET", "/status", undefined, 1_000);
  return ready;
}

/** Begins a session: `{ capabilities, send(method, path, body) }`, each command within `limit` milliseconds. */
export async function createSession(base, capabilities, limit) {
  const wanted = { capabilities: { alwaysMatch: capabilities } };
  const session = await send(base, "POST", "/session", wanted, limit);
  return {
    capabilities: session.capabilities,
    send: (method, path, body) => send(`${base}/session/${session.sessionId}`, method, path, body, limit),
  };
}

/** The id in a driver's reference to an element. */
export const idOf = (element) => element[ELEMENT];
