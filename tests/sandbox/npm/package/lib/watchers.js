// The sockets of Kumite's WebSocket.

import { writeAnswer } from "./messages.js";
import { createWebSockets } from "./web-sockets.js";

export function createWatchers({ services, happen }) {
  const webSockets = createWebSockets();
  const open = new Map();
  const noSocket = { status: 400, headers: [], body: Buffer.alloc(0) };
  return {
    /** What a request gets that is none for a WebSocket. */
    noSocket,
    connect(request, socket, head, response) {
      if (!webSockets.isAskedFor(request)) return writeAnswer(response(), noSocket, { close: true });
      webSockets.accept(request, socket, head, (webSocket) => {
        const id = services.watchOpened();
        open.set(id, webSocket);
        // What is heard from the other side changes nothing, and how it leaves neither.
        webSocket.once("close", () => {
          open.delete(id);
          happen(() => services.watchClosed(id));
        });
      });
    },
    /** Ends all connections without a word. */
    cut: () => open.forEach((webSocket) => webSocket.terminate()),
    effects: {
      tell: ({ id, text }) => open.get(id)?.send(text),
      leave: ({ id }) => open.get(id)?.terminate(),
    },
  };
}
