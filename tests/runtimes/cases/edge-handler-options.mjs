// createEdgeHandler's options: what can't hold is refused, and the log alone says why.

import { equal, ok } from "../../lib/assert.mjs";
import { turn } from "../gate.mjs";
import { handlerOf, post } from "../handler.mjs";

const ALLOW = [["GET", "/runtime/*"]];

const BAD = {
  "an unknown option": { token: "x" },
  "a storage that can nothing": { storage: {} },
  "a broker that is none": { broker: "TOKEN_BROKER" },
  "an ensurePlayer that says neither": { ensurePlayer: "yes" },
  "a player of the app's own": { playerId: "johny" },
  "an option of old": { client_id: "x" },
  "no authenticate": { authenticate: undefined },
  "an empty secret": { clientSecret: "" },
  "a colon in the id": { clientId: "a:b" },
  "an allowed origin with a slash": { allowOrigins: ["https://app.example/"] },
  "every origin": { allowOrigins: ["*"] },
  "null as an origin": { allowOrigins: ["null"] },
  "an address that isn't https": { apiUrl: "http://api.example" },
  "an unknown version": { version: "v3" },
  "a cookie that is no object": { cookie: "refresh" },
  "an unknown member of cookie": { cookie: { domain: "example" } },
  "a cookie's prefix": { cookie: { name: "__Host-x" } },
  "an unknown sameSite": { cookie: { sameSite: "None" } },
  "a cookie without a life": { cookie: { maxAge: 0 } },
  "a proxy without a list": { proxy: {} },
  "a proxy with an empty list": { proxy: { allow: [] } },
  "a proxy's list of texts": { proxy: { allow: ["GET /runtime/*"] } },
  "a method in lower case": { proxy: { allow: [["get", "/runtime/*"]] } },
  "a star within": { proxy: { allow: [["GET", "/runtime/*/x"]] } },
  "a route with its version": { proxy: { allow: [["GET", "/v2/runtime/*"]] } },
  "a limit that is none": { proxy: { allow: ALLOW, maxBodySize: -1 } },
  "a quiet name for the app's token": { proxy: { allow: ALLOW, useAppToken: true } },
};

const GOOD = {
  "a place that it knows": { provider: "playlyfe", host: "games.example", version: "v1", timeout: 1_000, headers: { "x-a": "b" } },
  "a cookie": { cookie: { name: "game.refresh", sameSite: "strict", maxAge: 60 } },
  "a proxy": { proxy: { allow: [...ALLOW, ["POST", "/runtime/player"]], maxBodySize: 10, dangerouslyUseAppToken: true } },
  "a list of scopes": { scope: ["a", "b"] },
};

const cases = [
  ...Object.entries(BAD).map(([what, options]) => ({
    name: `${what}: 500, and nobody is told why`,
    async run(t) {
      const env = t.keys();
      const handler = t.edge.createEdgeHandler((keys) => ({ ...keys, authenticate: () => null, ...options }));
      const response = await handler.fetch(new Request("https://game.example/player-token", post()), env);
      const text = await response.text();
      equal(response.status, 500, "status");
      equal(JSON.parse(text).error, "server_error", "error");
      ok(!/option|secret|authenticate/i.test(text), `the answer tells nothing: ${text}`);
    },
  })),
  ...Object.entries(GOOD).map(([what, options]) => ({
    name: `${what} is taken`,
    async run(t) {
      equal((await handlerOf(t, options).send("/player-token", post())).status, 200, "status");
    },
  })),
  {
    name: "a function that throws: 500, every time",
    async run(t) {
      let times = 0;
      const handler = t.edge.createEdgeHandler(() => {
        times += 1;
        throw new Error("no env");
      });
      for (let time = 1; time <= 2; time++) {
        const response = await handler.fetch(new Request("https://game.example/player-token", post()), {});
        equal(response.status, 500, "status");
        equal(times, time, "times it was asked");
      }
    },
  },
  {
    name: "an option that throws when it is read: 500, and the handler goes on",
    async run(t) {
      let throws = true;
      const storage = () => {
        if (throws) throw new Error("no storage here");
      };
      const options = (keys) =>
        Object.defineProperty({ ...keys, authenticate: () => null }, "storage", { enumerable: true, get: storage });
      const handler = t.edge.createEdgeHandler(options);
      const env = t.keys();
      const ask = () => handler.fetch(new Request("https://game.example/player-token", post()), env);
      equal((await ask()).status, 500, "status");
      throws = false;
      equal((await ask()).status, 401, "status once it can be read");
    },
  },
  {
    name: "options are read once for an env",
    async run(t) {
      let times = 0;
      const handler = t.edge.createEdgeHandler((keys) => ((times += 1), { ...keys, authenticate: () => null }));
      const env = t.keys();
      for (const given of [env, env, { ...env }]) {
        const response = await handler.fetch(new Request("https://game.example/player-token", post()), given);
        equal(response.status, 401, "status");
      }
      equal(times, 2, "times they were read");
    },
  },
  {
    name: "a promise of options is waited for, and what it gives is kept",
    async run(t) {
      let times = 0;
      const handler = t.edge.createEdgeHandler(async (keys) => {
        times += 1;
        await turn();
        return { ...keys, authenticate: () => null };
      });
      const env = t.keys();
      const ask = async () =>
        equal((await handler.fetch(new Request("https://game.example/player-token", post()), env)).status, 401, "status");
      await Promise.all([ask(), ask()]);
      const first = times;
      await ask();
      equal(times, first, "times they were asked for afterwards");
    },
  },
  {
    name: "a promise of options that fails: 500, and the next request asks anew",
    async run(t) {
      let times = 0;
      const handler = t.edge.createEdgeHandler(async (keys) => {
        times += 1;
        if (times === 1) throw new Error("no secret yet");
        return { ...keys, authenticate: () => null };
      });
      const env = t.keys();
      for (const status of [500, 401, 401]) {
        const response = await handler.fetch(new Request("https://game.example/player-token", post()), env);
        equal(response.status, status, "status");
      }
      equal(times, 2, "times they were asked for");
    },
  },
];

export const edgeHandlerOptionCases = cases.map((one) => ({
  ...one,
  name: `edge handler, options: ${one.name}`,
  needs: "edge",
}));
