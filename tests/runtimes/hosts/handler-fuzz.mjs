// A hundred thousand random requests to handlers that are set up well, in a Node of its own, with a service that
// answers oddly. Prints what came of them, and how large the wasm's memory was on the way.
//
// PLAYOFF_FUZZ_SEED=n runs the same requests again.

import { ok } from "../../lib/assert.mjs";
import { leaks } from "../leaks.mjs";

const REQUESTS = Number(process.env.PLAYOFF_FUZZ_REQUESTS ?? 100_000);
const FIRST = REQUESTS / 10;
const FIRST_AT_ONCE = 25;
const AT_ONCE = 20;
const SEED = Number(process.env.PLAYOFF_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 32));

const instances = [];
WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(module, imports) {
    super(module, imports);
    // What reads an inlined wasm imports nothing.
    if (imports) instances.push(this);
  }
};
const { createEdgeHandler } = await import("playoff-wasm/edge");

const ORIGIN = "https://game.example";
const ALLOWED = "https://app.example";
const SECRET = "fuzz-secret-not-a-real-secret";
// Every refresh token holds this, and every code: no answer may, but for the token's own cookie.
const REFRESH = "fuzz-refresh";
const CODE = "fuzz-code";
// More than a body may have.
const HUGE = "x".repeat(20_000);

/** Random choices that a seed decides (mulberry32). */
function choices(seed) {
  let state = seed >>> 0;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(random() * limit);
  const pick = (list) => list[below(list.length)];
  const chance = (share) => random() < share;
  const junk = (length = below(12)) =>
    Array.from({ length }, () => String.fromCharCode(pick([below(128), below(256), below(0xd800)]))).join("");
  /** The text with something in it put in, left out or doubled. */
  const bent = (text) => {
    const at = below(text.length + 1);
    const [before, after] = [text.slice(0, at), text.slice(at)];
    return pick([
      () => before + junk() + after,
      () => before + after.slice(1),
      () => before + after + after,
      () => before + pick(["%2e", "%2f", "..", "//", "\\", "%00", "%0d%0a", "%", ";", "&", "=", "[", "\u0000"]) + after,
      () => text.toUpperCase(),
      () => before.split("").reverse().join("") + after,
    ])();
  };
  /** Mostly as it is. */
  const maybe = (text, share = 0.15) => (chance(share) ? bent(text) : text);
  return { random, below, pick, chance, junk, bent, maybe };
}

const PATHS = [
  "/player-token",
  "/auth/exchange",
  "/auth/refresh",
  "/auth/refresh",
  "/auth/logout",
  "/api/runtime/player",
  "/api/v2/runtime/players",
  "/api/runtime/actions/collect/play",
  "/api/admin/players/johny",
];
const QUERIES = ["", "", "?size=small", "?limit=5&skip=1", "?player_id=boss", "?jwt=x", "?a[b]=c", "?a=%zz", "?a+b=c;d=e"];
const METHODS = ["POST", "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND", "post"];
const ORIGINS = [ALLOWED, "null", "https://evil.example", "", undefined];
const TYPES = ["application/json; charset=utf-8", "text/plain", "multipart/form-data; boundary=x", undefined];

function bodyOf({ below, pick, chance, junk, maybe }) {
  const members = {
    code: () => `${CODE}-${below(9)}`,
    code_verifier: () => "v".repeat(below(140)),
    redirect_uri: () => maybe(`${pick([ORIGIN, ALLOWED, "https://evil.example"])}/back`),
    state: () => junk(),
    access_token: () => `access-${below(9)}`,
    [junk(4)]: () => pick([null, 7, [], {}, junk()]),
  };
  const chosen = Object.entries(members).filter(() => chance(0.5));
  const json = JSON.stringify(Object.fromEntries(chosen.map(([name, value]) => [name, value()])));
  const good = JSON.stringify({ code: `${CODE}-1`, redirect_uri: `${ORIGIN}/back` });
  const bytes = new TextEncoder().encode(json);
  return pick([
    () => undefined,
    () => "{}",
    () => "{}",
    () => "{}",
    () => good,
    () => good,
    () => good,
    () => json,
    () => maybe(json, 1),
    () => junk(below(60)),
    () => Uint8Array.from({ length: below(60) }, () => below(256)),
    () => (chance(0.02) ? HUGE : "[".repeat(below(2_000))),
    () => new ReadableStream({ pull: (at) => (at.enqueue(bytes), at.close()) }),
    () => new ReadableStream({ pull: (at) => (chance(0.9) ? at.enqueue(bytes) : at.error(new Error(junk()))) }),
    () => new ReadableStream({ pull: (at) => at.enqueue(pick([junk(), 7, null, new Uint8Array(5_000)])) }),
  ])();
}

