// createEdgeHandler: /auth/exchange, /auth/refresh and /auth/logout, against the sandbox.

import { deepEqual, equal, match, ok } from "../../lib/assert.mjs";
import { PLAYER } from "../context.mjs";
import { ORIGIN, checkRefusal, handlerOf, lookalike, post, postJson, sandboxOf, streamOf } from "../handler.mjs";
import { tokenRequests } from "../sign-in.mjs";

const CLIENT_ID = "sandbox-code";
// Where the seeded client's codes are sent, and so where its handler lives.
const HOME = "http://localhost:8787";
const REDIRECT_URI = `${HOME}/callback`;
const COOKIE = "playoff-refresh";

// The pair of RFC 7636, appendix B.
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const ROUTES = ["/auth/exchange", "/auth/refresh", "/auth/logout"];

function confidential(t, options = {}) {
  const { clientId, clientSecret } = t.seeded(CLIENT_ID);
  return handlerOf(t, { ...sandboxOf(t), ...options }, { clientId, clientSecret });
}

/** A handler whose service is that function. */
const over = (t, fetch, options = {}) => handlerOf(t, { fetch, ...options });

async function codeOf(t) {
  const request = { client_id: CLIENT_ID, player_id: PLAYER, redirect_uri: REDIRECT_URI };
  const { code } = await t.control.code({ ...request, code_challenge: CHALLENGE, code_challenge_method: "S256" });
  return { code, code_verifier: VERIFIER, redirect_uri: REDIRECT_URI };
}

/** The pair that a browser would send back. */
function cookieOf(answer) {
  const set = answer.headers.get("set-cookie");
  ok(set !== null, "there is a cookie");
  return set.split(";")[0];
}

const cleared = (answer) => match(answer.headers.get("set-cookie"), /^[^=]+=; Path=\/; Max-Age=0; HttpOnly/, "set-cookie");

const home = (path, value, headers = {}) => [path, postJson(value, { origin: HOME, headers })];

async function signIn(t, handler) {
  const answer = await handler.send(...home("/auth/exchange", await codeOf(t)));
  equal(answer.status, 200, `status of the exchange: ${answer.text}`);
  return { answer, record: answer.json(), cookie: cookieOf(answer) };
}

const refresh = (handler, cookie) => handler.send(...home("/auth/refresh", {}, { cookie }));

/** A service whose token endpoint gives another refresh token each time, which takes a while. */
function rotating(delay = 50) {
  const asked = [];
  return {
    asked,
    async fetch(url, { body }) {
      asked.push(body);
      await new Promise((resolve) => setTimeout(resolve, delay));
      const number = asked.length;
      return Response.json({ access_token: `a${number}`, expires_in: 60, refresh_token: `r${number}` });
    },
  };
}

const withCookie = (value = "r0") => ({ headers: { cookie: `__Host-${COOKIE}=${value}` } });

