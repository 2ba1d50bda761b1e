// createEdgeHandler: /api/*, for pages that never hold a token.

import { deepEqual, equal, match, ok } from "../../lib/assert.mjs";
import { PLAYER } from "../context.mjs";
import {
  ORIGIN,
  SESSION,
  checkEnvelope,
  checkRefusal,
  get,
  handlerOf,
  lookalike,
  post,
  postJson,
  sandboxOf,
  streamOf,
} from "../handler.mjs";

const ALLOW = [
  ["GET", "/runtime/*"],
  ["POST", "/runtime/*"],
  ["DELETE", "/runtime/teams/x"],
];
const PROFILE = "/api/runtime/player";

const proxy = (t, more = {}) => handlerOf(t, { ...sandboxOf(t), proxy: { allow: ALLOW }, ...more });

/** A proxy whose service is that function. */
const over = (t, fetch, more = {}) => handlerOf(t, { fetch, proxy: { allow: ALLOW }, ...more });

const answering = (body, headers, status = 200) => async () => new Response(body, { status, headers });

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';

const cases = [
  {
    name: "a page reads as its player, without a token",
    async run(t) {
      for (const path of [PROFILE, "/api/v2/runtime/player"]) {
        const answer = await proxy(t).send(path, get());
        equal(answer.status, 200, `status: ${answer.text}`);
        deepEqual(answer.json(), await t.profile(), "profile");
        equal(answer.headers.get("content-type"), "application/json; charset=utf-8", "content-type");
        equal(answer.headers.get("x-content-type-options"), "nosniff", "x-content-type-options");
        equal(answer.headers.get("content-security-policy"), "sandbox; default-src 'none'", "content-security-policy");
        equal(answer.headers.get("cross-origin-resource-policy"), "same-origin", "cross-origin-resource-policy");
      }
    },
  },
  {
    name: "and plays, with a body",
    async run(t) {
      const before = await t.profile();
      const answer = await proxy(t).send("/api/runtime/actions/collect/play", postJson({ variables: { n: 1 } }));
      equal(answer.status, 200, `status: ${answer.text}`);
      ok(JSON.stringify(await t.profile()) !== JSON.stringify(before), "something was done");
    },
  },
  {
    name: "a HEAD tells what a GET would",
    async run(t) {
      const answer = await proxy(t).send(PROFILE, get({ method: "HEAD" }));
      equal(answer.status, 200, "status");
      equal(answer.text, "", "body");
      match(answer.headers.get("content-type"), /json/, "content-type");
    },
  },
  {
    name: "an image comes byte by byte, and by size",
    async run(t) {
      const answer = await proxy(t).send("/api/runtime/assets/game?size=icon", get());
      equal(answer.status, 200, `status: ${answer.text}`);
      equal(answer.headers.get("content-type"), "image/png", "content-type");
      const jwt = encodeURIComponent(await t.jwt());
      const same = await fetch(`${t.sandbox.apiUrl}/v2/runtime/assets/game?size=icon&jwt=${jwt}`);
      deepEqual([...answer.bytes], [...new Uint8Array(await same.arrayBuffer())], "bytes");
    },
  },
  {
    name: "the token is that player's alone, for a minute, and what the page sends stays behind",
    async run(t) {
      const seen = [];
      const handler = over(t, async (url, init) => (seen.push({ url: new URL(url), init }), Response.json({})), {
        authenticate: () => ({ playerId: PLAYER, scopes: ["player.runtime.read"], expiresIn: 80_000 }),
        headers: { "x-app": "1" },
      });
      const headers = {
        cookie: "session=1",
        authorization: "Bearer page",
        "x-forwarded-for": "1.2.3.4",
        accept: "image/png",
        range: "bytes=0-9",
        origin: ORIGIN,
      };
      equal((await handler.send(`${PROFILE}?size=small&size=b+c`, get({ headers }))).status, 200, "status");
      const [{ url, init }] = seen;
      equal(url.pathname, "/v2/runtime/player", "path");
      deepEqual(url.searchParams.getAll("size"), ["small", "b c"], "query");
      deepEqual([...url.searchParams.keys()], ["size", "size", "jwt"], "names of the query");
      deepEqual(Object.keys(init.headers).sort(), ["accept", "range", "x-app"], "headers");
      const { playerId, scopes, claims } = t.edge.verifyJWT(url.searchParams.get("jwt"), t.keys());
      equal(playerId, PLAYER, "playerId");
      deepEqual(scopes, ["player.runtime.read"], "scopes");
      equal(claims.exp - claims.iat, 60, "seconds that it lives");
    },
  },
  {
    name: "nobody is signed in: 401; who could say can't: 503; and nothing is sent",
    async run(t) {
      for (const [authenticate, status, code] of [
        [() => null, 401, "login_required"],
        [() => undefined, 401, "login_required"],
        [() => Promise.reject(new Error("database at 10.0.0.7")), 503, "temporarily_unavailable"],
      ]) {
        const answer = await proxy(t, { authenticate }).send(PROFILE, get());
        checkRefusal(answer, status, code);
        ok(!answer.text.includes("10.0.0.7"), answer.text);
      }
      deepEqual(await t.calls(), [], "calls that the sandbox got");
    },
  },
  {
    name: "without the option there is no proxy",
    async run(t) {
      checkRefusal(await handlerOf(t, sandboxOf(t)).send(PROFILE, get()), 404, "route_not_found");
    },
  },
  {
    name: "paths that climb or lead elsewhere are refused",
    async run(t) {
      const handler = proxy(t);
      for (const path of [
        "/api//evil.example/v2/runtime/player",
        "/api/v2//evil.example",
        "/api/\\evil.example",
        "/api/runtime/..%2fadmin",
        "/api/runtime/%2e%2e%2fadmin",
        "/api/runtime/a%5c..%5cb",
        "/api/runtime/%00",
        "/api/runtime/%0d%0ax-evil:%201",
        "/api/runtime/%zz",
        "/api/runtime/%ff",
      ])
        checkRefusal(await handler.send(path, get()), 400, "invalid_route");
      // These the platform resolves by itself, before anybody sees them.
      for (const path of [
        "/api/runtime/../admin/players",
        "/api/runtime/%2e%2e/admin/players",
        "/api/runtime/.%2E/admin",
        "/api/../admin",
        "/api/admin/players",
        "/api/Runtime/player",
        "/api/%72untime/player",
        "/api/v1/runtime/player",
        "/api/runtime",
        "/api/",
        "/api",
        "/apix/runtime/player",
      ])
        checkRefusal(await handler.send(path, get()), 404, "route_not_found");
      const raw = lookalike("/api/x", { method: "GET", headers: { "sec-fetch-site": "same-origin" } });
      for (const path of ["/api/runtime/../admin", "/api/runtime/%2e%2e/admin"]) {
        const { status } = await handler.fetch({ ...raw, url: `${ORIGIN}${path}` });
        ok([400, 404].includes(status), `${path} as it is: ${status}`);
      }
      equal(handler.times(), 0, "times authenticate was asked");
      deepEqual(await t.calls(), [], "calls that the sandbox got");
    },
  },
  {
    name: "another method: 405, with those there are",
    async run(t) {
      const handler = proxy(t);
      for (const method of ["PUT", "PATCH", "DELETE"]) {
        const answer = await handler.send(PROFILE, post({ method }));
        checkRefusal(answer, 405, "method_not_allowed");
        equal(answer.headers.get("allow"), "GET, HEAD, POST", "allow");
      }
      equal(handler.times(), 0, "times authenticate was asked");
    },
  },
  {
    name: "who it is for isn't the page's to say",
    async run(t) {
      const handler = proxy(t);
      for (const name of ["player_id", "access_token", "jwt"]) {
        const upper = name.toUpperCase();
        const encoded = `%${name.charCodeAt(0).toString(16)}${name.slice(1)}`;
        for (const query of [
          `${name}=boss`,
          `a=b&${name}=boss`,
          `${name}=a&${name}=b`,
          name,
          `${upper}=boss`,
          `${encoded}=boss`,
          `${name}[]=boss`,
          `${name}%5B0%5D=boss`,
          `+${name}=boss`,
          `a=b;${name}=boss`,
        ])
          checkRefusal(await handler.send(`${PROFILE}?${query}`, get()), 400, "invalid_query");
      }
      checkRefusal(await handler.send(`${PROFILE}?a=%zz`, get()), 400, "invalid_query");
      equal(handler.times(), 0, "times authenticate was asked");
      deepEqual(await t.calls(), [], "calls that the sandbox got");
    },
  },
  {
    name: "pages of other origins are refused",
    async run(t) {
      const handler = proxy(t);
      for (const headers of [
        {},
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site" },
        { "sec-fetch-site": "none" },
        { origin: "https://evil.example" },
        { origin: "null", "sec-fetch-site": "same-origin" },
      ])
        checkRefusal(await handler.send(PROFILE, { headers }), 403, "origin_not_allowed");
      const withoutOrigin = { method: "POST", headers: { "sec-fetch-site": "same-origin" } };
      checkRefusal(await handler.send(PROFILE, withoutOrigin), 403, "origin_not_allowed");
      equal(handler.times(), 0, "times authenticate was asked");
    },
  },
  {
    name: "an allowed origin may ask, and is told so",
    async run(t) {
      const origin = "https://app.example";
      const handler = proxy(t, { allowOrigins: [origin] });
      const headers = { origin, "sec-fetch-site": "cross-site" };
      const answer = await handler.send(PROFILE, { headers });
      equal(answer.status, 200, `status: ${answer.text}`);
      equal(answer.headers.get("access-control-allow-origin"), origin, "access-control-allow-origin");
      equal(answer.headers.get("cross-origin-resource-policy"), "cross-origin", "cross-origin-resource-policy");
      const preflight = await handler.send(PROFILE, { method: "OPTIONS", headers });
      equal(preflight.status, 204, "status of the preflight");
      equal(preflight.headers.get("access-control-allow-methods"), "GET, HEAD, POST", "methods");
      match(preflight.headers.get("access-control-allow-headers"), /content-type.*range/, "headers");
    },
  },
  {
    name: "bodies have a limit of their own",
    async run(t) {
      const handler = proxy(t, { proxy: { allow: ALLOW, maxBodySize: 100_000 } });
      const path = "/api/runtime/player/image";
      for (const body of ["x".repeat(10_000_000), new Uint8Array(100_001)])
        checkRefusal(await handler.send(path, post({ body })), 413, "body_too_large");
      const { init, read } = streamOf(10_000_000);
      checkRefusal(await handler.send(path, post(init)), 413, "body_too_large");
      ok(read() < 300_000, `only the beginning is read, not ${read()} bytes`);
      const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
      checkRefusal(await handler.send(path, post({ body: broken, duplex: "half" })), 400, "invalid_request");
      deepEqual(await t.calls(), [], "calls that the sandbox got");
      const echo = over(t, async (_, { body }) => Response.json({ length: body.length }));
      equal((await echo.send(path, post({ body: "x".repeat(1_048_576) }))).json().length, 1_048_576, "length");
      checkRefusal(await echo.send(path, post({ body: "x".repeat(1_048_577) })), 413, "body_too_large");
      checkRefusal(await echo.send("/api/runtime/teams/x", post({ method: "DELETE", body: "x" })), 400, "invalid_body");
    },
  },
  {
    name: "what somebody uploaded isn't handed out but as pixels",
    async run(t) {
      const handler = proxy(t);
      const upload = (text, type) => {
        const form = new FormData();
        form.append("file", new Blob([text], { type }), "image");
        return handler.send("/api/runtime/player/image", post({ body: form }));
      };
      const served = () => handler.send(`/api/runtime/assets/players/${PLAYER}`, get());
      for (const [text, type] of [
        [SVG, "image/svg+xml"],
        ["<script>alert(1)</script>", "text/html"],
        [SVG, "application/xhtml+xml"],
        ["alert(1)", "text/javascript"],
      ]) {
        const uploaded = await upload(text, type);
        equal(uploaded.status, 200, `status of the upload: ${uploaded.text}`);
        const answer = await served();
        checkRefusal(answer, 502, "bad_answer");
        ok(!answer.text.includes("alert"), answer.text);
      }
      // Bytes under the name of pixels are pixels: the browser is told not to look for anything else in them.
      equal((await upload(SVG, "image/png")).status, 200, "status of the upload");
      const answer = await served();
      equal(answer.headers.get("content-type"), "image/png", "content-type");
      equal(answer.headers.get("x-content-type-options"), "nosniff", "x-content-type-options");
      equal(answer.headers.get("content-security-policy"), "sandbox; default-src 'none'", "content-security-policy");
    },
  },
  {
    name: "a type that isn't handed out ends the service's body",
    async run(t) {
      let cancelled = false;
      const body = new ReadableStream({
        pull: (controller) => controller.enqueue(new TextEncoder().encode(SVG)),
        cancel: () => void (cancelled = true),
      });
      checkRefusal(await over(t, answering(body, { "content-type": "image/svg+xml" })).send(PROFILE, get()), 502, "bad_answer");
      ok(cancelled, "the body is cancelled");
    },
  },
  {
    name: "headers of the service's stay behind but for a few",
    async run(t) {
      await t.control.fail({
        status: 200,
        body: {},
        headers: {
          "set-cookie": "session=evil",
          "cache-control": "public, max-age=9999",
          "access-control-allow-origin": "*",
          "content-security-policy": "script-src *",
          "x-evil": "1",
          location: "https://evil.example",
          link: "<https://evil.example>; rel=preload",
          etag: '"1"',
        },
      });
      const answer = await proxy(t).send(PROFILE, get());
      equal(answer.status, 200, "status");
      const names = [...answer.headers.keys()].filter((name) => name !== "content-length").sort();
      deepEqual(
        names,
        [
          "cache-control",
          "content-security-policy",
          "content-type",
          "cross-origin-resource-policy",
          "etag",
          "vary",
          "x-content-type-options",
        ],
        "names of the headers",
      );
      const odd = async () => {
        const answer = Response.json({});
        const headers = { get: (name) => (name === "etag" ? '"a"\r\nset-cookie: b=c' : answer.headers.get(name)) };
        return Object.defineProperty(answer, "headers", { value: headers });
      };
      const line = await over(t, odd).send(PROFILE, get());
      ok([200, 502].includes(line.status), `status with a line break: ${line.status}`);
      ok(!JSON.stringify([...line.headers]).includes("b=c"), "nothing is added");
    },
  },
  {
    name: "a header with line breaks goes nowhere",
    async run(t) {
      let sent = 0;
      const handler = over(t, async () => ((sent += 1), Response.json({})));
      const headers = { "sec-fetch-site": "same-origin", accept: "a/b\r\nx-evil: 1" };
      equal((await handler.fetch(lookalike(PROFILE, { method: "GET", headers }))).status, 400, "status");
      equal(sent, 0, "requests that the service got");
    },
  },
  {
    name: "errors of the service's are handed on, without a token",
    async run(t) {
      const nobody = await proxy(t).send("/api/runtime/players/nobody/x", get());
      equal(nobody.status, 404, "status");
      equal(checkEnvelope(nobody).error, "route_not_found", "error");
      const echo = async (url) =>
        Response.json(
          { error: "validation_exception", error_description: `bad: ${url}`, data: { valid: false, url } },
          { status: 400, headers: { "retry-after": "7" } },
        );
      const answer = await over(t, echo).send(PROFILE, get());
      equal(answer.status, 400, "status");
      equal(answer.json().data.valid, false, "data");
      equal(answer.headers.get("retry-after"), "7", "retry-after");
      ok(!/eyJ/.test(answer.text), `no token: ${answer.text}`);
    },
  },
  {
    name: "what goes wrong on the way is told as what it is",
    async run(t) {
      const envelope = (error, status) => async () => Response.json({ error, error_description: "x" }, { status });
      for (const [fetch, status, code] of [
        [envelope("server_error", 500), 502, "server_error"],
        [envelope("temporarily_unavailable", 503), 503, "temporarily_unavailable"],
        [envelope("access_denied", 401), 403, "access_denied"],
        [envelope("invalid_access_token", 401), 502, "bad_answer"],
        [answering("<html>", { "content-type": "text/html" }, 404), 502, "bad_answer"],
        [answering("<html>", { "content-type": "text/html" }, 200), 502, "bad_answer"],
        [answering("x", { "content-type": "text/plain" }, 200), 502, "bad_answer"],
        [async () => Response.redirect("https://evil.example/", 302), 502, "bad_answer"],
        [() => Promise.reject(new TypeError("connect 10.0.0.7")), 502, "network_error"],
        [async () => null, 502, "network_error"],
        [() => new Promise(() => {}), 504, "timeout"],
      ]) {
        const answer = await over(t, fetch, { timeout: 100 }).send(PROFILE, get());
        checkRefusal(answer, status, code);
        ok(!answer.text.includes("10.0.0.7"), answer.text);
      }
      equal((await over(t, async () => new Response(null, { status: 204 })).send(PROFILE, get())).status, 204, "nothing");
    },
  },
  {
    name: "authenticate that eats the body is the worker's own mistake",
    async run(t) {
      const authenticate = async (request) => (await request.text(), SESSION);
      const answer = await proxy(t, { authenticate }).send("/api/runtime/actions/collect/play", postJson({}));
      checkRefusal(answer, 500, "server_error");
      deepEqual(await t.calls(), [], "calls that the sandbox got");
    },
  },
  {
    name: "the app's own token goes out by a loud name alone, for the player who is signed in",
    async run(t) {
      const { clientId, clientSecret } = t.seeded("sandbox-app");
      const allow = [...ALLOW, ["GET", "/admin/*"]];
      const options = { ...sandboxOf(t), proxy: { allow, dangerouslyUseAppToken: true } };
      const handler = handlerOf(t, options, { clientId, clientSecret });
      const answers = await Promise.all([1, 2, 3].map(() => handler.send(PROFILE, get())));
      for (const answer of answers) deepEqual(answer.json(), await t.profile(), "profile");
      equal((await handler.send("/api/admin/players", get())).status, 200, "status of what no player may");
      const asked = (await t.control.log()).filter(({ path }) => path === "/auth/token");
      equal(asked.length, 1, "token requests");
      await t.control.revoke();
      equal((await handler.send(PROFILE, get())).status, 200, "status after the token was revoked");
      checkRefusal(
        await handlerOf(t, { ...options, authenticate: () => null }, { clientId, clientSecret }).send(PROFILE, get()),
        401,
        "login_required",
      );
    },
  },
];

export const edgeHandlerProxyCases = cases.map((one) => ({
  ...one,
  name: `edge handler, proxy: ${one.name}`,
  needs: "edge",
}));
