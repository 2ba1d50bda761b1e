// The app's site: one page at every path.

import { readFile } from "node:fs/promises";
import { listen } from "../../lib/loopback.mjs";

const page = (settings) => `<!doctype html>
<meta charset="utf-8">
<title>game</title>
<button id="sign-in">Sign in</button>
<script>globalThis.settings = ${JSON.stringify(settings)}</script>
<script type="module" src="/page.js"></script>
`;

/**
 * Starts it with the script in `file`; `configure(settings)` says what its pages find. Gives
 * `{ url, configure, stop }`.
 */
export async function startSite({ file }) {
  const script = await readFile(file);
  let settings = {};
  const { url, stop } = await listen(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname === "/favicon.ico") return response.writeHead(204).end();
    const [type, body] = pathname === "/page.js" ? ["text/javascript", script] : ["text/html", page(settings)];
    response.writeHead(200, { "content-type": type }).end(body);
  });
  return { url, stop, configure: (wishes) => (settings = wishes) };
}
