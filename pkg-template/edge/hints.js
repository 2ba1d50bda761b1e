/** Milliseconds before a lost connection is made anew, at most; twice as long each time that nothing was heard. */
const BASE = 1_000;
const LONGEST = 30_000;

/** A WebSocket that tells of everything; heard is only that something happened to one of them, of that id. */
export class Hints {
  #url;
  #id;
  #WebSocket;
  #socket;
  #timer;
  #failures = 0;
  #closed = false;
  #rung = false;
  #wake;

  /** Without a constructor nothing is heard. */
  constructor(url, id, webSocket) {
    this.#url = url;
    this.#id = id;
    this.#WebSocket = webSocket;
    if (webSocket !== undefined) this.#connect();
  }

  /** Forgets what was heard so far. */
  quiet() {
    this.#rung = false;
  }

  ring() {
    this.#rung = true;
    this.#wake?.();
  }

  /** Until something was heard since it was quiet, and no longer than `longest` milliseconds. */
  async next(longest) {
    if (this.#rung) return;
    let timer;
    await new Promise((resolve) => {
      this.#wake = resolve;
      if (longest !== undefined) timer = setTimeout(resolve, longest);
    });
    this.#wake = undefined;
    clearTimeout(timer);
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  #connect() {
    let lost = () => {
      // It says so by two events.
      lost = () => {};
      this.#lost();
    };
    try {
      const socket = (this.#socket = new this.#WebSocket(this.#url));
      // What happened before was told to nobody here.
      socket.addEventListener("open", () => this.ring());
      socket.addEventListener("message", ({ data }) => this.#hear(data));
      socket.addEventListener("error", () => lost());
      socket.addEventListener("close", () => lost());
    } catch {
      lost();
    }
  }

  #hear(data) {
    this.#failures = 0;
    if (String(data).includes(this.#id)) this.ring();
  }

  #lost() {
    if (this.#closed) return;
    // Nothing is told meanwhile: where it is never reached, looking whenever it is tried is what remains.
    this.ring();
    const longest = Math.min(BASE * 2 ** this.#failures++, LONGEST);
    this.#timer = setTimeout(() => this.#connect(), Math.random() * longest);
  }
}
