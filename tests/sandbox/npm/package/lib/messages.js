// HTTP messages between Node and the services.

import { ServerResponse } from "node:http";
import { MAX_BODY } from "./services.js";

// Without a body and its length: RFC 9110 section 8.6.
const BODILESS = new Set([204, 304]);

/** Node reads header values as Latin-1, and writes them so; ours are UTF-8. */
const fromWire = (value) => Buffer.from(value, "latin1").toString("utf8");
const toWire = (value) => Buffer.from(value, "utf8").toString("latin1");

/** Method, target and all headers of a request. */
export function readHead(request) {
  const raw = request.rawHeaders;
  const headers = [];
  for (let at = 0; at < raw.length; at += 2) headers.push([raw[at].toLowerCase(), fromWire(raw[at + 1])]);
  return { method: request.method, target: request.url, headers };
}

/**
 * The body; `undefined` when it is too large. It is read to the end even so: a connection closed before would take the
 * answer along.
 */
export async function readBody(request) {
  const parts = [];
  let length = 0;
  for await (const part of request) {
    length += part.length;
    if (length <= MAX_BODY) parts.push(part);
  }
  return length <= MAX_BODY ? Buffer.concat(parts) : undefined;
}

/** The answer to a request that Node gives out as a socket, since it asks for another protocol. */
export function responseOn(request, socket) {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.once("finish", () => socket.end());
  return response;
}

/** Writes an answer; `half`: its head, the first half of its body, and then nothing. */
export function writeAnswer(response, { status, headers, body }, { close = false, half = false } = {}) {
  const { socket } = response.req;
  const head = headers.flatMap(([name, value]) => [name, toWire(value)]);
  if (close || !response.shouldKeepAlive) head.push("connection", "close");
  const has = (wanted) => headers.some(([name]) => name === wanted);
  if (half) head.push("content-length", String(Math.max(body.length, 1)));
  else if (!BODILESS.has(status) && !has("content-length")) head.push("content-length", String(body.length));
  // Node would say that it keeps the connection alive, which HTTP/1.1 does by itself.
  response.removeHeader("connection");
  response.writeHead(status, head);
  if (!half) return void response.end(body);
  response.flushHeaders();
  response.write(body.subarray(0, body.length >> 1));
  socket.write("", () => socket.destroy());
}
