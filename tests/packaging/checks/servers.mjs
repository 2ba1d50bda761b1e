// The manual's worker in other servers, by the manual's own few lines.

import { createHash, randomBytes } from "node:crypto";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { Agent, request as httpRequest } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { deepEqual, equal, match, ok } from "../../lib/assert.mjs";
import { bundleWorker } from "../../lib/bundle.mjs";
import { until } from "../../lib/limits.mjs";
import { freePort, runWell, start } from "../../lib/processes.mjs";
import { testsFolder } from "../../lib/tools.mjs";
import { startWorkerd } from "../../lib/workerd.mjs";
import { fileOf, manualBlocks, replaced } from "../manual.mjs";

const stand = fileURLToPath(new URL("../servers/", import.meta.url));
const LARGE = 10 * 1024 * 1024;
const KEYS = { PLAYOFF_CLIENT_ID: "app", PLAYOFF_CLIENT_SECRET: "not-a-real-secret" };

/** The manual's worker as `handler.js` in a folder. */
async function writeHandler(folder, installed) {
  const worker = fileOf(await manualBlocks(installed, "workers"), "src/index.ts");
  await mkdir(join(folder, "src"), { recursive: true });
  await writeFile(join(folder, "src", "index.ts"), worker);
  await copyFile(join(stand, "session.ts"), join(folder, "src", "session.ts"));
  await build({
    entryPoints: [join(folder, "src", "index.ts")],
    outfile: join(folder, "handler.js"),
    bundle: true,
    format: "esm",
    target: "es2022",
    packages: "external",
  });
}

/** The player whose token an answer holds. */
function playerIn(text) {
  const [, claims] = JSON.parse(text).access_token.split(":")[1].split(".");
  return JSON.parse(Buffer.from(claims, "base64url")).player_id;
}

async function honoMints(folder, consumer) {
  const modules = await bundleWorker(join(folder, "hono.js"), consumer, join(folder, "worker", "worker.js"), {
    nodePaths: [join(consumer, "node_modules"), join(testsFolder, "node_modules")],
  });
  const server = await startWorkerd({ folder: join(folder, "worker"), modules, bindings: KEYS });
  const ask = async (path, headers) => {
    const response = await fetch(`${server.url}${path}`, { method: "POST", headers });
    return [response.status, await response.text()];
  };
  try {
    const [status, text] = await ask("/player-token", { origin: server.url, cookie: "player=mara" });
    equal(status, 200, `status (${text} ${server.output()})`);
    equal(playerIn(text), "mara", "player");
    equal((await ask("/player-token", { origin: server.url }))[0], 401, "status without a session");
    equal((await ask("/player-token", { origin: "https://other.example" }))[0], 403, "status for another origin");
    equal((await ask("/other", {}))[0], 404, "status of a route that isn't ours");
  } finally {
    await server.stop();
  }
}

/** As @hono/node-server calls an app: what it gives as `env` is the request and the answer of Node. */
const LIKE_NODE_SERVER = `
import app from "./hono.js";
const headers = { origin: "http://localhost", cookie: "player=mara" };
const request = new Request("http://localhost/player-token", { method: "POST", headers });
const answer = await app.fetch(request, { incoming: {}, outgoing: {} });
console.log(await answer.text());
`;

async function honoMintsInNode(folder) {
  const file = join(folder, "hono-in-node.mjs");
  await build({
    stdin: { contents: LIKE_NODE_SERVER, resolveDir: folder },
    outfile: file,
    bundle: true,
    format: "esm",
    platform: "node",
    external: ["playoff-wasm"],
    nodePaths: [join(testsFolder, "node_modules")],
  });
  const env = { ...process.env, ...KEYS };
  const { stdout } = await runWell(process.execPath, [file], { cwd: folder, env, limit: 10_000 });
  equal(playerIn(stdout), "mara", "player");
}

/** Starts the manual's `server.js` in a folder, and gives it to `use`. What it logs has to be `log`. */
async function underNode(folder, use, log = /^$/) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = start(process.execPath, ["server.js"], {
    cwd: folder,
    env: { ...process.env, ...KEYS, ORIGIN: origin, PORT: String(port) },
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    await until(async () => (await fetch(origin)).status > 0, { what: "the manual's server" });
    await use({ origin, send: (path, options) => send(agent, port, path, options) });
    match(server.output(), log, "what the server logs");
    equal(server.child.exitCode, null, "exit code: it runs on");
  } catch (error) {
    throw new Error(`${error.message}\n${server.output()}`, { cause: error });
  } finally {
    agent.destroy();
    await server.stop();
  }
}

/** One request over the one connection: `{ status, headers, body, reused }`. */
async function send(agent, port, path, { method = "POST", headers = {}, body } = {}) {
  const call = httpRequest({ agent, host: "127.0.0.1", port, path, method, headers });
  const closed = once(call, "close");
  call.end(body);
  const [response] = await once(call, "response");
  const chunks = [];
  for await (const chunk of response) chunks.push(chunk);
  await closed; // an answer may be there before the whole body is
  const { statusCode: status, headersDistinct } = response;
  return { status, headers: headersDistinct, body: Buffer.concat(chunks), reused: call.reusedSocket };
}

