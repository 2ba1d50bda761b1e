import { Events, report } from "./events.js";
import { reasonOf } from "./reason.js";

/** How many wait for a slow reader. What comes then is left at the service, and read there when all of these were taken. */
const ROOM = 1_000;
const DONE = { done: true, value: undefined };

/** Notifications as they happen: an async iterator, and a source of events. Its methods can be passed on detached. */
class Feed {
  #events = new Events(["notification", "state", "error"]);
  #stop;
  #waiting = [];
  #takers = [];
  #state = "connecting";
  #iterated = false;
  #ended = false;
  /** What the reader hasn't been told yet. */
  #error;
  #taken;

  constructor(begin, signal) {
    const aborted = () => this.#end({ error: reasonOf(signal) });
    const stopped = new Promise((resolve) => {
      this.#stop = () => {
        signal?.removeEventListener?.("abort", aborted);
        resolve();
      };
    });
    const port = { give: (event) => this.#give(event), tell: (state) => this.#tell(state), stopped };
    begin(port).catch((error) => this.#end({ error }));
    signal?.addEventListener?.("abort", aborted);
    if (signal?.aborted === true) aborted();
  }

  /** `connecting`, `live`, `waiting`, `polling` or `ended`. */
  get state() {
    return this.#state;
  }

  on = (type, listener) => {
    const off = this.#events.on(type, listener);
    // Once the caller has whatever it does next.
    if (type === "notification") queueMicrotask(() => this.#handOver());
    return off;
  };

  next = () => {
    this.#iterated = true;
    if (this.#waiting.length > 0) return Promise.resolve({ done: false, value: this.#take() });
    if (!this.#ended) return new Promise((resolve, reject) => this.#takers.push({ resolve, reject }));
    const end = this.#error;
    this.#error = undefined;
    return end ? Promise.reject(end.error) : Promise.resolve(DONE);
  };

  /** Ends it at once. */
  close = () => {
    this.#waiting = [];
    this.#end();
    this.#error = undefined;
  };

  /** What `break` calls. */
  return = async () => {
    this.close();
    return DONE;
  };

  [Symbol.asyncIterator]() {
    return this;
  }

  /** Gives a promise where there is no room for another one. */
  #give(event) {
    if (this.#ended) return;
    this.#events.emit("notification", event);
    const taker = this.#takers.shift();
    if (taker) return taker.resolve({ done: false, value: event });
    if (this.#isListenedTo) return;
    this.#waiting.push(event);
    if (this.#waiting.length < ROOM) return;
    return new Promise((resolve) => (this.#taken = resolve));
  }

  /** Whoever listens and doesn't iterate wants nothing kept. */
  get #isListenedTo() {
    return !this.#iterated && this.#events.has("notification");
  }

  #take() {
    const event = this.#waiting.shift();
    if (this.#waiting.length === 0) this.#taken?.();
    return event;
  }

  #handOver() {
    while (this.#isListenedTo && this.#waiting.length > 0) this.#events.emit("notification", this.#take());
  }

  #tell(state) {
    if (state === this.#state || this.#ended) return;
    this.#state = state;
    this.#events.emit("state", state);
  }

  #end(end) {
    if (this.#ended) return;
    this.#tell("ended");
    this.#ended = true;
    this.#stop();
    this.#error = end;
    if (end && this.#events.has("error")) this.#events.emit("error", end.error);
    // Nobody else would hear of it.
    else if (end && this.#isListenedTo) report(end.error);
    for (const { resolve, reject } of this.#takers.splice(0)) {
      const told = this.#error;
      this.#error = undefined;
      if (told) reject(told.error);
      else resolve(DONE);
    }
    this.#events.clear();
  }
}

/** Opens a feed; `begin(options, port)` gives a promise of its end. */
export const openFeed = (begin, options) => new Feed((port) => begin(options, port), options?.signal);
