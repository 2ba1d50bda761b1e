// createEdgeHandler: POST /player-token, and whom it answers.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { PLAYER, SCOPES } from "../context.mjs";
import { nowSeconds } from "../forge.mjs";
import { ORIGIN, SESSION, checkEnvelope, checkRefusal, handlerOf, lookalike, post, streamOf } from "../handler.mjs";

const cases = [
  {
    name: "POST /player-token gives the player's token, never to be cached",
    async run(t) {
      const answer = await handlerOf(t).send("/player-token", post());
      equal(answer.status, 200, "status");
      match(answer.headers.get("content-type"), /^application\/json/, "content type");
      match(answer.headers.get("cache-control"), /no-store/, "cache control");
      const record = answer.json();
      equal(record.expires_in, 900, "expires_in");
      const verified = t.edge.verifyJWT(record.access_token, t.keys());
      equal(verified.playerId, PLAYER, "playerId");
      deepEqual(verified.scopes, SCOPES, "scopes");
      ok(Math.abs(verified.claims.exp - nowSeconds() - 900) <= 5, "exp");
    },
  },
  {
    name: "POST /player-token ignores its body",
    async run(t) {
      const body = JSON.stringify({ player_id: "boss", playerId: "boss", scopes: ["admin"], expiresIn: 1e9 });
      for (const init of [{ body, headers: { "content-type": "application/json" } }, { body: "{broken" }]) {
        const answer = await handlerOf(t).send("/player-token", post(init));
        equal(answer.status, 200, "status");
        const verified = t.edge.verifyJWT(answer.json().access_token, t.keys());
        equal(verified.playerId, PLAYER, "playerId");
        deepEqual(verified.scopes, SCOPES, "scopes");
        equal(answer.json().expires_in, 900, "expires_in");
      }
    },
  },
  {
    name: "POST /player-token refuses bodies that are too large, however they come",
    async run(t) {
      const text = "x".repeat(10_000_000);
      checkRefusal(await handlerOf(t).send("/player-token", post({ body: text })), 413, "body_too_large");
      const headers = { "content-length": "10000000" };
      const announced = handlerOf(t);
      checkRefusal(await announced.send("/player-token", post({ body: "x", headers })), 413, "body_too_large");
      equal(announced.times(), 0, "times authenticate was asked");
      const { init, read } = streamOf(10_000_000);
      checkRefusal(await handlerOf(t).send("/player-token", post(init)), 413, "body_too_large");
      ok(read() < 200_000, `only the beginning is read, not ${read()} bytes`);
    },
  },
  {
    name: "a request that throws, or isn't what it seems, harms no other",
    async run(t) {
      const { fetch, send } = handlerOf(t);
      const boom = () => {
        throw new Error("looked at");
      };
      const like = (more) => Object.defineProperties(lookalike("/player-token", post()), Object.getOwnPropertyDescriptors(more));
      const chunk = (value) => like({ body: { getReader: () => ({ read: () => ({ value }), cancel: () => 5 }) } });
      for (const [request, status] of [
        [new Proxy(new Request(`${ORIGIN}/player-token`, post()), {})],
        [like({ get then() { return boom(); } }), 503],
        [like({ headers: { get: boom } })],
        [like({ get headers() { return boom(); } })],
        [like({ headers: { get: () => 5 } })],
        [like({ get body() { return boom(); } }), 200],
        [chunk("text"), 200],
        [chunk(new Proxy(new Uint8Array(3), {})), 200],
      ]) {
        const other = send("/player-token", post());
        const answer = await fetch(request).catch((error) => error);
        ok(answer.code !== "internal", `it isn't a fault of the SDK's own: ${answer.message}`);
        if (status) equal(answer.status, status, "status");
        equal((await other).status, 200, "the other's status");
      }
    },
  },
  {
    name: "authenticate may read the body itself",
    async run(t) {
      const authenticate = async (request) => ((await request.text()) === "it's me" ? SESSION : null);
      const answer = await handlerOf(t, { authenticate }).send("/player-token", post({ body: "it's me" }));
      equal(answer.status, 200, "status");
    },
  },
  {
    name: "a body that breaks off harms nobody",
    async run(t) {
      const body = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
      equal((await handlerOf(t).send("/player-token", post({ body, duplex: "half" }))).status, 200, "status");
    },
  },
  {
    name: "a page's client takes the handler's Response as its token",
    async run(t) {
      const handler = handlerOf(t);
      await t.works(t.client({ token: () => handler.fetch(new Request(`${ORIGIN}/player-token`, post())) }));
    },
  },
  {
    name: "authenticate throws: 503, and what it threw isn't shown",
    async run(t) {
      const authenticate = () => {
        throw new Error("database at 10.0.0.7 is down");
      };
      const answer = await handlerOf(t, { authenticate }).send("/player-token", post());
      equal(answer.status, 503, "status");
      ok(!answer.text.includes("10.0.0.7"), "the answer doesn't show what was thrown");
      checkEnvelope(answer);
    },
  },
  ...[undefined, null].map((nothing) => ({
    name: `authenticate gives ${nothing}: 401`,
    async run(t) {
      const answer = await handlerOf(t, { authenticate: async () => nothing }).send("/player-token", post());
      equal(answer.status, 401, "status");
      checkEnvelope(answer);
    },
  })),
  ...[{}, { playerId: "" }, { playerId: 7 }, "johny"].map((session) => ({
    name: `authenticate gives ${JSON.stringify(session)}: no token`,
    async run(t) {
      const answer = await handlerOf(t, { authenticate: async () => session }).send("/player-token", post());
      ok(answer.status >= 400, `an error, not ${answer.status}`);
      ok(!/access_token/.test(answer.text), "no token");
      checkEnvelope(answer);
    },
  })),
  {
    name: "a foreign Origin is refused before authenticate is asked",
    async run(t) {
      for (const origin of [
        "https://evil.example",
        "null",
        "http://game.example",
        "https://game.example.evil.example",
      ]) {
        const handler = handlerOf(t);
        const answer = await handler.send("/player-token", post({ headers: { origin } }));
        equal(answer.status, 403, `status for ${origin}`);
        equal(answer.headers.get("access-control-allow-origin"), null, "access-control-allow-origin");
        equal(answer.json().error, "origin_not_allowed", "error");
        equal(handler.times(), 0, "times authenticate was asked");
      }
    },
  },
  {
    name: "a POST without an Origin is refused, as every page sends one",
    async run(t) {
      const handler = handlerOf(t);
      const answer = await handler.send("/player-token", { method: "POST" });
      equal(answer.status, 403, "status");
      equal(answer.json().error, "origin_not_allowed", "error");
      equal(handler.times(), 0, "times authenticate was asked");
    },
  },
  {
    name: "an Origin of allowOrigins is taken, and told so",
    async run(t) {
      const origin = "https://other.example";
      const answer = await handlerOf(t, { allowOrigins: [origin] }).send(
        "/player-token",
        post({ headers: { origin } }),
      );
      equal(answer.status, 200, "status");
      equal(answer.headers.get("access-control-allow-origin"), origin, "access-control-allow-origin");
      match(answer.headers.get("vary"), /origin/i, "vary");
    },
  },
  {
    name: "another method: 405, with the right one",
    async run(t) {
      for (const method of ["GET", "PUT", "DELETE"]) {
        const handler = handlerOf(t);
        const answer = await handler.send("/player-token", { method });
        equal(answer.status, 405, `status for ${method}`);
        match(answer.headers.get("allow"), /POST/, "allow");
        equal(handler.times(), 0, "times authenticate was asked");
      }
    },
  },
  {
    name: "another path: 404",
    async run(t) {
      for (const path of ["/", "/player-tokens", "/player-token/x", "/auth/nothing", "/api/runtime/player"]) {
        const handler = handlerOf(t);
        equal((await handler.send(path, post())).status, 404, `status for ${path}`);
        equal(handler.times(), 0, "times authenticate was asked");
      }
    },
  },
  {
    name: "a header with line breaks is refused, where the platform lets one come at all",
    async run(t) {
      const origin = `${ORIGIN}\r\nx-evil: 1`;
      await failure(() => new Request(`${ORIGIN}/player-token`, { headers: { origin } }));
      const handler = handlerOf(t);
      const response = await handler.fetch(lookalike("/player-token", { headers: { origin } }));
      equal(response.status, 403, "status");
      ok(!JSON.stringify([...response.headers]).includes("evil"), "nothing is echoed");
      equal(handler.times(), 0, "times authenticate was asked");
    },
  },
  {
    name: "a preflight of an allowed origin is answered, and of no other",
    async run(t) {
      const allowed = "https://other.example";
      const preflight = (origin) =>
        handlerOf(t, { allowOrigins: [allowed] }).send("/player-token", { method: "OPTIONS", headers: { origin } });
      const answer = await preflight(allowed);
      equal(answer.status, 204, "status");
      equal(answer.headers.get("access-control-allow-origin"), allowed, "access-control-allow-origin");
      equal(answer.headers.get("access-control-allow-methods"), "POST", "access-control-allow-methods");
      checkRefusal(await preflight("https://evil.example"), 403, "origin_not_allowed");
      checkRefusal(await preflight("null"), 403, "origin_not_allowed");
    },
  },
  {
    name: "the work goes on when the page goes away: waitUntil gets it, and it never rejects",
    async run(t) {
      const handler = handlerOf(t);
      await handler.send("/player-token", post());
      equal(handler.waitedFor.length, 1, "what waitUntil got");
      equal(await handler.waitedFor[0], undefined, "what it gives");
      await failure(() => handler.fetch("no request"));
      equal(handler.waitedFor.length, 2, "what waitUntil got then");
      equal(await handler.waitedFor[1], undefined, "what it gives then");
    },
  },
  {
    name: "a fault of its own is answered with 500 and logged, and the next request is answered as ever",
    async run(t) {
      const handler = handlerOf(t);
      // What no Request does, and so nobody in the wasm expects.
      const outOfOrder = new Error("out of order");
      const headers = {
        get() {
          throw outOfOrder;
        },
      };
      const odd = Object.defineProperty(new Request(`${ORIGIN}/player-token`, post()), "headers", { value: headers });
      const said = [];
      const { error } = console;
      console.error = (...words) => void said.push(words);
      let answer;
      try {
        answer = await handler.fetch(odd);
      } finally {
        console.error = error;
      }
      deepEqual([answer.status, (await answer.json()).error], [500, "server_error"], "answer");
      equal(answer.headers.get("cache-control"), "no-store", "cache-control");
      equal(said.length, 1, "lines of the log");
      const [[text, cause]] = said;
      ok(text === "playoff-wasm: the handler itself has failed:" && cause === outOfOrder, `the log: ${text} ${cause}`);
      equal(await handler.waitedFor[0], undefined, "what waitUntil got");
      equal((await handler.send("/player-token", post())).status, 200, "the next one");
    },
  },
  {
    name: "authenticate gets the request, with its cookies",
    async run(t) {
      const authenticate = (request) => (request.headers.get("cookie") === "session=1" ? SESSION : null);
      const handler = handlerOf(t, { authenticate });
      equal(
        (await handler.send("/player-token", post({ headers: { cookie: "session=1" } }))).status,
        200,
        "status with it",
      );
      equal((await handler.send("/player-token", post())).status, 401, "status without");
    },
  },
];

export const edgeHandlerCases = cases.map((one) => ({ ...one, name: `edge handler: ${one.name}`, needs: "edge" }));