const cases = [
  {
    name: "a code is given for a token that works; the refresh token is in the cookie alone",
    async run(t) {
      const { answer, record, cookie } = await signIn(t, confidential(t));
      deepEqual(Object.keys(record).sort(), ["access_token", "expires_in", "token_type"], "members");
      equal(record.token_type, "Bearer", "token_type");
      match(answer.headers.get("set-cookie"), /^playoff-refresh=[^;]+; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
      const refreshToken = decodeURIComponent(cookie.split("=")[1]);
      ok(refreshToken.length > 10 && !answer.text.includes(refreshToken), "the body shows no refresh token");
      await t.works(t.client({ token: record }));
    },
  },
  {
    name: "a refresh token brings another access token, and another cookie",
    async run(t) {
      const handler = confidential(t);
      const first = await signIn(t, handler);
      const second = await refresh(handler, first.cookie);
      equal(second.status, 200, `status: ${second.text}`);
      ok(second.json().access_token !== first.record.access_token, "another access token");
      ok(cookieOf(second) !== first.cookie, "another refresh token");
      await t.works(t.client({ token: second.json() }));
      equal((await refresh(handler, cookieOf(second))).status, 200, "status of the next");
    },
  },
  {
    name: "two tabs with one cookie spend it once",
    async run(t) {
      const handler = confidential(t);
      const { cookie } = await signIn(t, handler);
      const tabs = await Promise.all(Array.from({ length: 5 }, () => refresh(handler, cookie)));
      const late = await refresh(handler, cookie);
      for (const tab of [...tabs, late]) {
        equal(tab.json().access_token, tabs[0].json().access_token, "access token");
        equal(cookieOf(tab), cookieOf(tabs[0]), "cookie");
      }
      const asked = (await tokenRequests(t)).map(({ fields }) => fields.grant_type);
      deepEqual(asked, ["authorization_code", "refresh_token"], "token requests");
      equal((await refresh(handler, cookieOf(late))).status, 200, "the sign-in lives on");
    },
  },
  {
    name: "who signs out is signed out: the service knows, the cookie is gone",
    async run(t) {
      const handler = confidential(t);
      const { record, cookie } = await signIn(t, handler);
      const { access_token } = record;
      const answer = await handler.send(...home("/auth/logout", { access_token }, { cookie }));
      equal(answer.status, 204, "status");
      equal(answer.text, "", "body");
      cleared(answer);
      const live = await t.control.tokens();
      ok(!JSON.stringify(live).includes(access_token), "the service takes the token no more");
      checkRefusal(await refresh(handler, cookie), 401, "login_required");
    },
  },
  {
    name: "a plain POST without a body refreshes, and signs out",
    async run(t) {
      const handler = confidential(t);
      const { cookie } = await signIn(t, handler);
      const bare = { method: "POST", origin: HOME, headers: { origin: HOME, cookie } };
      equal((await handler.send("/auth/refresh", bare)).status, 200, "status of the refresh");
      const answer = await handler.send("/auth/logout", bare);
      equal(answer.status, 204, "status of the sign-out");
      cleared(answer);
      checkRefusal(await handler.send("/auth/exchange", bare), 415, "unsupported_media_type");
    },
  },
  {
    name: "who signs out ends a refresh that is under way",
    async run(t) {
      const handler = over(t, rotating(200).fetch);
      const pending = handler.send("/auth/refresh", postJson({}, withCookie()));
      await new Promise((resolve) => setTimeout(resolve, 50));
      equal((await handler.send("/auth/logout", postJson({}, withCookie()))).status, 204, "status");
      const late = await pending;
      checkRefusal(late, 401, "login_required");
      equal(late.headers.get("set-cookie"), null, "the cookie may be the next player's by now");
    },
  },
  {
    name: "who signs in ends a refresh that is under way for the player before",
    async run(t) {
      const { fetch } = rotating(0);
      let goOn;
      const until = new Promise((resolve) => (goOn = resolve));
      const handler = over(t, async (url, init) => {
        if (init.body.includes("refresh_token")) await until;
        return fetch(url, init);
      });
      const pending = handler.send("/auth/refresh", postJson({}, withCookie()));
      const code = { code: "c", redirect_uri: `${ORIGIN}/` };
      const next = await handler.send("/auth/exchange", postJson(code, withCookie()));
      match(cookieOf(next), /=r1$/, "the next player's cookie");
      goOn();
      const late = await pending;
      checkRefusal(late, 503, "temporarily_unavailable");
      equal(late.headers.get("set-cookie"), null, "the next player's cookie stays");
    },
  },
  {
    name: "a sign-in without a refresh token leaves nothing of the player before",
    async run(t) {
      const fetch = async () => Response.json({ access_token: "a1", expires_in: 60 });
      const code = { code: "c", redirect_uri: `${ORIGIN}/` };
      const answer = await over(t, fetch).send("/auth/exchange", postJson(code, withCookie()));
      equal(answer.status, 200, "status");
      cleared(answer);
    },
  },
  {
    name: "signing out works while the service doesn't",
    async run(t) {
      for (const fetch of [
        async () => new Response("<html>", { status: 500 }),
        () => Promise.reject(new TypeError("fetch failed")),
        () => new Promise(() => {}),
      ]) {
        const answer = await over(t, fetch, { timeout: 100 }).send("/auth/logout", postJson({ access_token: "a1" }));
        equal(answer.status, 204, "status");
        cleared(answer);
      }
    },
  },
  {
    name: "a code that was used, is another's, or none: 400 invalid_grant",
    async run(t) {
      const handler = confidential(t);
      const good = await codeOf(t);
      for (const [what, body] of Object.entries({
        "no code": { ...good, code: "forged" },
        "another verifier": { ...good, code_verifier: "x".repeat(43) },
      })) {
        const answer = await handler.send(...home("/auth/exchange", body));
        checkRefusal(answer, 400, "invalid_grant");
        equal(answer.headers.get("set-cookie"), null, `cookie for ${what}`);
      }
      const { record } = await signIn(t, handler);
      ok(record.access_token.length > 0, "a good one works");
    },
  },
  {
    name: "a forged cookie: 401, and it is cleared",
    async run(t) {
      const handler = confidential(t);
      for (const value of ["forged", "a%0d%0ab", "%zz", "", "a b", "x".repeat(4_000), "a; playoff-refresh=b"]) {
        const answer = await refresh(handler, `${COOKIE}=${value}`);
        checkRefusal(answer, 401, "login_required");
        cleared(answer);
      }
      checkRefusal(await handler.send(...home("/auth/refresh", {})), 401, "login_required");
      checkRefusal(await refresh(handler, "other=1; x__Host-playoff-refresh=a"), 401, "login_required");
      equal((await tokenRequests(t)).length, 1, "only what could be one was asked for");
    },
  },
  {
    name: "cookies are the host's alone, by choice for other sites' pages too",
    async run(t) {
      const set = async (cookie) => {
        const answer = await over(t, rotating(0).fetch, { cookie }).send("/auth/refresh", postJson({}, withCookie()));
        return answer.headers.get("set-cookie");
      };
      const begin = `__Host-${COOKIE}=r1; Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=`;
      equal(await set(undefined), `${begin}Lax`, "by default");
      equal(await set({ sameSite: "strict" }), `${begin}Strict`, "strict");
      equal(await set({ sameSite: "none" }), `${begin}None; Partitioned`, "none");
      match(await set({ maxAge: 60 }), /; Max-Age=60;/, "maxAge");
    },
  },
  {
    name: "bodies that aren't theirs are refused, and nothing is asked",
    async run(t) {
      const handler = confidential(t);
      const json = (body) => postJson(body, { origin: HOME });
      for (const path of ROUTES) {
        const typed = (type) => post({ origin: HOME, body: "{}", headers: type && { "content-type": type } });
        for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", null])
          checkRefusal(await handler.send(path, typed(type ?? undefined)), 415, "unsupported_media_type");
        for (const body of ["{broken", " ", "[]", "null", "7", '"x"', "[".repeat(10_000), "\u0000", '{"a":1}'])
          checkRefusal(await handler.send(path, json(body)), 400, "invalid_request");
        checkRefusal(await handler.send(path, json("x".repeat(10_000_000))), 413, "body_too_large");
        const { init, read } = streamOf(10_000_000);
        const headers = { "content-type": "application/json" };
        checkRefusal(await handler.send(path, post({ origin: HOME, headers, ...init })), 413, "body_too_large");
        ok(read() < 200_000, `only the beginning is read, not ${read()} bytes`);
      }
      checkRefusal(await handler.send("/auth/exchange", json("")), 400, "invalid_request");
      const good = { code: "c", redirect_uri: REDIRECT_URI };
      for (const [name, value] of Object.entries({
        code: 7,
        redirect_uri: "https://evil.example/callback",
        redirectUri: REDIRECT_URI,
        code_verifier: "short",
        state: 7,
        client_secret: "x",
        grant_type: "password",
      }))
        checkRefusal(await handler.send("/auth/exchange", json({ ...good, [name]: value })), 400, "invalid_request");
      deepEqual(await tokenRequests(t), [], "token requests");
    },
  },
  {
    name: "who may not ask is refused, and nothing is asked",
    async run(t) {
      const handler = confidential(t);
      for (const path of ROUTES) {
        for (const origin of [undefined, "null", "https://evil.example", "http://localhost:8788"]) {
          const headers = { "content-type": "application/json", ...(origin && { origin }) };
          const answer = await handler.send(path, { method: "POST", origin: HOME, headers, body: "{}" });
          checkRefusal(answer, 403, "origin_not_allowed");
          equal(answer.headers.get("access-control-allow-origin"), null, "access-control-allow-origin");
        }
        for (const method of ["GET", "PUT", "DELETE", "PATCH"]) {
          const answer = await handler.send(path, { method, origin: HOME, headers: { origin: HOME } });
          checkRefusal(answer, 405, "method_not_allowed");
          equal(answer.headers.get("allow"), "POST", "allow");
        }
      }
      const headers = { origin: HOME, "content-type": "application/json", cookie: `${COOKIE}=a\r\nx-evil: 1` };
      const evil = await handler.fetch(lookalike("/auth/refresh", { origin: HOME, headers }));
      ok([400, 401].includes(evil.status), `a cookie with line breaks: ${evil.status}`);
      ok(!JSON.stringify([...evil.headers]).includes("evil"), "nothing is echoed");
      deepEqual(await tokenRequests(t), [], "token requests");
    },
  },
  {
    name: "an allowed origin may sign in, its cookie included",
    async run(t) {
      const origin = "https://app.example";
      const handler = over(t, rotating(0).fetch, { allowOrigins: [origin], cookie: { sameSite: "none" } });
      const body = { code: "c", redirect_uri: `${origin}/back` };
      const answer = await handler.send("/auth/exchange", postJson(body, { headers: { origin } }));
      equal(answer.status, 200, `status: ${answer.text}`);
      equal(answer.headers.get("access-control-allow-origin"), origin, "access-control-allow-origin");
      equal(answer.headers.get("access-control-allow-credentials"), "true", "access-control-allow-credentials");
    },
  },
  {
    name: "what goes wrong at the service is told as what it is for a page",
    async run(t) {
      const { clientSecret } = t.keys();
      const answered = (status, body) => async () => new Response(body, { status });
      const envelope = (error) => JSON.stringify({ error, error_description: `code-1 r0 ${clientSecret} 10.0.0.7` });
      const good = { access_token: "a1", expires_in: 60 };
      for (const [fetch, status, code] of [
        [answered(503, "<html>"), 503, "temporarily_unavailable"],
        [answered(500, envelope("server_error")), 503, "temporarily_unavailable"],
        [answered(429, ""), 503, "temporarily_unavailable"],
        [() => Promise.reject(new TypeError("connect 10.0.0.7")), 503, "temporarily_unavailable"],
        [() => new Promise(() => {}), 503, "temporarily_unavailable"],
        [answered(400, envelope("invalid_scope")), 400, "invalid_scope"],
        [answered(400, envelope("code-1")), 502, "bad_answer"],
        [answered(401, envelope("client_auth_fail")), 500, "server_error"],
        [answered(401, envelope("invalid_client")), 500, "server_error"],
        [answered(404, "<html>"), 502, "bad_answer"],
        [answered(200, "<html>"), 502, "bad_answer"],
        [answered(200, "{}"), 502, "bad_answer"],
        [answered(200, JSON.stringify({ access_token: "a\r\nb" })), 502, "bad_answer"],
        [async () => Response.redirect("https://evil.example/", 302), 502, "bad_answer"],
        [async () => ({ status: 200, text: () => 7, headers: null }), 502, "bad_answer"],
        [async () => 7, 503, "temporarily_unavailable"],
      ]) {
        for (const [path, body] of [
          ["/auth/exchange", { code: "code-1", redirect_uri: ORIGIN }],
          ["/auth/refresh", {}],
        ]) {
          const answer = await over(t, fetch, { timeout: 100 }).send(path, postJson(body, withCookie()));
          checkRefusal(answer, status, code);
          for (const hidden of ["10.0.0.7", "code-1", "r0"]) ok(!answer.text.includes(hidden), answer.text);
          equal(answer.headers.get("set-cookie"), null, "the cookie stays as it is");
        }
      }
      const lost = async () => Response.json({ ...good, refresh_token: "a\r\nset-cookie: b=c" });
      const answer = await over(t, lost).send("/auth/refresh", postJson({}, withCookie()));
      equal(answer.status, 200, "status");
      cleared(answer);
    },
  },
  {
    name: "a refresh that failed for a while may be tried again",
    async run(t) {
      const service = rotating(0);
      let times = 0;
      const handler = over(t, async (...call) => {
        times += 1;
        return times === 1 ? new Response("", { status: 503 }) : service.fetch(...call);
      });
      const send = () => handler.send("/auth/refresh", postJson({}, withCookie()));
      checkRefusal(await send(), 503, "temporarily_unavailable");
      await new Promise((resolve) => setTimeout(resolve, 20));
      equal((await send()).status, 200, "status of the second");
    },
  },
];

export const edgeHandlerAuthCases = cases.map((one) => ({
  ...one,
  name: `edge handler, sign-in: ${one.name}`,
  needs: "edge",
}));
