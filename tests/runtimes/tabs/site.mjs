// A site on a port of its own: pages that all look the same, tokens for their player, cookies, and ways to elsewhere.

import { readFile } from "node:fs/promises";
import { listen } from "../../lib/loopback.mjs";

const HTML = `<!doctype html>
<meta charset="utf-8">
<title>tab</title>
<script>
  globalThis.uncaught = [];
  addEventListener("error", ({ message }) => globalThis.uncaught.push(message));
  addEventListener("unhandledrejection", ({ reason }) => globalThis.uncaught.push(String(reason)));
  const lacks = new URLSearchParams(location.search).getAll("lacks");
  if (lacks.includes("locks")) {
    Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
    // Browsers that have none (Safari up to 15.3) don't have these, either.
    delete Crypto.prototype.randomUUID;
    delete AbortSignal.prototype.reason;
  }
  if (lacks.includes("channels")) delete globalThis.BroadcastChannel;
  if (lacks.includes("databases")) Object.defineProperty(globalThis, "indexedDB", { value: undefined });
</script>
<script type="module" src="/page.js"></script>
<a id="known" href="/opened" target="_blank" rel="opener">the page is known there</a>
<a id="stranger" href="/opened" target="_blank" rel="noopener">it isn't</a>
<button id="script" onclick="window.open('/opened')">by script</button>
<form id="form" method="post"></form>
`;

async function bodyOf(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}

function cookieNames({ cookie = "" }) {
  const pairs = cookie.split("; ").filter(Boolean);
  return pairs.map((pair) => pair.split("=")[0]);
}

/** The page; `came` are the cookies that came with its request. */
function sendPage(response, set, came) {
  response.writeHead(200, { "content-type": "text/html", "set-cookie": set });
  response.end(`${HTML}<script>globalThis.came = ${JSON.stringify(came)}</script>\n`);
}

function sendJson(response, value) {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(value));
}

/** What the page's worker answers, which knows a client's secret. */
async function sendOf(response, worker, { method, url, headers }, body) {
  const init = { method, headers, ...(body ? { body } : {}) };
  const answer = await worker.fetch(new Request(`http://${headers.host}${url}`, init));
  response.writeHead(answer.status, [...answer.headers].flat());
  response.end(await answer.text());
}

/**
 * Starts it with the script in `file`; `mint()` gives a player's token, and `worker` is the handler of the sign-in
 * routes. Gives `{ url, localhost, told, stop() }`: the
 * second is the same server as another site, and `told` what pages sent to `/told`.
 */
export async function startSite({ file, mint, worker }) {
  const script = await readFile(file);
  const told = [];
  const { url, stop } = await listen(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const body = await bodyOf(request);
    if (pathname.startsWith("/auth/")) return sendOf(response, worker, request, body);
    switch (pathname) {
      case "/page.js":
        return response.writeHead(200, { "content-type": "text/javascript" }).end(script);
      case "/token":
        return sendJson(response, { access_token: await mint(), expires_in: 3600 });
      case "/told":
        told.push(body);
        return response.writeHead(204).end();
      case "/to":
        return response.writeHead(302, { location: searchParams.get("url") }).end();
      case "/favicon.ico":
        return response.writeHead(204).end();
      default:
        return sendPage(response, searchParams.getAll("set"), cookieNames(request.headers));
    }
  });
  return { url, localhost: url.replace("127.0.0.1", "localhost"), told, stop };
}
