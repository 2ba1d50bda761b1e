// Where it was measured, and how busy it was there: absolute numbers mean nothing without.

import { availableParallelism, cpus, loadavg } from "node:os";

const ENOUGH_LOAD = 1.5;

export function machine() {
  const [load] = loadavg();
  const cores = availableParallelism();
  const busy = load > ENOUGH_LOAD * cores ? `, busy with other work (load ${load.toFixed(1)})` : "";
  const place = `${cores} cores of ${cpus()[0].model.trim()}${busy}`;
  return `Measured on ${place}, by Node ${process.versions.node} on ${process.platform}.`;
}
