// The sockets of Kumite's WebSocket.

import { WebSocketServer } from "ws";
import { writeAnswer } from "./messages.js";

export function createWatchers({ services, happen }) {
  const transport = new WebSocketServer({ noServer: true, clientTracking: false });
  const open = new Map();
  const noSocket = { status: 400, headers: [], body: Buffer.alloc(0) };
  return {
    /** What a request gets that is none for a WebSocket. */
    noSocket,
    connect(request, socket, head, response) {
      if (!request.headers["sec-websocket-key"]) return writeAnswer(response(), noSocket, { close: true });
      transport.handleUpgrade(request, socket, head, (webSocket) => {
        const id = services.watchOpened();
        open.set(id, webSocket);
        // What is heard from the other side changes nothing, and how it leaves neither.
        webSocket.on("error", () => webSocket.terminate());
        webSocket.once("close", () => {
          open.delete(id);
          happen(() => services.watchClosed(id));
        });
      });
    },
    effects: {
      tell: ({ id, text }) => open.get(id)?.send(text),
      leave: ({ id }) => open.get(id)?.terminate(),
    },
  };
}
