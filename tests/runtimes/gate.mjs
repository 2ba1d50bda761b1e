// Places where a case holds things up.

/** `reached` settles when somebody calls `arrive()`, which gives a promise that `open(value)` settles. */
export function createGate() {
  let open;
  let arrived;
  const opened = new Promise((resolve) => (open = resolve));
  const reached = new Promise((resolve) => (arrived = resolve));
  return { reached, open, arrive: () => (arrived(), opened) };
}

/** After everything that waits already, timers included. */
export const turn = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));
