// The samples of the manual that need a page, in Chromium, as they stand there: the services' own addresses lead to the
// sandbox, the page's own routes to a handler, and the page has the policy that the manual tells of.

import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import WebSocket from "ws";
import { deepEqual } from "../../lib/assert.mjs";
import { bundle } from "../../lib/bundle.mjs";
import { launchChromium } from "../../lib/chromium.mjs";
import { until } from "../../lib/limits.mjs";
import { allBlocks, blockWith, manualBlocks } from "../manual.mjs";

const stand = fileURLToPath(new URL("../guides/", import.meta.url));
/** Nobody listens there: every request is answered here. */
const PAGE = "http://localhost:3999";
const LIMIT = 20_000;
const SCOPES = ["player.runtime.read", "player.runtime.write"];
const SIGN_IN = { clientId: "your client's id", clientSecret: "not-a-real-secret" };
/** What the browser remarks when the handler says that nobody is signed in. */
const NOBODY_YET = /^Failed to load resource: .* 401 /;
const HOW = /^(?:prints (.+?))(?:; does (\w+))?$/;

/** What samples use of a page. */
const html = (script) => `<!doctype html>
<title>A sample</title>
<output id="badge"></output>
<button id="signInButton">Sign in</button>
${script}`;

/** The deeds of whoever sits before the page, or of others. */
const DEEDS = {
  async signIn({ page }) {
    const ready = () => page.evaluate(() => document.querySelector("#signInButton").onclick !== null);
    await until(ready, { limit: LIMIT, what: "the button does something" });
    await page.click("#signInButton");
    await page.check('input[value="johny"]');
    await page.click("button.allow");
  },
  async tell({ page, control }) {
    await page.locator("#badge.live").waitFor({ state: "attached" });
    await control.notify({ player_id: "johny", event: { event: "level" } });
  },
};

async function handlersOf(consumer, sandbox) {
  const { resolve } = createRequire(join(consumer, "package.json"));
  const { createEdgeHandler } = await import(pathToFileURL(resolve("playoff-wasm/edge")).href);
  const { apiUrl, authUrl } = sandbox;
  const { clientId, clientSecret } = sandbox.clients.find(({ type }) => type === "jwt");
  const authenticate = () => ({ playerId: "johny", scopes: SCOPES });
  const minting = createEdgeHandler(() => ({
    apiUrl,
    authUrl,
    clientId,
    clientSecret,
    authenticate,
    proxy: { allow: [["GET", "/runtime/*"]] },
  }));
  return { minting, signingIn: createEdgeHandler(() => ({ apiUrl, authUrl, ...SIGN_IN, authenticate: () => null })) };
}

/** Passes a page's WebSocket on to the sandbox. */
async function bridge(page, apiUrl) {
  const { pathname, search } = new URL(page.url());
  const service = new WebSocket(`${apiUrl.replace("http", "ws")}${pathname}${search}`);
  const opened = once(service, "open");
  page.onMessage(async (message) => {
    await opened;
    service.send(message);
  });
  service.on("message", (data) => page.send(`${data}`));
  service.on("close", () => page.close());
  page.onClose(() => service.close());
  await opened;
}