function requestOf(choice) {
  const { pick, chance, below, junk, maybe } = choice;
  const path = pick(PATHS);
  const usual = path.startsWith("/api/") && chance(0.7) ? "GET" : "POST";
  const method = chance(0.8) ? usual : pick(METHODS);
  const headers = new Headers();
  const put = (name, value) => {
    // What the platform takes as a header at all.
    try {
      if (value !== undefined) headers.set(name, maybe(value, 0.05));
    } catch {}
  };
  put("origin", chance(0.8) ? ORIGIN : pick(ORIGINS));
  put("content-type", chance(0.8) ? "application/json" : pick(TYPES));
  put("sec-fetch-site", pick(["same-origin", "cross-site", "none", undefined]));
  const held = () => `__Host-playoff-refresh=${REFRESH}-${below(50)}`;
  put("cookie", pick([held, held, held, held, () => `a=b; ${held()}; c=d`, () => `${held()}; ${held()}`, () => junk(20), () => undefined])());
  if (chance(0.1)) put("content-length", String(pick([0, 7, 20_000, -1, "x"])));
  if (chance(0.1)) put("range", "bytes=0-9");
  if (chance(0.1)) put("accept", "image/png");
  if (chance(0.1)) put("authorization", "Bearer page");
  if (chance(0.05)) put(pick(["x-evil", "access-control-request-method", "host", "te"]), junk());
  const body = method === "GET" || method === "HEAD" ? undefined : bodyOf(choice);
  const url = `${ORIGIN}${maybe(path, 0.1)}${maybe(pick(QUERIES), 0.1)}`;
  try {
    return new Request(url, { method, headers, body, duplex: "half" });
  } catch {
    // A URL or a method that no request has.
    return new Request(`${ORIGIN}/player-token`, { method: "POST", headers });
  }
}

const STATUSES = [200, 200, 200, 201, 204, 205, 206, 299, 301, 302, 304, 400, 401, 403, 404, 409, 429, 500, 502, 503, 599];
const KINDS = [
  "application/json",
  "application/json; charset=utf-8",
  "image/png",
  "image/svg+xml",
  "text/html",
  "multipart/byteranges",
  "",
  undefined,
];
// Those that say that the handler isn't set up well aren't among them.
const CODES = ["invalid_grant", "invalid_access_token", "access_denied", "server_error", "http_error", "timeout", "player_not_found"];

/** What the service answers to one request; an error tells whatever was sent. */
function answerOf({ pick, chance, below, junk, bent, maybe }, url, init) {
  const echo = `${url} ${decodeURIComponent(url)} ${init.body} ${JSON.stringify(init.headers)}`;
  const tokens = JSON.stringify({
    access_token: `access-${below(9)}`,
    expires_in: pick([60, 3600, "60", -1, undefined]),
    refresh_token: chance(0.7) ? `${REFRESH}-${below(50)}${chance(0.1) ? junk() : ""}` : undefined,
    scope: chance(0.2) ? junk() : undefined,
  });
  const error = (code) => JSON.stringify({ error: code, error_description: echo, data: chance(0.3) ? { echo } : undefined });
  const body = () =>
    pick([
      () => tokens,
      () => maybe(tokens),
      () => error(pick(CODES)),
      () => error(junk()),
      // Not within the tokens: nobody could tell what those are then.
      () => bent(JSON.stringify({ error: pick(CODES), error_description: "ECHO" })).replaceAll("ECHO", echo),
      () => "<html><script>alert(1)</script>",
      () => (chance(0.05) ? HUGE : ""),
      () => new ReadableStream({ pull: (at) => at.error(new Error(echo)) }),
      () => pick(["null", "7", "[]", "{}", '"x"', junk()]),
    ])();
  const headers = new Headers();
  const put = (name, value) => {
    try {
      if (value !== undefined) headers.append(name, value);
    } catch {}
  };
  put("content-type", pick(KINDS));
  put("location", pick(["https://evil.example/", "/v2/other", junk(), undefined]));
  put("set-cookie", "session=evil");
  put("etag", pick(['"1"', junk(), undefined]));
  put("retry-after", pick(["1", "x", undefined]));
  put("content-length", pick(["0", "7", "x", undefined]));
  put("content-encoding", pick(["gzip", undefined, undefined]));
  const status = pick(STATUSES);
  const response = () => new Response([204, 205, 304].includes(status) ? null : body(), { status, headers });
  const good = () => new Response(tokens, { headers: { "content-type": "application/json" } });
  const text = body();
  return pick([
    response,
    response,
    response,
    good,
    good,
    () => Promise.reject(new TypeError(`fetch failed: ${echo}`)),
    () => {
      throw pick([new Error(echo), echo, null, undefined, 7]);
    },
    () => pick([null, undefined, 7, {}, echo]),
    () => ({ status: pick([200, 404, 999, -1, Number.NaN]), text: async () => text, headers: { get: () => `${junk()}\r\nx-evil: 1` } }),
    () => Response.error(),
    () => (chance(0.02) ? new Promise(() => {}) : good()),
  ])();
}

const session = ({ pick, below, chance }) =>
  pick([
    () => ({ playerId: "johny", scopes: chance(0.5) ? [] : undefined }),
    () => ({ playerId: `player-${below(9)}`, scopes: ["player.runtime.read"], expiresIn: 60 }),
    () => ({ playerId: `player-${below(9)}`, scopes: [] }),
    () => ({ playerId: "johny" }),
    () => null,
    () => false,
    () => Promise.reject(new Error("database")),
    () => {
      throw new Error("database");
    },
  ])();

