// Sends to the receivers of Toornament's webhooks.

import { request } from "node:http";
import { once } from "node:events";

// How long a receiver may take.
const LIMIT = 10_000;
// Nobody else is ever called.
const LOOPBACK = ["127.0.0.1", "[::1]", "localhost"];

/** The receiver's status. */
async function send({ method, url, headers, body }, signal) {
  const { protocol, hostname } = new URL(url);
  if (protocol !== "http:" || !LOOPBACK.includes(hostname)) throw new Error("only http to loopback is called");
  const length = body === "" && method === "HEAD" ? [] : [["content-length", Buffer.byteLength(body)]];
  const call = request(url, { method, headers: Object.fromEntries([...headers, ...length]), agent: false, signal });
  call.end(body);
  const [answer] = await once(call, "response");
  answer.resume();
  return answer.statusCode;
}

export function createDeliveries({ services, happen, pause }) {
  const stopping = new AbortController();
  const signal = () => AbortSignal.any([stopping.signal, AbortSignal.timeout(LIMIT)]);
  return {
    /** Sends what the services say, one after the other, and tells them what came of each. */
    async send(deliveries) {
      for (const delivery of deliveries) {
        await pause(delivery.afterMs);
        const outcome = await send(delivery, signal()).then(
          (status) => ({ status }),
          (error) => ({ error: error.message || error.code }),
        );
        if (stopping.signal.aborted) return;
        happen(() => services.delivered(delivery.id, outcome));
      }
    },
    stop: () => stopping.abort(),
  };
}