/** Answers everything that a page asks for. */
async function answerAll(context, { files, policy, handlers, sandbox, installed }) {
  const byHandler = (handler) => async (route) => {
    const request = route.request();
    const body = request.postDataBuffer();
    // What browsers say of the page's own requests, and the driver leaves out.
    const headers = { ...(await request.allHeaders()), "sec-fetch-site": "same-origin" };
    const init = { method: request.method(), headers, body };
    const response = await handler.fetch(new Request(request.url(), init), {});
    const answer = { status: response.status, headers: Object.fromEntries(response.headers) };
    await route.fulfill({ ...answer, body: Buffer.from(await response.arrayBuffer()) });
  };
  const bySandbox = (origin) => async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const response = await route.fetch({ url: `${origin}${pathname}${search}`, maxRedirects: 0 });
    await route.fulfill({ response });
  };
  const byFile = async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/favicon.ico") return route.fulfill({ status: 204 });
    if (pathname.startsWith("/node_modules/playoff-wasm/"))
      return route.fulfill({ path: join(installed, pathname.slice("/node_modules/playoff-wasm/".length)) });
    if (pathname === "/assets/playoff.wasm") return route.fulfill({ path: join(installed, "playoff.wasm") });
    if (pathname === "/sample.js") return route.fulfill({ contentType: "text/javascript", body: files.script });
    const headers = policy ? { "content-security-policy": policy } : {};
    return route.fulfill({ contentType: "text/html; charset=utf-8", headers, body: files.page });
  };
  // Whoever is routed last is asked first.
  await context.route("**/*", (route) => route.abort("blockedbyclient"));
  await context.route(`${PAGE}/**`, byFile);
  await context.route(/^https:\/\/api\.playoffgamification\.io\//, bySandbox(sandbox.apiUrl));
  await context.route(/^https:\/\/playoffgamification\.io\//, bySandbox(sandbox.authUrl));
  await context.routeWebSocket(/^wss:\/\/api\.playoffgamification\.io\//, (page) => bridge(page, sandbox.apiUrl));
  await context.route(`${PAGE}/auth/*`, byHandler(handlers.signingIn));
  await context.route(`${PAGE}/player-token`, byHandler(handlers.minting));
  await context.route(`${PAGE}/api/**`, byHandler(handlers.minting));
}

/** The sample as a page's script, or as the page itself. */
async function filesOf(block, { consumer }) {
  if (block.language === "html") return { page: html(block.text), script: "" };
  const folder = join(consumer, "guide-pages");
  await mkdir(folder, { recursive: true });
  await copyFile(join(stand, "page-world.mjs"), join(folder, "page-world.mjs"));
  await writeFile(join(folder, "sample.mjs"), block.text);
  await writeFile(join(folder, "main.mjs"), 'import "./page-world.mjs";\nimport "./sample.mjs";\n');
  await bundle(join(folder, "main.mjs"), consumer, join(folder, "sample.js"));
  const script = await readFile(join(folder, "sample.js"), "utf8");
  return { page: html('<script type="module" src="/sample.js"></script>'), script };
}

/** The policy of the guide. A page whose script is in it can't have one. */
async function policyFor({ language }, { installed }) {
  const line = blockWith(await manualBlocks(installed, "csp"), "Content-Security-Policy:");
  return language === "html" ? null : line.trim().slice("Content-Security-Policy: ".length);
}

async function runInPage(browser, block, world) {
  const [, printed, deed] = block.how.match(HOW) ?? [];
  if (printed === undefined) throw new Error(`what comes of it isn't said: ${block.how}`);
  const context = await browser.newContext();
  const problems = [];
  try {
    const handlers = await handlersOf(world.consumer, world.sandbox);
    const [files, policy] = await Promise.all([filesOf(block, world), policyFor(block, world)]);
    await answerAll(context, { ...world, files, policy, handlers });
    const page = await context.newPage();
    page.setDefaultTimeout(LIMIT);
    const said = [];
    page.on("console", (message) => {
      if (!NOBODY_YET.test(message.text())) (message.type() === "error" ? problems : said).push(message.text());
    });
    page.on("pageerror", (error) => problems.push(`${error.name}: ${error.message}`));
    await page.goto(`${PAGE}/`);
    if (deed) await DEEDS[deed]({ page, control: world.control });
    await until(() => said.some((line) => new RegExp(printed).test(line)) || problems.length > 0, {
      limit: LIMIT,
      what: `it prints ${printed}`,
    });
    deepEqual(problems, [], "problems of the page");
  } catch (error) {
    throw new Error(`${error.message}\n${problems.join("\n")}`, { cause: error });
  } finally {
    await context.close();
  }
}

export async function guidePageCases(report, cleanups, world) {
  const blocks = (await allBlocks(world.installed)).filter(({ way }) => way === "page");
  const browser = await launchChromium();
  cleanups.add(() => browser.close());
  for (const block of blocks) {
    block.taken = true;
    const body = async () => {
      await world.control.reset();
      const client = { ...SIGN_IN, type: "authorization_code", redirectUris: [`${PAGE}/callback`] };
      await world.control.seed({ clients: [client] });
      await runInPage(browser, block, world);
    };
    await report.test(`guides: ${block.at} runs in Chromium`, body, { limit: 60_000 });
  }
}
