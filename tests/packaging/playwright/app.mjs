// The app that the README's test is of: a page, and the server that gives it its player's token.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createJWT } from "playoff-wasm/edge";
import config from "./playwright.config.js";

const KEYS = { clientId: "sandbox-jwt", clientSecret: "sandbox-jwt-secret-not-a-real-secret" };

const sandbox = new URL(config.webServer[0].url).origin;
const { hostname, port } = new URL(config.use.baseURL);

async function answer(path) {
  if (path === "/") return ["text/html", await readFile("index.html")];
  if (path.startsWith("/node_modules/playoff-wasm/")) return ["text/javascript", await readFile(`.${path}`)];
  if (path !== "/config.json") throw new Error(`there is no ${path}`);
  const token = createJWT({ ...KEYS, playerId: "johny", scopes: ["player.runtime.read"] });
  return ["application/json", JSON.stringify({ sandbox, token })];
}

createServer((request, response) => {
  answer(request.url).then(
    ([type, body]) => response.writeHead(200, { "content-type": type }).end(body),
    (error) => response.writeHead(404).end(error.message),
  );
}).listen({ host: hostname, port });
