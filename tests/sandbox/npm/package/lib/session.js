// One connection of the notification stream: engine.io, revision 3, from the server's side. It polls, or has a
// WebSocket, or goes over from the one to the other.

import { CLOSE, NOOP, PONG, PROBE, PROBED, UPGRADE, messagePacket, readPacket, writePayload } from "./packets.js";

// How many messages may wait to be sent.
const BUFFER = 20_000;

export class Session {
  #hooks;
  /** The TCP connection that can be held back or cut. */
  #line;
  #webSocket;
  #upgrading = false;
  #ended = false;
  /** What is to be sent to whoever polls, and to whom. */
  #waiting = [];
  #poll;
  /** What the WebSocket has been given and hasn't sent. */
  #unsent = 0;
  #patience;
  #stopWaiting;
  #later;

  /** `hooks`: `message(text)`, and `closed(reason)` when it ends by itself. */
  constructor({ line, settings, later, hooks }) {
    this.#line = line;
    this.#hooks = hooks;
    this.#later = later;
    this.#patience = settings.pingInterval + settings.pingTimeout;
    this.#expectPing();
  }

  get polls() {
    return this.#webSocket === undefined;
  }

  /** Has a WebSocket from the beginning. */
  open(webSocket, openPacket) {
    this.#take(webSocket);
    this.#sendFrame(openPacket);
    webSocket.on("message", (data, isBinary) => this.receive(isBinary ? "b" : data.toString()));
  }

  /** Goes over to a WebSocket, once the client has tried it. */
  upgrade(webSocket) {
    this.#upgrading = true;
    this.#answerPoll([NOOP]);
    const lost = () => this.#end("connection lost", () => webSocket.terminate());
    let tried = false;
    const handshake = (data, isBinary) => {
      const packet = isBinary ? "b" : data.toString();
      if (!tried && packet === PROBE) {
        tried = true;
        webSocket.send(PROBED);
      } else if (tried && packet === UPGRADE) {
        webSocket.off("message", handshake).off("close", lost);
        webSocket.on("message", (more, binary) => this.receive(binary ? "b" : more.toString()));
        this.#take(webSocket);
        this.#waiting.splice(0).forEach((one) => this.#sendFrame(one));
      } else lost();
    };
    webSocket.on("message", handshake).once("close", lost);
  }

  #take(webSocket) {
    this.#webSocket = webSocket;
    webSocket.once("close", (code) => this.#end(code === 1006 ? "connection lost" : "client"));
  }

  /** One packet from the client. */
  receive(packet) {
    if (this.#ended) return;
    const { is, text } = readPacket(packet);
    if (is === "ping") {
      this.#expectPing();
      this.#give(PONG);
    } else if (is === "message") this.#hooks.message(text);
    else if (is === "close") this.#end("client", () => this.#leave(NOOP));
    else this.endBadly();
  }

  /** The client has sent what can't be read. */
  endBadly() {
    this.#end("bad packet", () => this.#drop());
  }

  /** A payload for who polls, as soon as there is any; `undefined` when they poll already. */
  poll(response) {
    if (this.#upgrading) return Promise.resolve(writePayload([NOOP]));
    if (this.#poll !== undefined) {
      this.#end("polled twice at once", () => this.#leave(CLOSE));
      return undefined;
    }
    const payload = new Promise((resolve) => (this.#poll = resolve));
    const mine = this.#poll;
    response.once("close", () => {
      if (this.#poll === mine) this.#poll = undefined;
    });
    this.#answerPoll(this.#waiting.splice(0));
    return payload;
  }

  send(text) {
    this.#give(messagePacket(text));
  }

  /** Ends it in order, after all that was sent. */
  close() {
    this.#end(undefined, () => this.#leave(CLOSE));
  }

  /** Ends it without a word. */
  cut() {
    this.#end(undefined, () => this.#drop());
  }

  /** Sends nothing for a while; what is to be sent waits. */
  silence(ms) {
    this.#line.cork();
    this.#later(ms, () => this.#line.uncork());
  }

  #expectPing() {
    this.#stopWaiting?.();
    const stop = this.#later(this.#patience, () => {
      // Node looks at timers before it reads: a ping that lies there already still counts.
      setImmediate(() => {
        if (this.#stopWaiting === stop) this.#end("heartbeat", () => this.#leave(CLOSE));
      });
    });
    this.#stopWaiting = stop;
  }

  #give(packet) {
    if (this.#ended) return;
    if (this.#webSocket === undefined) {
      this.#waiting.push(packet);
      if (this.#poll !== undefined) this.#answerPoll(this.#waiting.splice(0));
    } else this.#sendFrame(packet);
    // Who is that slow is better off reading what they missed.
    if (this.#waiting.length + this.#unsent > BUFFER) this.#end("connection lost", () => this.#drop());
  }

  #sendFrame(packet) {
    this.#unsent += 1;
    this.#webSocket.send(packet, () => (this.#unsent -= 1));
  }

  #answerPoll(packets) {
    if (packets.length === 0 || this.#poll === undefined) return;
    const answer = this.#poll;
    this.#poll = undefined;
    answer(writePayload(packets));
  }

  /** The last words: a close frame, or that packet to who polls. */
  #leave(packet) {
    this.#webSocket?.close();
    this.#answerPoll([...this.#waiting.splice(0), packet]);
  }

  #drop() {
    this.#line.destroy();
    this.#webSocket?.terminate();
    this.#answerPoll([CLOSE]);
  }

  /** Without a reason it isn't told: whoever ends it knows. */
  #end(reason, how) {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopWaiting();
    how?.();
    this.#hooks.closed(reason);
  }
}
