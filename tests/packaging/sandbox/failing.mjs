// A sandbox whose wasm is interrupted in the middle of a call, as a panic does it; prints what others see of that.

import { once } from "node:events";
import { setTimeout as after } from "node:timers/promises";
import { startSandbox } from "playoff-sandbox";
import WebSocket from "ws";

const STREAM = "/v1/notifications/stream/?EIO=3&transport";
const WATCH = "/kumite/ws/contests";
const LIMIT = 10_000;

const sandbox = await startSandbox();

async function ask(path) {
  const response = await fetch(`${sandbox.url}${path}`);
  return { status: response.status, body: await response.json(), pages: response.headers.get("access-control-allow-origin") };
}

/** A WebSocket that is open; `closed` is the code that it ends with. */
async function open(path) {
  const socket = new WebSocket(`${sandbox.url.replace("http", "ws")}${path}`);
  const code = once(socket, "close").then(([first]) => first);
  const closed = Promise.race([code, after(LIMIT, "still open", { ref: false })]);
  await once(socket, "open");
  return { closed };
}

/** The status with which a WebSocket is refused. */
async function refused(path) {
  const socket = new WebSocket(`${sandbox.url.replace("http", "ws")}${path}`);
  const [, response] = await once(socket, "unexpected-response");
  socket.on("error", () => {}).terminate();
  return response.statusCode;
}

/** The services ask for randomness once they have begun. */
async function interrupted(action) {
  const { getRandomValues } = crypto;
  crypto.getRandomValues = () => {
    throw new WebAssembly.RuntimeError("unreachable");
  };
  try {
    return await action();
  } finally {
    crypto.getRandomValues = getRandomValues;
  }
}

const sockets = await Promise.all([open(WATCH), open(`${STREAM}=websocket`)]);
const failing = await interrupted(() => ask("/v2/runtime/player"));
const seen = {
  failing,
  closed: await Promise.all(sockets.map(({ closed }) => closed)),
  later: await ask("/control"),
  refused: [await refused(WATCH), await refused(`${STREAM}=websocket`)],
  reset: await sandbox.control.reset().catch((error) => error.message),
};
await sandbox.stop();

const another = await startSandbox();
seen.another = (await fetch(another.control.url)).status;
await another.stop();
console.log(JSON.stringify(seen));
