// Chromium, and what a player uploaded: handed out by the handler's proxy, no page runs it.

import { createRequire } from "node:module";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { equal, match, ok } from "../lib/assert.mjs";
import { launchChromium } from "../lib/chromium.mjs";
import { listen } from "../lib/loopback.mjs";

const SCRIPT = "fetch('/ran')";
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>${SCRIPT}</script></svg>`;
const HTML = `<!doctype html><title>x</title><script>${SCRIPT}</script>`;
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** What somebody uploaded, under the type that the service says. */
const UPLOADS = {
  "an SVG": { type: "image/svg+xml", body: SVG },
  "an HTML page": { type: "text/html; charset=utf-8", body: HTML },
  "an HTML page said to be JSON": { type: "application/json", body: HTML },
  "an SVG said to be a PNG": { type: "image/png", body: SVG },
  "an HTML page without a type": { type: "", body: HTML },
};

const page = (address) => `<!doctype html><title>game</title>
  <iframe src="${address}"></iframe><object data="${address}"></object><embed src="${address}"><img src="${address}">
  <script src="${address}"></script>`;

async function edgeOf(consumer) {
  const require = createRequire(join(consumer, "package.json"));
  return import(pathToFileURL(require.resolve("playoff-wasm/edge")).href);
}

/** A site whose `/api/*` is the handler's, and whose `/bare` hands the upload out as it is. */
async function site({ createEdgeHandler }, upload) {
  let ran = 0;
  const served = () => new Response(upload().body, { headers: upload().type ? { "content-type": upload().type } : {} });
  const handler = createEdgeHandler(() => ({
    clientId: "app",
    clientSecret: "not-a-real-secret",
    authenticate: () => ({ playerId: "johny" }),
    proxy: { allow: [["GET", "/runtime/*"]] },
    fetch: async () => served(),
  }));
  const routes = {
    "/": () => new Response(page("/api/runtime/image"), { headers: { "content-type": "text/html" } }),
    "/bare": served,
    "/ran": () => new Response(String((ran += 1))),
  };
  const { url, stop } = await listen(async ({ url: path, method, headers }, outgoing) => {
    const asked = new Request(`http://${headers.host}${path}`, { method, headers });
    const response = path.startsWith("/api/") ? await handler.fetch(asked) : (routes[path]?.() ?? new Response(""));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body) Readable.fromWeb(response.body).pipe(outgoing);
    else outgoing.end();
  });
  return { url, stop, times: () => ran };
}

/** What is said to the worker's owner while `run` runs. */
async function logged(run) {
  const { error } = console;
  const lines = [];
  console.error = (...line) => lines.push(line.join(" "));
  try {
    await run();
  } finally {
    console.error = error;
  }
  return lines;
}

export async function launchProxiedPage(report, cleanups, { consumer }) {
  const edge = await edgeOf(consumer);
  let upload;
  const { url, stop, times } = await site(edge, () => upload);
  cleanups.add(stop);
  const browser = await launchChromium();
  cleanups.add(() => browser.close());

  const visit = async (path) => {
    const before = times();
    const tab = await browser.newPage();
    await tab.goto(`${url}${path}`, { waitUntil: "networkidle" });
    await tab.close();
    return times() - before;
  };
  for (const [name, one] of Object.entries(UPLOADS)) {
    await report.test(`chromium: ${name}, handed out by the proxy, isn't run by a page`, async () => {
      upload = one;
      const lines = await logged(async () => {
        for (const path of ["/", "/api/runtime/image"]) equal(await visit(path), 0, `scripts that ran at ${path}`);
      });
      const isHandedOut = /json|png/.test(one.type);
      equal(lines.length > 0, !isHandedOut, "whether the worker's owner is told");
      for (const line of lines) match(line, /JSON and raster images only/, "what is logged");
    });
  }
  await report.test("chromium: the same, handed out as they are, run: the test sees it", async () => {
    for (const name of ["an SVG", "an HTML page"]) {
      upload = UPLOADS[name];
      ok((await visit("/bare")) > 0, `${name} ran`);
    }
  });
  await report.test("chromium: an image is shown through the proxy", async () => {
    upload = { type: "image/png", body: Buffer.from(PIXEL, "base64") };
    const tab = await browser.newPage();
    await tab.goto(url, { waitUntil: "networkidle" });
    equal(await tab.evaluate(() => document.querySelector("img").naturalWidth), 1, "its width");
    await tab.close();
  });
}
