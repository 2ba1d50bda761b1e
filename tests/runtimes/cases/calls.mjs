// Calls as users write them.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { PLAYER } from "../context.mjs";

function pointChange(answer) {
  return answer.events.local.flatMap((event) => event.changes ?? []).find((change) => change.metric.type === "point");
}

function score(profile, metricId) {
  return profile.scores.find((entry) => entry.metric.id === metricId)?.value;
}

export const callCases = [
  {
    name: "get: the profile equals the control route's",
    run: (t) => t.works(t.client()),
  },
  {
    name: "post: a play changes the profile",
    async run(t) {
      const client = t.client();
      const answer = await client.post("/runtime/actions/collect/play", { variables: { n: 2 } });
      const change = pointChange(answer);
      ok(change, "a play changes points");
      const profile = await client.get("/runtime/player");
      equal(score(profile, change.metric.id), change.delta.new, "points after the play");
      deepEqual(profile, await t.profile(), "profile after the play");
      const [call] = (await t.calls()).filter((one) => one.method === "POST");
      deepEqual(call.body, { variables: { n: 2 } }, "body as received");
    },
  },
  {
    name: "post: without a body",
    async run(t) {
      const answer = await t.client().post("/runtime/actions/collect/play");
      equal(answer.events.local[0].action.id, "collect", "action of the first event");
    },
  },
  {
    name: "patch: changes the player",
    async run(t) {
      const client = t.client();
      equal((await client.patch("/runtime/player", { alias: "Jöhny ✓" })).alias, "Jöhny ✓", "alias in the answer");
      equal((await t.profile()).alias, "Jöhny ✓", "alias afterwards");
    },
  },
  {
    name: "put: arrives as PUT with its body",
    async run(t) {
      const error = await t
        .client()
        .put("/runtime/nothing", { a: [1, null, "x"] })
        .catch((caught) => caught);
      equal(error.code, "route_not_found", "code");
      const [call] = await t.calls();
      equal(call.method, "PUT", "method");
      deepEqual(call.body, { a: [1, null, "x"] }, "body as received");
    },
  },
  {
    name: "delete: removes a player, without a body",
    async run(t) {
      await t.control.seed({ players: [{ id: "leaver", alias: "Leaver" }] });
      const answer = await t.app().delete(["admin", "players", "leaver"]);
      equal(typeof answer.message, "string", "message of the answer");
      const [call] = await t.calls();
      equal(call.method, "DELETE", "method");
      ok(call.body === null || call.body === "" || call.body === undefined, "no body");
      const gone = await t
        .app()
        .get(["admin", "players", "leaver"])
        .catch((caught) => caught);
      equal(gone.code, "player_not_found", "code when asked for again");
    },
  },
  {
    name: "request: any method, with a query",
    async run(t) {
      const players = await t.client().request("GET", "/runtime/players", { query: { limit: 3, skip: 1 } });
      equal(players.data.length, 3, "players asked for by limit");
      const [call] = await t.calls();
      equal(call.query.limit, "3", "limit");
      equal(call.query.skip, "1", "skip");
    },
  },
  {
    name: "request: a body",
    async run(t) {
      const body = { variables: { n: 1 }, count: 1 };
      const answer = await t.client().request("POST", "/runtime/actions/collect/play", { body });
      equal(answer.events.local[0].action.id, "collect", "action of the first event");
      deepEqual((await t.calls())[0].body, body, "body as received");
    },
  },
  {
    name: "query: values arrive as they were given",
    async run(t) {
      const query = { text: "a b&c=d+e%20#ü/?", number: 5, yes: true };
      await t.client().get("/runtime/players", { query });
      const [call] = await t.calls();
      equal(call.query.text, query.text, "text");
      equal(call.query.number, "5", "number");
      equal(call.query.yes, "true", "boolean");
    },
  },
  {
    name: "routes: segments may hold anything",
    async run(t) {
      for (const id of ["a/b", "100%", "a%2Fb", "q?x=1#y", "ü ö", "back\\slash"]) {
        await t.control.seed({ players: [{ id, alias: "Odd" }] });
        const found = await t.app().get(["admin", "players", id]);
        equal(found.id, id, "id of the player");
      }
    },
  },
  {
    name: "routes: a string may hold encoded characters and a trailing slash",
    async run(t) {
      await t.control.seed({ players: [{ id: "a b", alias: "Odd" }] });
      equal((await t.app().get("/admin/players/a%20b")).id, "a b", "id of the player");
      equal((await t.app().get("/admin/players/a b")).id, "a b", "id of the player, not encoded");
      await t.client().get("/runtime/player/");
    },
  },
  {
    name: "version: v2 by default, v1 when asked for",
    async run(t) {
      await t.client().get("/runtime/player");
      await t.client({ version: "v2" }).get("/runtime/player");
      await t
        .client({ version: "v1" })
        .get("/player")
        .catch((error) => t.checkError(error, { name: "ApiError" }));
      const paths = (await t.calls()).map((call) => call.path);
      deepEqual(paths, ["/v2/runtime/player", "/v2/runtime/player", "/v1/player"], "paths");
    },
  },
  {
    name: "provider: playlyfe speaks the same API",
    run: (t) => t.works(t.client({ provider: "playlyfe" })),
  },
  {
    name: "apiUrl: a trailing slash doesn't matter",
    run: (t) => t.works(t.client({ apiUrl: `${t.sandbox.apiUrl}/` })),
  },
  {
    name: "playerId: of the client, and of one call",
    async run(t) {
      const client = t.app({ playerId: PLAYER });
      await t.works(client);
      const other = t.sandbox.players.find((player) => player.id !== PLAYER).id;
      equal((await client.get("/runtime/player", { playerId: other })).id, other, "id of the other player");
      deepEqual(
        (await t.calls()).map((call) => call.query.player_id),
        [PLAYER, other],
        "player_id as received",
      );
    },
  },
  {
    name: "fetch: an injected one is used",
    async run(t) {
      let used = 0;
      const client = t.client({ fetch: (...args) => ((used += 1), fetch(...args)) });
      await t.works(client);
      equal(used, 1, "calls of the injected fetch");
    },
  },
  {
    name: "headers: of the client, sent with every call",
    async run(t) {
      const client = t.client({ headers: { "x-app": "quiz" } });
      if (t.place === "page") {
        // A page has to ask first, and the service doesn't allow it.
        t.checkError(await failure(() => client.get("/runtime/player", { retry: 0 })), {
          name: "NetworkError",
          code: "network_error",
        });
        deepEqual(await t.askedFor(), ["x-app"], "headers that the preflight asked for");
      } else {
        await client.get("/runtime/player");
        equal((await t.calls())[0].headers["x-app"], "quiz", "header as received");
      }
    },
  },
  {
    name: "the caller's objects stay as they are",
    async run(t) {
      const query = Object.freeze({ limit: 2 });
      const body = Object.freeze({ variables: Object.freeze({ n: 1 }) });
      const client = t.app(Object.freeze({ playerId: PLAYER }));
      await client.get("/runtime/players", Object.freeze({ query }));
      await client.post("/runtime/actions/collect/play", body);
      deepEqual(query, { limit: 2 }, "query");
      deepEqual(body, { variables: { n: 1 } }, "body");
    },
  },
  {
    name: "methods work when passed on detached",
    async run(t) {
      const { get, post, request } = t.client();
      deepEqual(await get("/runtime/player"), await t.profile(), "profile by get");
      deepEqual(await request("GET", "/runtime/player"), await t.profile(), "profile by request");
      equal((await post("/runtime/actions/collect/play", {})).events.local[0].event, "action", "first event");
    },
  },
  {
    name: "claims: of the token at hand",
    async run(t) {
      const client = t.client();
      equal(client.claims(), undefined, "claims before the first call");
      await client.get("/runtime/player");
      const claims = client.claims();
      equal(claims.player_id, PLAYER, "player_id");
      equal(claims.exp - claims.iat, 3600, "exp - iat");
    },
  },
  {
    name: "body: JSON says so, and forms say what they are",
    async run(t) {
      const client = t.client();
      const types = [];
      for (const body of [{ a: 1 }, new URLSearchParams({ a: "1" }), new Blob(["x"], { type: "image/png" })]) {
        await failure(() => client.post("/runtime/nothing", body));
        types.push((await t.calls()).at(-1).headers["content-type"]);
      }
      match(types[0], /^application\/json/, "of an object");
      match(types[1], /^application\/x-www-form-urlencoded/, "of a form");
      equal(types[2], "image/png", "of a blob");
    },
  },
  {
    name: "two clients don't share tokens",
    async run(t) {
      const other = t.sandbox.players.find((player) => player.id !== PLAYER).id;
      const [mine, theirs] = await Promise.all([
        t.client().get("/runtime/player"),
        t.client({ token: () => t.jwt({ playerId: other }) }).get("/runtime/player"),
      ]);
      deepEqual([mine.id, theirs.id], [PLAYER, other], "ids");
    },
  },
];
