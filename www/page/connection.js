import { isPlayoffError } from "playoff-wasm";

const FIRST_DELAY = 1_000;
const LAST_DELAY = 20_000;

/** "connected" or "lost"; listeners hear of every change. */
export const connection = Object.assign(new EventTarget(), { state: "connected" });

function setState(state) {
  if (connection.state === state) return;
  connection.state = state;
  connection.dispatchEvent(new Event("change"));
}

/** Will the same call get through later, with nothing changed by anybody? */
export function isPassing(error) {
  if (isPlayoffError(error)) return error.retryable === true;
  return error instanceof TypeError; // what fetch rejects with when nobody answers
}

/** Does `work` until it gets through. Waits longer each time, at most until the page is looked at again. */
export async function untilConnected(work) {
  for (let failures = 0; ; failures += 1) {
    try {
      const result = await work();
      setState("connected");
      return result;
    } catch (error) {
      if (!isPassing(error)) throw error;
      setState("lost");
      await pause(Math.min(FIRST_DELAY * 2 ** failures, LAST_DELAY));
    }
  }
}

let wake = () => {};

/** Ends the wait before the next try. */
export const tryNow = () => wake();

function pause(milliseconds) {
  return new Promise((resolve) => {
    wake = resolve;
    if (!document.hidden) setTimeout(resolve, milliseconds); // nobody looks: wait for somebody who does
  });
}

for (const name of ["online", "focus"]) addEventListener(name, tryNow);
document.addEventListener("visibilitychange", () => document.hidden || tryNow());
