// A sandbox in this process.

import { controlClient } from "./control.js";
import { serve } from "./lib/server.js";

export { controlClient };

/** Takes a whole number that the services can hold; they read it as text. */
const number = (name, value) => {
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError(`${name} must be a whole number, not negative`);
  return String(value);
};

/** Starts a sandbox and gives where everything is, and how it is told what to do. */
export async function startSandbox({ port = 0, hostName = "127.0.0.1", seed, clock } = {}) {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError("port must be from 0 to 65535");
  const server = await serve({ port, seed: number("seed", seed), clock: number("clock", clock) });
  const url = `http://${hostName}:${server.port}`;
  const { playoff, kumite, toornament, control } = server.services.describe(url);
  return {
    url,
    playoff,
    kumite,
    toornament,
    control: controlClient(control.url),
    stop: server.stop,
  };
}
