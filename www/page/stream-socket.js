import { line } from "./line.js";
import { logSocket } from "./wire-log.js";

/** The browser's WebSocket over this page's line, for the client to open its stream by; the list of calls shows what is said. */
export class StreamSocket extends EventTarget {
  #wire = null;
  #log;
  #cut = () => this.#end();

  constructor(url) {
    super();
    this.#log = logSocket(url);
    if (line.isCut) queueMicrotask(this.#cut);
    else this.#open(url);
  }

  #open(url) {
    this.#wire = new WebSocket(url);
    this.#wire.addEventListener("open", () => this.#log.opened());
    this.#wire.addEventListener("message", ({ data }) => {
      this.#log.said("received", data);
      this.dispatchEvent(new MessageEvent("message", { data }));
    });
    this.#wire.addEventListener("close", this.#cut);
    line.addEventListener("cut", this.#cut);
  }

  send(text) {
    this.#log.said("sent", text);
    this.#wire?.send(text);
  }

  close() {
    this.#end();
  }

  /** However it ended: what comes from the wire from then on doesn't count any more. */
  #end() {
    line.removeEventListener("cut", this.#cut);
    this.#wire?.removeEventListener("close", this.#cut);
    this.#wire?.close();
    this.#log.closed();
    this.dispatchEvent(new Event("close"));
  }
}
