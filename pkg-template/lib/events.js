import { ConfigError } from "../errors.js";

const TYPES = ["token", "signedOut", "retry", "warning"];

/** Those who listen to one client, or to something else that tells of other types. */
export class Events {
  #listeners;

  constructor(types = TYPES) {
    this.#listeners = new Map(types.map((type) => [type, new Set()]));
  }

  /** Adds a listener; gives what takes it away again. */
  on(type, listener) {
    const listeners = this.#listeners.get(type);
    if (listeners === undefined) {
      const message = `there is no event "${type}"; there are "${[...this.#listeners.keys()].join('", "')}"`;
      throw new ConfigError(message, { code: "invalid_option" });
    }
    if (typeof listener !== "function")
      throw new ConfigError("a listener must be a function", { code: "invalid_option" });
    const entry = { listener };
    listeners.add(entry);
    return () => void listeners.delete(entry);
  }

  /** Whether anybody listens. */
  has(type) {
    return this.#listeners.get(type).size > 0;
  }

  /** Tells those who listen. One that throws is reported as the platform does it, and stops no other. */
  emit(type, event) {
    for (const { listener } of [...this.#listeners.get(type)]) {
      try {
        listener(event);
      } catch (error) {
        report(error);
      }
    }
  }

  /** Tells nobody any more. */
  clear() {
    for (const listeners of this.#listeners.values()) listeners.clear();
  }
}

/** Tells of an error as the platform does it. */
export function report(error) {
  if (typeof reportError === "function") return reportError(error);
  queueMicrotask(() => {
    throw error;
  });
}
