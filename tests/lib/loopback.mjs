// An HTTP server on a free port of 127.0.0.1.

import { createServer } from "node:http";
import { once } from "node:events";

/**
 * Starts one that answers by `answer(request, response)`, which is async, and hands over connections by
 * `upgrade(request, socket, head)`, where given; gives `{ url, stop() }`.
 */
export async function listen(answer, { upgrade } = {}) {
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  const lines = new Set();
  server.on("connection", (line) => lines.add(line) && line.once("close", () => lines.delete(line)));
  if (upgrade) server.on("upgrade", upgrade);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    stop() {
      // Those that were handed over too, which `closeAllConnections` knows nothing of.
      for (const line of lines) line.destroy();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
