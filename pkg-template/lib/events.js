import { ConfigError } from "../errors.js";

const TYPES = ["token", "signedOut", "retry", "warning"];

/** Those who listen to one client. */
export class Events {
  #listeners = new Map(TYPES.map((type) => [type, new Set()]));

  /** Adds a listener; gives what takes it away again. */
  on(type, listener) {
    const listeners = this.#listeners.get(type);
    if (listeners === undefined) {
      const message = `there is no event "${type}"; there are "${TYPES.join('", "')}"`;
      throw new ConfigError(message, { code: "invalid_option" });
    }
    if (typeof listener !== "function")
      throw new ConfigError("a listener must be a function", { code: "invalid_option" });
    const entry = { listener };
    listeners.add(entry);
    return () => void listeners.delete(entry);
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

function report(error) {
  if (typeof reportError === "function") return reportError(error);
  queueMicrotask(() => {
    throw error;
  });
}
