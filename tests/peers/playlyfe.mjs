// npm's playlyfe 0.4.4, unshimmed: its own options name the two addresses.

import { createRequire } from "node:module";
import { deepEqual, equal, failure, match, ok } from "../lib/assert.mjs";
import { createVisitor } from "../lib/visitor.mjs";

const { Playlyfe, PlaylyfeException } = createRequire(import.meta.url)("playlyfe");

const PLAYER = "johny";
const PNG_SIGNATURE = "89504e470d0a1a0a";

function clientFor({ sandbox }, clientId, more = {}) {
  const seeded = sandbox.clients.find((client) => client.clientId === clientId);
  return new Playlyfe({
    type: "client",
    version: "v2",
    client_id: seeded.clientId,
    client_secret: seeded.clientSecret,
    auth_endpoint: sandbox.authUrl,
    api_endpoint: sandbox.apiUrl,
    ...more,
  });
}

/** A store that starts with `token` and keeps what the client stores. */
function memory(token) {
  const stored = [];
  let current = token;
  return {
    stored,
    options: {
      load: (done) => done(null, current),
      store: (fresh, done) => {
        current = fresh;
        stored.push(fresh);
        return done(null, fresh);
      },
    },
  };
}

function score(profile, metricId) {
  return profile.scores.find((entry) => entry.metric.id === metricId)?.value;
}

async function tokenCalls(control) {
  return (await control.log()).filter((call) => call.path === "/auth/token");
}

/** The first change of a point metric that a play answer tells of. */
function pointChange(answer) {
  return answer.events.local.flatMap((event) => event.changes ?? []).find((change) => change.metric.type === "point");
}

async function readsProfile(world) {
  const client = clientFor(world, "sandbox-app");
  deepEqual(await client.get("/runtime/player", { player_id: PLAYER }), await world.control.player(PLAYER), "profile");
  await client.get("/runtime/player", { player_id: PLAYER });
  const calls = await tokenCalls(world.control);
  equal(calls.length, 1, "token requests for two reads");
  equal(calls[0].status, 200, "status of the token request");
}

async function readsLists(world) {
  const client = clientFor(world, "sandbox-app", { player_id: PLAYER });
  const players = await client.get("/runtime/players", { limit: 3 });
  equal(players.data.length, 3, "players asked for by limit");
  equal(players.total, world.sandbox.players.length, "total of players");
  ok(Array.isArray(await client.get("/runtime/actions")), "actions are a bare array");
  ok(Array.isArray(await client.get("/runtime/definitions/metrics")), "metrics are a bare array");
  const [board] = await client.get("/runtime/leaderboards");
  const ranking = await client.get(`/runtime/leaderboards/${board.id}`, { cycle: "alltime" });
  equal(ranking.data[0].rank, 1, "first rank");
  equal(typeof ranking.data[0].score, "string", "type of a score");
  const admin = await client.get(`/admin/players/${PLAYER}`);
  equal(admin.id, PLAYER, "id of the admin's view");
}

async function readsImage(world) {
  const client = clientFor(world, "sandbox-app", { player_id: PLAYER });
  const image = await client.get("/runtime/assets/game", { size: "small" }, true);
  match(image.headers["content-type"], /^image\/png/, "content type");
  equal(image.body.subarray(0, 8).toString("hex"), PNG_SIGNATURE, "first bytes");
}

async function playsAction(world) {
  const client = clientFor(world, "sandbox-app", { player_id: PLAYER });
  const answer = await client.post("/runtime/actions/collect/play", {}, { variables: { n: 2 } });
  equal(answer.events.local[0].event, "action", "first local event");
  equal(answer.events.local[0].action.id, "collect", "action of the first event");
  const change = pointChange(answer);
  ok(change, "a play changes points");
  const profile = await client.get("/runtime/player", {});
  equal(score(profile, change.metric.id), change.delta.new, "points after the play");
  deepEqual(profile, await world.control.player(PLAYER), "profile after the play");
}

async function managesPlayers(world) {
  const client = clientFor(world, "sandbox-app");
  const created = await client.post("/admin/players", {}, { id: "visitor", alias: "Visitor" });
  equal(created.id, "visitor", "id of the created player");
  deepEqual(created.scores, {}, "scores of a created player");
  const changed = await client.patch("/runtime/player", { player_id: "visitor" }, { alias: "Guest" });
  equal(changed.alias, "Guest", "alias after a patch");
  const twice = await failure(() => client.post("/admin/players", {}, { id: "visitor", alias: "Visitor" }));
  equal(twice.name, "player_exists", "name of the error");
  const deleted = await client.delete("/admin/players/visitor", {});
  equal(typeof deleted.message, "string", "message of a deletion");
}

async function seesError(world, clientId, call, name, status) {
  const error = await failure(() => call(clientFor(world, clientId)));
  ok(error instanceof PlaylyfeException, `a PlaylyfeException, not ${error}`);
  equal(error.name, name, "name");
  ok(typeof error.message === "string" && error.message.length > 0, "a message");
  if (status) equal(error.status, status, "status");
  return error;
}

async function healsFromBrokenToken(world) {
  const broken = { access_token: "broken", expires_at: new Date(Date.now() + 3_600_000) };
  const { stored, options } = memory(broken);
  const client = clientFor(world, "sandbox-app", options);
  deepEqual(await client.get("/runtime/player", { player_id: PLAYER }), await world.control.player(PLAYER), "profile");
  equal(stored.length, 1, "tokens stored");
  ok(stored[0].access_token !== "broken", "the stored token is a new one");
  equal((await tokenCalls(world.control)).length, 1, "token requests");
}

