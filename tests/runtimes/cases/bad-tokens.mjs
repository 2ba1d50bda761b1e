// Tokens that are none: each refused by name, nothing sent, nothing shown, and the client goes on.

import { equal, ok } from "../../lib/assert.mjs";
import { PLAYER, SCOPES } from "../context.mjs";
import { forgeJWT, nowSeconds } from "../forge.mjs";

const SECRET = "tok-0123456789abcdef";

function html(status) {
  const body = `<html><h1>Oops</h1><p>${SECRET}</p></html>`;
  return new Response(body, { status, headers: { "content-type": "text/html" } });
}

const endedWithoutIat = (t) => forgeJWT(t.keys(), { player_id: PLAYER, scopes: SCOPES, exp: nowSeconds() - 60 });

// What the callback does the first time, and the error that must come of it.
const CALLBACKS = {
  "throws an error": [
    () => {
      throw new Error("no network here");
    },
    { name: "AuthError", code: "token_callback_failed", message: /token/ },
  ],
  "rejects with an error": [
    () => Promise.reject(new TypeError("fetch failed")),
    { name: "AuthError", code: "token_callback_failed", message: /token/ },
  ],
  "throws a text": [
    () => {
      throw "nope";
    },
    { name: "AuthError", code: "token_callback_failed", message: /token/ },
  ],
  "rejects with undefined": [
    () => Promise.reject(undefined),
    { name: "AuthError", code: "token_callback_failed", message: /token/ },
  ],
  "gives undefined": [() => undefined, { name: "AuthError", code: "invalid_token", message: /undefined/ }],
  "gives a promise of undefined": [
    async () => undefined,
    { name: "AuthError", code: "invalid_token", message: /undefined/ },
  ],
  "gives null": [async () => null, { name: "AuthError", code: "invalid_token", message: /null/ }],
  "gives an empty text": [async () => "", { name: "AuthError", code: "invalid_token", message: /empty/ }],
  "gives a number": [async () => 7, { name: "AuthError", code: "invalid_token", message: /number/ }],
  "gives true": [async () => true, { name: "AuthError", code: "invalid_token", message: /boolean/ }],
  "gives an array": [async () => [SECRET], { name: "AuthError", code: "invalid_token", message: /access_token/ }],
  "gives an object without access_token": [
    async () => ({ jwt: SECRET }),
    { name: "AuthError", code: "invalid_token", message: /access_token/ },
  ],
  "gives an access_token that is empty": [
    async () => ({ access_token: "" }),
    { name: "AuthError", code: "invalid_token", message: /empty/ },
  ],
  "gives an access_token that is a number": [
    async () => ({ access_token: 7 }),
    { name: "AuthError", code: "invalid_token", message: /access_token/ },
  ],
  "gives an access_token that is null": [
    async () => ({ access_token: null }),
    { name: "AuthError", code: "invalid_token", message: /access_token/ },
  ],
  "gives an error page as text": [
    async () => `<html>${SECRET}</html>\n`,
    { name: "AuthError", code: "invalid_token", message: /token/ },
  ],
  "gives an error page with status 500": [
    async () => html(500),
    { name: "AuthError", code: "token_request_failed", message: /500/, status: 500 },
  ],
  "gives an error page with status 200": [
    async () => html(200),
    { name: "AuthError", code: "invalid_token", message: /JSON/ },
  ],
  "gives an answer without access_token": [
    async () => Response.json({ ok: true }),
    { name: "AuthError", code: "invalid_token", message: /access_token/ },
  ],
  "gives an answer whose body was read": [
    async () => {
      const answer = Response.json({ access_token: SECRET });
      await answer.text();
      return answer;
    },
    {},
  ],
  "gives an ended JWT without iat": [
    endedWithoutIat,
    { name: "AuthError", code: "token_expired", message: /ended.*clock/s },
  ],
  "gives a record with an ended JWT without iat": [
    async (t) => ({ access_token: await endedWithoutIat(t) }),
    { name: "AuthError", code: "token_expired", message: /clock/ },
  ],
};

function callbackCase([title, [bad, expected]]) {
  return {
    name: `bad token: the callback ${title}`,
    async run(t) {
      const secrets = [SECRET];
      let first = true;
      const client = t.client({
        token: async () => {
          if (!first) return t.jwt();
          first = false;
          const value = await bad(t);
          const text = value?.access_token ?? value;
          if (typeof text === "string" && text.length > SECRET.length) secrets.push(text);
          return value;
        },
      });
      // Read after the call: the callback adds to it.
      await t.refuses(() => client.get("/runtime/player"), expected, secrets);
      await t.worksSoon(client);
    },
  };
}

// What stands in `token` itself.
const VALUES = {
  "a number": 7,
  "an empty text": "",
  "an object without access_token": { jwt: SECRET },
  "a text with white space": `${SECRET} ${SECRET}`,
  "an array": [SECRET],
};

export const badTokenCases = [
  ...Object.entries(CALLBACKS).map(callbackCase),
  {
    name: "bad token: the callback hangs past `timeout`",
    async run(t) {
      let asked = 0;
      let signal;
      const client = t.client({
        timeout: 200,
        token: (request) => {
          asked += 1;
          if (asked > 1) return t.jwt();
          signal = request.signal;
          return new Promise(() => {});
        },
      });
      const error = await t.refuses(() => client.get("/runtime/player"), {
        name: "TimeoutError",
        code: "timeout",
        message: /200/,
      });
      equal(error.retryable, true, "retryable");
      ok(signal.aborted, "the callback's signal is aborted");
      await t.worksSoon(client);
    },
  },
  {
    name: "bad token: the body of the callback's answer hangs past `timeout`",
    async run(t) {
      let asked = 0;
      const client = t.client({
        timeout: 200,
        token: () => ((asked += 1) > 1 ? t.jwt() : new Response(new ReadableStream())),
      });
      await t.refuses(() => client.get("/runtime/player"), { name: "TimeoutError", code: "timeout", message: /200/ });
      await t.worksSoon(client);
    },
  },
  {
    name: "bad token: what the callback threw is the cause",
    async run(t) {
      const thrown = new Error("no network here");
      const client = t.client({ token: () => Promise.reject(thrown) });
      const error = await t.refuses(() => client.get("/runtime/player"), {
        name: "AuthError",
        code: "token_callback_failed",
      });
      ok(error.cause === thrown, "cause");
    },
  },
  {
    name: "bad token: every waiting call gets the error",
    async run(t) {
      let asked = 0;
      const client = t.client({ token: async () => ((asked += 1), "") });
      const results = await Promise.allSettled([1, 2, 3].map(() => client.get("/runtime/player")));
      equal(results.filter((one) => one.reason?.code === "invalid_token").length, 3, "calls refused");
      equal(asked, 1, "times asked");
    },
  },
  ...Object.entries(VALUES).map(([title, token]) => ({
    name: `bad token: the option is ${title}`,
    async run(t) {
      await t.refuses(async () => t.client({ token }).get("/runtime/player"), { message: /token/ }, [SECRET]);
      await t.works(t.client());
    },
  })),
  {
    name: "bad token: the option is an ended JWT without iat",
    async run(t) {
      const token = await endedWithoutIat(t);
      await t.refuses(
        async () => t.client({ token }).get("/runtime/player"),
        { name: "AuthError", code: "token_expired", message: /clock/ },
        [token],
      );
      await t.works(t.client());
    },
  },
];