/** The worker itself: its own page gets a token, unless a body comes along that is too large; nobody is fooled about
 * whose page it is. */
async function nodeMints({ origin, send }) {
  const own = { headers: { origin, cookie: "player=mara" } };
  const answer = await send("/player-token", own);
  equal(answer.status, 200, `status (${answer.body})`);
  equal(playerIn(answer.body), "mara", "player");
  const large = await send("/player-token", { ...own, body: Buffer.alloc(LARGE, "x") });
  equal(large.status, 413, `status of a large body (${large.body})`);
  const next = await send("/player-token?a=b?c", own);
  deepEqual([next.status, next.reused], [200, true], "the next one, over the same connection");

  const other = { origin: "http://other.example", cookie: "player=mara" };
  for (const path of ["//other.example/player-token", "http://other.example/player-token", "/player-token"]) {
    for (const headers of [other, { ...other, host: "other.example" }]) {
      const { status, body } = await send(path, { headers });
      ok([403, 404].includes(status), `${path} from another origin: ${status} ${body}`);
    }
  }
  equal((await send("*", { method: "OPTIONS" })).status, 404, "status of OPTIONS *");
}

/** Bodies and headers both ways. */
async function carries({ origin, send }) {
  const body = randomBytes(LARGE);
  const odd = { "x-latin": "é\xff\t~", "x-!#$%&'*+.^_`|~": "1", "x-empty": "", "x-two": ["a", "b, c"] };
  const echo = await send("/echo", { body, headers: odd });
  const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");
  equal(hash(echo.body), hash(body), "hash of 10 MB that came back");
  deepEqual(
    echo.headers["set-cookie"],
    ["a=1; Path=/", "b=2; Expires=Thu, 01 Jan 2037 00:00:00 GMT"],
    "set-cookie of the answer",
  );
  for (const [name, value] of Object.entries(odd)) equal(echo.headers[name].join(), [value].flat().join(", "), name);

  const refused = await send("/too-large", { body });
  deepEqual([refused.status, `${refused.body}`, refused.reused], [413, "enough", true], "a body that isn't read");
  const nothing = await send("/nothing");
  deepEqual([nothing.status, nothing.body.length, nothing.reused], [204, 0, true], "an answer without a body");
  equal((await send("/echo", { method: "HEAD" })).status, 200, "status of HEAD");

  for (const [path, url] of [
    ["/a%2fb/../c?x=%20&y=?", "/c?x=%20&y=?"],
    ["//other.example/x", "//other.example/x"],
    ["http://other.example/x", "/http://other.example/x"],
  ]) {
    deepEqual(JSON.parse((await send(path)).body), { method: "POST", url: `${origin}${url}` }, path);
  }
}

/** A client that goes away: while it waits, while it sends, while it is sent to. */
async function losesClients({ origin, send }) {
  const seen = async () => JSON.parse((await send("/seen", { method: "GET" })).body);
  const leave = async (path, options, ready) => {
    const call = httpRequest(`${origin}${path}`, { method: "POST", ...options });
    call.on("error", () => {}); // its own end
    await ready(call);
    call.destroy();
  };
  const sent = (call, text) => new Promise((resolve) => call.write(text, resolve));
  const settled = (name) => until(async () => (await seen())[name] === 1, { what: `the handler is told: ${name}` });

  await leave("/waits", {}, async (call) => (call.end(), once(call, "finish")));
  await settled("aborted");
  await leave("/reads", { headers: { "content-length": LARGE } }, (call) => sent(call, "a beginning"));
  await settled("broken");
  await leave("/endless", {}, async (call) => (call.end(), (await once(call, "response"))[0].once("data", () => {})));
  await settled("cancelled");
  deepEqual(await seen(), { aborted: 1, broken: 1, cancelled: 1 }, "what the handler saw");
}

export async function serverCases(report, { consumer, installed }) {
  const [own, other] = [join(consumer, "servers"), join(consumer, "other-handler")];
  const prepared = await report.test("the manual's servers: their files", async () => {
    const blocks = await manualBlocks(installed, "servers");
    const server = replaced(fileOf(blocks, "server.js"), "listen(3000)", 'listen(process.env.PORT, "127.0.0.1")');
    await writeHandler(own, installed);
    await writeFile(join(own, "hono.js"), fileOf(blocks, "hono.js"));
    await mkdir(other, { recursive: true });
    await copyFile(join(stand, "handler.mjs"), join(other, "handler.js"));
    for (const folder of [own, other]) await writeFile(join(folder, "server.js"), server);
    return true;
  });
  if (!prepared) return;

  await report.test("Hono in workerd: mints", () => honoMints(own, consumer));
  await report.test("Hono in Node: mints", () => honoMintsInNode(own));
  await report.test("Node's http: mints, for its own origin alone", () => underNode(own, nodeMints));
  await report.test("Node's http: 10 MB, odd headers, cookies and addresses", () => underNode(other, carries));
  await report.test("Node's http: a client that goes away", () => underNode(other, losesClients));
  await report.test("Node's http: a handler that throws", () =>
    underNode(
      other,
      async ({ send }) => equal((await send("/throws")).status, 500, "status"),
      /^Error: thrown by the handler\n(?: +at .*\n)+$/,
    ),
  );
}
