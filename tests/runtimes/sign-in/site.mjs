// A site of one page at every path, with the worker's routes beside.

import { Readable } from "node:stream";
import { listen } from "../../lib/loopback.mjs";

const HTML = `<!doctype html>
<meta charset="utf-8">
<title>game</title>
<script type="module" src="/page.js"></script>
<button id="duplicate" onclick="window.open('/duplicate')">the same once more</button>
<div id="root"></div>
`;
const FRAME = '<!doctype html><meta charset="utf-8"><title>game</title><iframe sandbox="allow-scripts" src="/inner"></iframe>\n';

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function send(response, type, body) {
  // A sandboxed frame reads even its own script as a stranger.
  response.writeHead(200, { "content-type": type, "access-control-allow-origin": "*" });
  response.end(body);
}

/**
 * Starts it with `scripts`, a Map by path, and the worker's `handler`. Gives `{ url, asked, came, stop() }`: `asked` is what
 * the worker got, `came` every request with its referrer.
 */
export async function startSite({ scripts, handler }) {
  const [asked, came] = [[], []];
  const { url, stop } = await listen(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const body = await bodyOf(request);
    came.push({ path: pathname, referrer: request.headers.referer ?? "" });
    if (pathname.startsWith("/auth/")) {
      asked.push({ path: pathname, body: body.toString() });
      const { method, headers } = request;
      const answer = await handler.fetch(new Request(`http://${headers.host}${request.url}`, { method, headers, body }));
      response.writeHead(answer.status, [...answer.headers].flat());
      return answer.body ? Readable.fromWeb(answer.body).pipe(response) : response.end();
    }
    if (scripts.has(pathname)) return send(response, "text/javascript", scripts.get(pathname));
    if (pathname === "/favicon.ico") return response.writeHead(204).end();
    return send(response, "text/html", pathname === "/frame" ? FRAME : HTML);
  });
  return { url, asked, came, stop };
}
