// Finds a port.

import { once } from "node:events";

const HOSTS = ["127.0.0.1", "::1"];
// How many ports are tried after a taken one.
const TRIES = 100;
const LAST_PORT = 65_535;

/** Listens there; gives the port. */
async function bind(server, port, host) {
  server.listen({ port, host });
  await once(server, "listening");
  return server.address().port;
}

const close = (server) => new Promise((resolve) => server.close(resolve));

/** Listens on that port over IPv4, and over IPv6 where there is any: `{ port, servers }`. */
async function bindBoth(wanted, createServer) {
  const [first, second] = [createServer(), createServer()];
  const port = await bind(first, wanted, HOSTS[0]);
  try {
    await bind(second, port, HOSTS[1]);
    return { port, servers: [first, second] };
  } catch (error) {
    if (error.code === "EADDRINUSE") {
      await close(first);
      throw error;
    }
    console.error(`playoff-sandbox: no IPv6 here (${error.message}), serving over IPv4 only`);
    return { port, servers: [first] };
  }
}

/** Listens on that port or the next free one; 0 is any free one. */
export async function listen(wanted, createServer) {
  for (let port = wanted; port < wanted + TRIES && port <= LAST_PORT; port += wanted === 0 ? 0 : 1) {
    try {
      const bound = await bindBoth(port, createServer);
      if (wanted !== 0 && bound.port !== wanted) {
        console.error(`playoff-sandbox: port ${wanted} is taken, serving on ${bound.port}`);
      }
      return bound;
    } catch (error) {
      if (error.code !== "EADDRINUSE") throw error;
    }
  }
  throw new Error(`no free port from ${wanted} on; name another one`);
}