const base = {
  clientId: "fuzz",
  clientSecret: SECRET,
  timeout: 30,
};
const allow = [
  ["GET", "/runtime/*"],
  ["POST", "/runtime/actions/collect/play"],
  ["DELETE", "/*"],
];
const proxied = { ...base, allowOrigins: [ALLOWED], proxy: { allow } };
const handlers = [
  { ...base, cookie: { sameSite: "none" } },
  proxied,
  proxied,
  { ...base, proxy: { allow: [...allow, ["GET", "/admin/*"]], maxBodySize: 1_000, dangerouslyUseAppToken: true } },
].map((options) =>
  createEdgeHandler((choice) => ({
    ...options,
    fetch: async (url, init) => answerOf(choice, url, init),
    authenticate: () => session(choice),
  })),
);

// What is logged is for the worker's owner, and tells no secret either.
let logged = 0;
const wrong = [];
for (const name of ["error", "warn"]) {
  console[name] = (...told) => {
    logged += 1;
    for (const secret of [SECRET, REFRESH, CODE])
      if (told.some((one) => leaks({ one }, secret))) wrong.push(`the log shows ${secret}`);
  };
}

const HANDED_OUT = /^(application\/json; charset=utf-8|image\/(png|jpeg|gif|webp|avif))$/;

async function check(request, response) {
  ok(response instanceof Response, "it is a Response");
  const { status, headers } = response;
  const text = await response.text().catch((error) => {
    // A body that passes through breaks off as the service's did.
    ok(status < 300, `a body of ours broke off: ${error}`);
    return "";
  });
  ok(status !== 500 && status >= 200 && status < 600, `status ${status}`);
  ok(headers.get("cache-control") === "no-store" && /^Origin/.test(headers.get("vary")), "cache-control and vary");
  const type = headers.get("content-type");
  if (type !== null) {
    ok(HANDED_OUT.test(type), `content-type ${type}`);
    ok(headers.get("x-content-type-options") === "nosniff", "x-content-type-options");
  } else ok(text === "", "what has no type has no body");
  if (status >= 400 && request.method !== "HEAD") {
    const { error, error_description: description } = JSON.parse(text);
    ok(typeof error === "string" && typeof description === "string", `an envelope: ${text}`);
  }
  const shown = [...headers].filter(([name]) => name !== "set-cookie");
  for (const secret of [SECRET, REFRESH, CODE, "eyJ"]) {
    const isPlayerToken = secret === "eyJ" && new URL(request.url).pathname === "/player-token";
    // A success of the service's is its own; but here it tells refresh tokens, which come from its token endpoint alone.
    const isServed = status < 300 && new URL(request.url).pathname.startsWith("/api/");
    if (!isPlayerToken && !isServed) ok(!text.includes(secret), `the body shows ${secret}: ${text}`);
    ok(!JSON.stringify(shown).includes(secret), `a header shows ${secret}`);
  }
  ok(!JSON.stringify([...headers]).includes("evil"), "nothing is echoed, and no cookie of the service's comes along");
  for (const cookie of headers.getSetCookie())
    ok(/^__Host-playoff-refresh=[\w.~%-]*; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=(Lax|None; Partitioned)$/.test(cookie), cookie);
  return status;
}

const statuses = {};
const waitedFor = [];
const context = { waitUntil: (promise) => void waitedFor.push(promise) };

async function one(number) {
  const choice = choices(SEED + number);
  const request = requestOf(choice);
  const about = `request ${number} of seed ${SEED}: ${request.method} ${JSON.stringify(request.url)}`;
  // Its choices are its `env` too, and what the service and `authenticate` go on with.
  const handler = choice.pick(handlers);
  try {
    const status = await check(request, await handler.fetch(request, choice, context));
    statuses[status] = (statuses[status] ?? 0) + 1;
  } catch (error) {
    wrong.push(`${about}: ${error?.stack ?? error}`);
  }
}

async function run(from, to, atOnce) {
  for (let at = from; at < to; at += atOnce) {
    await Promise.all(Array.from({ length: atOnce }, (_, index) => one(at + index)));
    await Promise.all(waitedFor.splice(0));
    if (wrong.length > 0) return;
  }
}

const memory = () => instances.map(({ exports }) => exports.memory.buffer.byteLength);
// What the wasm holds of JavaScript's values.
const isTable = (one) => one instanceof WebAssembly.Table;
const places = () => instances.map(({ exports }) => Object.values(exports).find(isTable).length);

// A few more at once than later: room for what those leave between each other.
await run(0, FIRST, FIRST_AT_ONCE);
const first = { memory: memory(), places: places() };
await run(FIRST, REQUESTS, AT_ONCE);
console.log(JSON.stringify({ seed: SEED, requests: REQUESTS, wrong: wrong.slice(0, 3), statuses, logged, first, last: { memory: memory(), places: places() } }));
