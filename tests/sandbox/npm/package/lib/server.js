// The sockets: reads requests, carries out replies.

import { createServer } from "node:http";
import { createDeliveries } from "./deliveries.js";
import { SandboxFailure } from "./failure.js";
import { listen } from "./listen.js";
import { readBody, readHead, responseOn, writeAnswer } from "./messages.js";
import { createServices, kind } from "./services.js";
import { createStream } from "./stream.js";
import { createTimers } from "./timers.js";
import { createWatchers } from "./watchers.js";

// Clients decide when they no longer need a connection.
const PATIENT = { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 };

/** Says what is broken. */
function complain(error) {
  // That the services have failed was said, and a client that goes away in the middle of its request is no fault of ours.
  if (error instanceof SandboxFailure || error.code === "ECONNRESET") return;
  console.error("playoff-sandbox:", error);
}

/** Serves: `{ port, services, stop }`. */
export async function serve({ port: wanted, seed, clock }) {
  const services = createServices({ seed, clock, failed: letGo });
  const timers = createTimers();
  const sockets = new Set();
  let servers = [];
  // Counts up when idle connections must go.
  let idleRound = 0;

  /** Nobody waits for what happens by itself: what goes wrong is said, never lost. */
  const happen = (what) => {
    try {
      carryOut(what());
    } catch (error) {
      complain(error);
    }
  };
  const later = (ms, what) => timers.later(ms, () => happen(what));
  const pause = (ms) => new Promise((resolve) => (ms > 0 ? timers.later(ms, resolve) : resolve()));
  const shell = { services, happen, later, pause };
  const stream = createStream(shell);
  const watchers = createWatchers(shell);
  const deliveries = createDeliveries(shell);

  function letIdleGo() {
    idleRound += 1;
    servers.forEach((server) => server.closeIdleConnections());
  }

  /** The services have failed: that is said once, and nobody waits for them any more. */
  function letGo(failure) {
    console.error(`playoff-sandbox: ${failure.message}\n${failure.cause.stack}`);
    stream.cut();
    watchers.cut();
  }

  /** Does what the services say, in their order. */
  function carryOut(todo = []) {
    for (const one of todo) {
      if (one.do === "ring") later(one.ms, () => services.ring(one.timer));
      else if (one.do === "wake") later(one.ms, services.wake);
      else if (one.do === "deliver") deliveries.send(one.deliveries);
      else if (one.do === "letIdleGo") letIdleGo();
      else if (one.do in watchers.effects) watchers.effects[one.do](one);
      else stream.effects[one.do](one);
    }
  }

  /** Sends a reply, or cuts the connection. */
  async function send(response, reply, round) {
    await pause(reply.delayMs);
    if (reply.drop === "connection") return void response.req.socket.destroy();
    writeAnswer(response, reply, { close: reply.close || round !== idleRound, half: reply.drop === "body" });
  }

  /** Waits until a request is let in; or sends what it is answered instead, and gives `false`. */
  async function pass(door, response) {
    if (door.letIn === undefined) {
      await send(response(), door, idleRound);
      return false;
    }
    await pause(door.letIn);
    return true;
  }

  async function call(request, response) {
    const round = idleRound;
    const asked = readHead(request);
    const whose = kind(asked.target);
    if (whose === "stream") {
      if (await pass(services.streamDoor(asked), () => response)) await stream.poll(request, response, asked);
      return;
    }
    if (whose === "watch") {
      if (await pass(services.watchDoor(asked), () => response)) writeAnswer(response, watchers.noSocket, { close: true });
      return;
    }
    const reply = services.answer(asked, await readBody(request));
    carryOut(reply.todo);
    await send(response, reply, round);
  }

  async function upgrade(request, socket, head, response) {
    const asked = readHead(request);
    const whose = kind(asked.target);
    if (whose === "call") return call(request, response());
    if (whose === "stream") {
      if (await pass(services.streamDoor(asked), response)) stream.connect(request, socket, head, asked, response);
    } else if (await pass(services.watchDoor(asked), response)) watchers.connect(request, socket, head, response);
  }

  /** A request is told that the services have failed; where the shell is broken it ends without an answer. */
  function endBadly(request, response, error) {
    if (error instanceof SandboxFailure) return writeAnswer(response(), error.answer, { close: true });
    complain(error);
    request.socket.destroy();
  }

  function onRequest(request, response) {
    call(request, response).catch((error) => endBadly(request, () => response, error));
  }

  function onUpgrade(request, socket, head) {
    let made;
    const response = () => (made ??= responseOn(request, socket));
    upgrade(request, socket, head, response).catch((error) => endBadly(request, response, error));
  }

  function newServer() {
    const server = createServer(PATIENT);
    server.on("request", onRequest);
    server.on("upgrade", onUpgrade);
    server.on("connection", (socket) => {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
      // Clients go away, and dropped answers end here too.
      socket.on("error", () => socket.destroy());
    });
    return server;
  }

  const bound = await listen(wanted, newServer);
  servers = bound.servers;
  return {
    port: bound.port,
    services,
    /** Ends all connections and frees the port. */
    async stop() {
      if (servers.length === 0) return;
      const closing = servers.map((server) => new Promise((resolve) => server.close(resolve)));
      servers = [];
      timers.stop();
      deliveries.stop();
      sockets.forEach((socket) => socket.destroy());
      await Promise.all(closing);
    },
  };
}
