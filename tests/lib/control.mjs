// The sandbox's control routes. Runs in every host, so nothing of Node here.

export { controlClient } from "../sandbox/npm/package/control.js";

/** The calls of the log that aren't a browser's preflights. */
export function withoutPreflights(calls) {
  return calls.filter((call) => call.method !== "OPTIONS");
}