async function healsFromRevokedToken(world) {
  const { stored, options } = memory(undefined);
  const client = clientFor(world, "sandbox-app", { ...options, player_id: PLAYER });
  await client.get("/runtime/player", {});
  await world.control.revoke({ client_id: "sandbox-app" });
  deepEqual(await client.get("/runtime/player", {}), await world.control.player(PLAYER), "profile");
  equal(stored.length, 2, "tokens stored");
  ok(stored[0].access_token !== stored[1].access_token, "two different tokens");
}

async function exchangesCode(world) {
  const seeded = world.sandbox.clients.find((client) => client.type === "authorization_code");
  const redirect_uri = seeded.redirectUris[0];
  const { stored, options } = memory(undefined);
  const client = clientFor(world, seeded.clientId, { type: "code", redirect_uri, ...options });
  const { code } = await world.control.code({ client_id: seeded.clientId, player_id: PLAYER, redirect_uri });
  await client.exchangeCode(code);
  deepEqual(await client.get("/runtime/player", {}), await world.control.player(PLAYER), "profile");
  await world.control.expire({ client_id: seeded.clientId });
  deepEqual(await client.get("/runtime/player", {}), await world.control.player(PLAYER), "profile after a refresh");
  equal(stored.length, 2, "tokens stored: one by code, one by refresh token");
}

/** With a redirect address on a port that no seeded client has, and with a query that must stay. */
async function codeClient(world) {
  const redirect_uri = "http://127.0.0.1:50123/back?from=playlyfe";
  const { clientId } = world.sandbox.clients.find((client) => client.type === "authorization_code");
  await world.control.addRedirectUris(clientId, [redirect_uri]);
  const { options } = memory(undefined);
  return clientFor(world, clientId, { type: "code", redirect_uri, ...options });
}

async function signsIn(world) {
  const client = await codeClient(world);
  const visitor = createVisitor();
  const login = client.getAuthorizationURI();
  deepEqual((await visitor.open(login)).players, world.sandbox.players.map(({ id }) => id), "players");
  const back = await visitor.decide(login, "allow", PLAYER);
  equal(`${back.origin}${back.pathname}`, "http://127.0.0.1:50123/back", "where the code went");
  deepEqual([...back.searchParams.keys()], ["from", "code"], "parameters");
  await client.exchangeCode(back.searchParams.get("code"));
  deepEqual(await client.get("/runtime/player", {}), await world.control.player(PLAYER), "profile");

  const again = await failure(async () => (await codeClient(world)).exchangeCode(back.searchParams.get("code")));
  equal(again.name, "invalid_grant", "name of the error of a second exchange");
  const ended = await failure(() => client.get("/runtime/player", {}));
  equal(ended.name, "invalid_grant", "its refresh token has ended with it");
}

async function signsInAgain(world) {
  const visitor = createVisitor();
  const first = await codeClient(world);
  await visitor.decide(first.getAuthorizationURI(), "allow", PLAYER);
  const second = await codeClient(world);
  deepEqual((await visitor.open(second.getAuthorizationURI())).players, [], "nobody is to be chosen");
  const back = await visitor.decide(second.getAuthorizationURI(), "allow");
  await second.exchangeCode(back.searchParams.get("code"));
  equal((await second.get("/runtime/player", {})).id, PLAYER, "player");
}

async function isDenied(world) {
  const client = await codeClient(world);
  const back = await createVisitor().decide(client.getAuthorizationURI(), "deny");
  equal(back.searchParams.get("error"), "access_denied", "error");
  equal(back.searchParams.has("code"), false, "has a code");
}

const CASES = [
  ["client credentials and a profile, equal to the control route's", readsProfile],
  ["lists, a leaderboard and the admin's view", readsLists],
  ["an image", readsImage],
  ["a play that changes the profile", playsAction],
  ["creating, changing and deleting a player", managesPlayers],
  [
    "an unknown route",
    (world) =>
      seesError(
        world,
        "sandbox-app",
        (client) => client.get("/runtime/nothing", { player_id: PLAYER }),
        "route_not_found",
        404,
      ),
  ],
  [
    "an unknown player",
    (world) =>
      seesError(
        world,
        "sandbox-app",
        (client) => client.get("/runtime/player", { player_id: "nobody" }),
        "player_not_found",
        404,
      ),
  ],
  [
    "no player",
    (world) => seesError(world, "sandbox-app", (client) => client.get("/runtime/player", {}), "invalid_player"),
  ],
  [
    "a client without the scope",
    (world) =>
      seesError(
        world,
        "sandbox-limited",
        (client) => client.post("/runtime/actions/collect/play", { player_id: PLAYER }, {}),
        "access_denied",
      ),
  ],
  [
    "a body that fails validation",
    async (world) => {
      const error = await seesError(
        world,
        "sandbox-app",
        (client) => client.post("/admin/players", {}, { alias: 7 }),
        "validation_exception",
        400,
      );
      equal(error.errors?.valid, false, "data.valid");
    },
  ],
  [
    "a wrong secret",
    async (world) => {
      const client = clientFor(world, "sandbox-app", { client_secret: "wrong" });
      equal(
        (await failure(() => client.get("/runtime/player", { player_id: PLAYER }))).name,
        "client_auth_fail",
        "name",
      );
    },
  ],
  ["healing from a broken token", healsFromBrokenToken],
  ["healing from a revoked token", healsFromRevokedToken],
  ["a code, and its refresh token", exchangesCode],
  ["its own login address, the page, and the code exchanged once", signsIn],
  ["a player who signed in before", signsInAgain],
  ["a player who denies it", isDenied],
];

export async function playlyfeCases(report, world) {
  for (const [name, body] of CASES) {
    await report.test(`playlyfe 0.4.4: ${name}`, async () => {
      await world.control.reset();
      await body(world);
    });
  }
}
