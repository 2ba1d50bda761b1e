// A client that goes away before its answer, so that the server notices.

import { request } from "node:http";

/**
 * Sends a request; gives a function that goes away. An aborted `fetch` closes its side alone, which could as well
 * mean that it has said all it has to say: workerd goes on for it. A connection that is reset is gone.
 */
export function sendToLeave(url, { method = "GET", body } = {}) {
  const sent = request(url, { method });
  const failed = new Promise((resolve) => sent.once("error", resolve));
  sent.end(body);
  return async () => {
    sent.socket.resetAndDestroy();
    const { code } = await failed;
    if (code !== "ECONNRESET") throw new Error(`the request failed by itself: ${code}`);
  };
}
