// Another origin: a server that writes down whatever comes, and lets every page come.

import { listen } from "./loopback.mjs";

const OPEN = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "*, authorization",
  "access-control-allow-methods": "*",
};

async function bodyOf(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text;
}

/**
 * Starts it; gives `{ url, stop() }`. `GET /log` tells what came, `DELETE /log` forgets it. A body at `/v2/stalls` begins,
 * and never ends.
 */
export async function startElsewhere() {
  let calls = [];

  return listen(async (request, response) => {
    const { method, url, headers } = request;
    const body = await bodyOf(request);
    const isLog = url === "/log";
    if (isLog && method === "DELETE") calls = [];
    if (!isLog) calls.push({ method, url, headers, body });
    response.writeHead(200, { "content-type": "application/json", ...OPEN });
    if (url.startsWith("/v2/stalls")) return void response.write("[1,");
    response.end(JSON.stringify(isLog ? { calls } : { access_token: "from-elsewhere" }));
  });
}
