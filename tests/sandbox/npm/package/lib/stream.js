// The sockets of the notification stream: engine.io, which knows nothing of notifications, and what the services say.

import { randomBytes } from "node:crypto";
import { readBody, writeAnswer } from "./messages.js";
import { openPacket, readPayload, writePayload } from "./packets.js";
import { Session } from "./session.js";
import { createWebSockets } from "./web-sockets.js";

const REVISION = "3";
const SID = /^[\w-]{16}$/;
const EVERYBODY = ["access-control-allow-origin", "*"];

const answer = (status, type, text) => ({
  status,
  headers: [...(type ? [["content-type", type]] : []), EVERYBODY],
  body: Buffer.from(text),
});
const payload = (text) => answer(200, "text/plain; charset=UTF-8", text);
const refusal = (code, message) => answer(400, "application/json", JSON.stringify({ code, message }));
const EMPTY = answer(400, undefined, "");
const UNKNOWN_TRANSPORT = refusal("0", "Transport unknown");
const UNKNOWN_SESSION = refusal("1", "Session ID unknown");
const BAD_METHOD = refusal("2", "Bad handshake method");
const BAD_REQUEST = refusal("3", "Bad request");
const UNKNOWN_REVISION = refusal("5", "Unsupported protocol version");

/** What a request wants of the transport: `{ sid, transport }`, or how it is `refused`. */
function readWish({ method, target }) {
  const at = target.indexOf("?");
  if (at < 0) return { refused: UNKNOWN_TRANSPORT };
  const wishes = new URLSearchParams(target.slice(at));
  if (wishes.get("EIO") !== REVISION) return { refused: UNKNOWN_REVISION };
  const transport = wishes.get("transport");
  if (transport !== "websocket" && transport !== "polling") return { refused: UNKNOWN_TRANSPORT };
  const sid = SID.test(wishes.get("sid")) ? wishes.get("sid") : undefined;
  if (method !== "GET" && sid === undefined) return { refused: BAD_METHOD };
  return { sid, transport };
}

export function createStream({ services, happen, later }) {
  const webSockets = createWebSockets({ headers: [EVERYBODY] });
  const bySid = new Map();
  const byNumber = new Map();

  /** A new session, which the services don't know yet: `tell` has them say the first words. */
  function begin(line, settings) {
    const sid = randomBytes(12).toString("base64url");
    let number;
    const session = new Session({
      line,
      settings,
      later,
      hooks: {
        message: (text) => happen(() => services.streamMessage(number, text)),
        closed(reason) {
          bySid.delete(sid);
          byNumber.delete(number);
          if (reason !== undefined) happen(() => services.streamClosed(number, reason));
        },
      },
    });
    bySid.set(sid, session);
    const tell = () =>
      happen(() => {
        const { id, todo } = services.streamOpened();
        number = id;
        byNumber.set(id, session);
        return todo;
      });
    return { sid, session, tell };
  }

  function open(line) {
    const settings = services.streamSettings();
    const { sid, tell } = begin(line, settings);
    tell();
    return payload(writePayload([openPacket(sid, ["websocket"], settings)]));
  }

  async function send(request, session) {
    const body = await readBody(request);
    const packets = body && readPayload(body, request.headers["content-type"]);
    if (packets === undefined) {
      session.endBadly();
      return EMPTY;
    }
    packets.forEach((packet) => session.receive(packet));
    return payload("ok");
  }

  async function polled(request, response, asked) {
    const { refused, sid, transport: wanted } = readWish(asked);
    if (refused) return refused;
    if (wanted === "websocket") return EMPTY;
    if (sid === undefined) return open(request.socket);
    const session = bySid.get(sid);
    if (session === undefined) return UNKNOWN_SESSION;
    if (!session.polls) return BAD_REQUEST;
    if (asked.method === "POST") return send(request, session);
    if (asked.method !== "GET") return EMPTY;
    const text = await session.poll(response);
    return text === undefined ? EMPTY : payload(text);
  }

  /** A WebSocket, or how the request for it is refused. */
  function join(request, asked) {
    const { refused, sid, transport: wanted } = readWish(asked);
    if (refused) return { refused };
    if (wanted !== "websocket" || !webSockets.isAskedFor(request)) return { refused: EMPTY };
    if (sid === undefined) return { joins: (webSocket) => openOn(request.socket, webSocket) };
    const session = bySid.get(sid);
    if (session === undefined) return { refused: UNKNOWN_SESSION };
    return session.polls ? { joins: (webSocket) => session.upgrade(webSocket) } : { refused: BAD_REQUEST };
  }

  function openOn(line, webSocket) {
    const settings = services.streamSettings();
    const { sid, session, tell } = begin(line, settings);
    session.open(webSocket, openPacket(sid, [], settings));
    tell();
  }

  return {
    /** Answers a request of who polls. */
    async poll(request, response, asked) {
      const answered = await polled(request, response, asked);
      services.streamAnswered(asked, answered.status);
      writeAnswer(response, answered);
    },
    /** Answers a request for a WebSocket. */
    connect(request, socket, head, asked, response) {
      const { refused, joins } = join(request, asked);
      services.streamAnswered(asked, refused?.status ?? 101);
      if (refused) return writeAnswer(response(), refused, { close: true });
      webSockets.accept(request, socket, head, joins);
    },
    /** Ends all connections without a word. */
    cut: () => new Set([...bySid.values(), ...byNumber.values()]).forEach((session) => session.cut()),
    effects: {
      send: ({ id, text }) => byNumber.get(id)?.send(text),
      close: ({ id }) => byNumber.get(id)?.close(),
      cut: ({ id }) => byNumber.get(id)?.cut(),
      silence: ({ id, ms }) => byNumber.get(id)?.silence(ms),
      // Settings are asked for whenever somebody connects; whoever polls has to begin again.
      renew: () => bySid.clear(),
    },
  };
}
