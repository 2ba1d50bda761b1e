// The pages that are loaded in Chromium: a client each, minified, served compressed as by any host.

import { mkdir, copyFile, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { bundle } from "../../lib/bundle.mjs";
import { launchChromium } from "../../lib/chromium.mjs";
import { listen } from "../../lib/loopback.mjs";

const here = (file) => fileURLToPath(new URL(file, import.meta.url));

const PAGE = `<!doctype html>
<title>bench</title>
<script src="watch.js"></script>
<script type="module">
  // A page that is just being opened has more to do than to import: what that costs is nobody's client's.
  if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve));
  await new Promise((resolve) => requestIdleCallback(resolve));
  const begin = performance.now();
  await import("./main.js");
  globalThis.milliseconds = (await globalThis.firstSent) - begin;
</script>
`;
const TYPES = { html: "text/html", js: "text/javascript", wasm: "application/wasm", json: "application/json" };
// Chromium's clock is finer, by twenty times, where nobody else can look on.
const ALONE = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** Files by path: the pages with the names of clients, and the answer to a call. */
async function filesOf(clients, { consumer, installed, folder }) {
  await mkdir(folder, { recursive: true });
  const files = { "/v2/runtime/player": ["json", Buffer.from('{ "id": "johny" }')] };
  for (const client of clients) {
    const outfile = join(folder, `${client}.js`);
    await bundle(here(`${client}.mjs`), consumer, outfile, { platform: "browser", minify: true });
    files[`/${client}/`] = ["html", Buffer.from(PAGE)];
    files[`/${client}/main.js`] = ["js", await readFile(outfile)];
    files[`/${client}/watch.js`] = ["js", await readFile(here("watch.js"))];
    files[`/${client}/playoff.wasm`] = ["wasm", await readFile(join(installed, "playoff.wasm"))];
  }
  return files;
}

/**
 * Serves the clients' pages. `load(client)` opens one as a visitor who was never there, and gives what it measured: times
 * by the clock, and the `cpu` of the page's own thread, which is the same on a busy machine.
 */
export async function openSite(clients, context, name) {
  const files = await filesOf(clients, { ...context, folder: join(context.work, name) });
  for (const file of Object.values(files)) file[1] = brotliCompressSync(file[1]);
  const server = await listen(async ({ url }, response) => {
    // A token may be in the query.
    const [type, body] = files[new URL(url, server.url).pathname] ?? [];
    const headers = { "content-encoding": "br", "cache-control": "no-store", ...ALONE };
    if (body) response.writeHead(200, { "content-type": TYPES[type], ...headers });
    else response.writeHead(404);
    response.end(body);
  });
  const browser = await launchChromium();
  return {
    version: browser.version(),
    async load(client) {
      const visitor = await browser.newContext();
      try {
        const page = await visitor.newPage();
        const inspector = await visitor.newCDPSession(page);
        await inspector.send("Performance.enable", { timeDomain: "threadTicks" });
        await page.goto(`${server.url}/${client}/`);
        await page.waitForFunction(() => globalThis.milliseconds !== undefined);
        const { metrics } = await inspector.send("Performance.getMetrics");
        const { value } = metrics.find(({ name }) => name === "TaskDuration");
        const told = await page.evaluate(() => ({ milliseconds: globalThis.milliseconds, ...globalThis.spent }));
        return { ...told, cpu: value * 1_000 };
      } finally {
        await visitor.close();
      }
    },
    async stop() {
      await browser.close();
      await server.stop();
    },
  };
}
