// What a broker keeps and gives; and one that can't be reached or is broken: what callers are told, and that it heals.

import { deepEqual, equal, match, ok } from "../../lib/assert.mjs";
import { claimsOf } from "../../lib/claims.mjs";
import { until } from "../../lib/limits.mjs";
import { leaks } from "../leaks.mjs";
import { WORKERS } from "./world.mjs";

const [HOST, ELSEWHERE, THIRD] = WORKERS;

const BREAKS = {
  throws: { name: "NetworkError", code: "network_error", message: /^the token broker wasn't reached$/ },
  page: { name: "AuthError", code: "token_request_failed", message: /status 500/ },
  text: { name: "AuthError", code: "invalid_token", message: /isn't JSON/ },
};

const breakBy = (world, how) => world.ask(HOST, { action: "break", how });

async function tellsAndHeals(world, how, expected) {
  const app = await world.newApp();
  const call = () => world.ask(ELSEWHERE, { action: "call", mark: world.nextMark(), app, store: "faulty broker" });
  await breakBy(world, how);
  const end = await call();
  equal(end.name, expected.name, "name");
  equal(end.code, expected.code, "code");
  match(end.message, expected.message, "message");
  ok(!leaks(end, app.clientSecret), "the error shows no secret");
  equal(await world.tokenRequests(app), 0, "token requests");
  await breakBy(world, null);
  await until(async () => (await call()).ok, { what: "the broker heals" });
  equal(await world.tokenRequests(app), 1, "token requests");
}

export const brokerScenarios = [
  {
    name: "a broker keeps the token alone, and has it still when it was evicted",
    async run(world) {
      const app = await world.newApp();
      const call = (worker) =>
        world.ask(worker, { action: "call", mark: world.nextMark(), app, store: "faulty broker" });
      deepEqual(await call(ELSEWHERE), { ok: true }, "the first call");
      await breakBy(world, "evicted once");
      deepEqual(await call(THIRD), { ok: true }, "a call that finds it evicted");
      equal(await world.tokenRequests(app), 1, "token requests");
      await breakBy(world, "tells");
      const { held, error } = await world.ask(HOST, { action: "stored", app });
      equal(error.code, "invalid_token", "what is told isn't a token");
      await breakBy(world, null);
      equal(held[0].length, 1, "records");
      ok(JSON.stringify(held).includes("access_token"), "the token");
      for (const hidden of [app.clientId, app.clientSecret]) ok(!JSON.stringify(held).includes(hidden), hidden);
    },
  },
  {
    name: "another token on request, for all who use the broker",
    async run(world) {
      const app = await world.newApp();
      const token = async (worker, refresh) =>
        (await world.ask(worker, { action: "token", app, store: "broker", refresh })).token;
      const first = await token(ELSEWHERE, false);
      const second = await token(ELSEWHERE, true);
      ok(first !== second, "it is another one");
      equal(await token(THIRD, false), second, "the token of another worker");
      equal(await world.tokenRequests(app), 2, "token requests");
    },
  },
  {
    name: "robots of one refresh token share a token for each player",
    async run(world) {
      const { url, refreshToken, playerIds } = world.kumite;
      const app = { provider: "kumite", apiUrl: url, authUrl: url, refreshToken };
      const token = async (worker, playerId) =>
        (await world.ask(worker, { action: "token", app, playerId, store: "broker" })).token;
      const tokensOf = (playerId) => Promise.all(WORKERS.map((worker) => token(worker, playerId)));
      const tokens = await Promise.all(playerIds.map(tokensOf));
      const players = tokens.map((own) => new Set(own.map((one) => claimsOf(one).playerId)));
      deepEqual(players.map((own) => [...own]), playerIds.map((id) => [id]), "whose tokens they are");
      const asked = (await world.control.log()).filter(({ path }) => path === "/kumite/api/v1/oauth2/token");
      deepEqual(asked.map(({ query }) => query.player_id).sort(), [...playerIds].sort(), "token requests");
    },
  },
  ...Object.entries(BREAKS).map(([how, expected]) => ({
    name: `a broker that is broken (${how}): ${expected.code}, and it heals`,
    run: (world) => tellsAndHeals(world, how, expected),
  })),
  {
    name: "a broker that isn't reached: network_error",
    async run(world) {
      const app = await world.newApp();
      const end = await world.ask(ELSEWHERE, { action: "call", mark: world.nextMark(), app, store: "no broker" });
      const { name, code, message } = BREAKS.throws;
      deepEqual([end.name, end.code], [name, code], "error");
      match(end.message, message, "message");
      match(end.cause, /Network connection lost/, "cause");
    },
  },
  {
    name: "a broker that is evicted in the middle of it is asked once more",
    async run(world) {
      const app = await world.newApp();
      await breakBy(world, "evicted once");
      const call = { action: "call", mark: world.nextMark(), app, store: "faulty broker" };
      deepEqual(await world.ask(ELSEWHERE, call), { ok: true }, "the call");
      equal(await world.tokenRequests(app), 1, "token requests");
    },
  },
  {
    name: "what the service says to a broker is what its callers are told",
    async run(world) {
      const { clientId } = await world.newApp();
      const app = { clientId, clientSecret: "not-its-secret" };
      const call = () => world.ask(ELSEWHERE, { action: "call", mark: world.nextMark(), app, store: "broker" });
      const ends = await Promise.all(Array.from({ length: 10 }, call));
      for (const end of ends) {
        deepEqual([end.name, end.code, end.status], ["AuthError", "client_auth_fail", 401], "error");
        ok(!leaks(end, app.clientSecret), "the error shows no secret");
      }
      equal(await world.tokenRequests(app), 1, "token requests");
    },
  },
];
