// WebSockets by `ws`, which knows nothing of who is let in.

import { WebSocketServer } from "ws";

/** Answers requests for one; `headers` go along with each answer. */
export function createWebSockets({ headers: more = [] } = {}) {
  const transport = new WebSocketServer({ noServer: true, clientTracking: false });
  transport.on("headers", (headers) => headers.push(...more.map((header) => header.join(": "))));
  return {
    /** Whether a request can be one: RFC 6455 section 4.2.1. */
    isAskedFor: (request) => request.headers["sec-websocket-key"] !== undefined,
    accept(request, socket, head, use) {
      transport.handleUpgrade(request, socket, head, (webSocket) => {
        // Once both have said goodbye the connection ends here too: `ws` would wait for the client to do it.
        socket.once("finish", () => socket.destroy());
        webSocket.on("error", () => webSocket.terminate());
        use(webSocket);
      });
    },
  };
}
