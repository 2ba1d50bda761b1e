// One request and everything that came back, however it ended.

import { request } from "node:http";

const LIMIT = 15_000;

/** `{ status, reason, headers, body, cut }`; `cut` says whether the connection ended before the answer did. */
export function exchange(origin, { method, target, headers, body }) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    // The log tells the host, and ports differ.
    const all = { host: "localhost", ...headers, ...length };
    const call = request({ hostname, port, method, path: target, headers: all, agent: false, timeout: LIMIT });
    const seen = { status: null, reason: null, headers: [], body: Buffer.alloc(0), cut: false };
    const cut = (error) => (call.destroyed && error.timedOut ? reject(error) : resolve({ ...seen, cut: true }));
    call.on("timeout", () => call.destroy(Object.assign(new Error(`${method} ${target}: no answer`), { timedOut: true })));
    call.on("error", cut);
    call.on("response", (answer) => {
      const parts = [];
      Object.assign(seen, { status: answer.statusCode, reason: answer.statusMessage, headers: pairs(answer.rawHeaders) });
      answer.on("data", (part) => {
        parts.push(part);
        seen.body = Buffer.concat(parts);
      });
      answer.on("error", cut);
      answer.on("end", () => resolve(seen));
    });
    call.end(body);
  });
}

/** Headers as `name: value`, in an order of their own: that of the wire says nothing. */
function pairs(raw) {
  const all = [];
  for (let at = 0; at < raw.length; at += 2) all.push(`${raw[at].toLowerCase()}: ${raw[at + 1]}`);
  return all.sort();
}
