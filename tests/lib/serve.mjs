// A folder served over http on a free port of 127.0.0.1.

import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { listen } from "./loopback.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};

async function answer(folder, headers, request, response) {
  const path = normalize(new URL(request.url, "http://localhost").pathname);
  const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
  try {
    const body = await readFile(file);
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", ...headers });
    response.end(body);
  } catch (error) {
    // A browser asks for the icon by itself: an answer without a body keeps its console clean.
    response.writeHead(path === "/favicon.ico" ? 204 : 404);
    response.end(error.code === "ENOENT" ? undefined : error.message);
  }
}

/** Serves `folder`; gives `{ url, stop() }`. */
export function serveFolder(folder, headers = {}) {
  return listen((request, response) => answer(folder, headers, request, response));
}
