// The administration: of apps alone.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";

const points = ({ scores }) => scores.find(({ metric }) => metric.id === "test_points")?.value;

export const typedAdminCases = [
  {
    name: "admin: players, their scores and their end",
    needs: "edge",
    async run(t) {
      const client = await t.recordedApp();
      const { game, activity, player, players } = client.admin;
      ok(client.admin === client.admin && Object.isFrozen(client.admin), "one, and frozen");
      equal((await game()).game.access, "PRIVATE", "the game");
      const made = await client.admin.createPlayer({ id: "new", alias: "New", email: "new@example.test" });
      deepEqual([made.scores, made.teams, made.bootstrap], [[], [], true], "just made: lists, not objects");
      equal((await players().toArray()).length, 4, "players");
      const reward = { metric: { id: "test_points", type: "point" }, verb: "add", value: "12" };
      await client.admin.changeScores("new", [reward]);
      equal(points(await player("new")), 12, "points");
      const feed = await client.admin.playerActivity("new");
      equal(feed.find(({ event }) => event === "score").changes[0].delta.new, 12, "what happened");
      const { data: whole } = await client.admin.activity({ start: 0, full: true });
      ok(whole.length > 3, "what happened in the game");
      const played = await client.runtime.play("first_deed", { playerId: "new" });
      equal(points(await player("new")), 16, "points after a play");
      await client.admin.revertPlayer("new", [played.events.local[0].id]);
      equal(points(await player("new")), 12, "points after it was taken back");
      await client.admin.resetPlayer("new");
      ok(!(points(await player("new")) > 0), "nothing is left");
      equal(typeof (await client.admin.deletePlayer("new")).message, "string", "a word on the end");
      t.checkError(await failure(() => player("new")), { name: "ApiError", code: "player_not_found" });
      ok((await activity()).every(({ id }) => typeof id === "string"), "events");
    },
  },
  {
    name: "admin: teams, processes and rules",
    needs: "edge",
    async run(t) {
      const client = await t.recordedApp({ playerId: "player1" });
      const team = await client.admin.createTeam({ definition: "team1", name: "Ours", access: "PUBLIC" });
      deepEqual([team.name, team.definition.id, Array.isArray(team.roles)], ["Ours", "team1", true], "team");
      await client.admin.joinTeam(team.id, "player2", { Private: true });
      deepEqual((await client.admin.teamMembers(team.id).toArray()).map(({ id }) => id), ["player2"], "members");
      await client.admin.leaveTeam(team.id, "player2");
      deepEqual(await client.admin.teamMembers(team.id).toArray(), [], "nobody");
      ok((await client.admin.teamActivity(team.id)).some(({ event }) => event === "leave"), "what happened");
      equal((await client.admin.team(team.id)).id, team.id, "the team");
      await client.admin.deleteTeam(team.id);
      equal((await client.admin.teams().toArray()).length, 3, "teams that are left");
      const made = await client.runtime.createProcess({ definition: "process1" });
      deepEqual((await client.admin.processes().toArray()).map(({ definition }) => definition.id), ["process1"]);
      await client.admin.deleteProcess(made.id);
      const [[{ events }]] = await client.admin.runRule("bonus", [{ variables: {}, player_ids: ["player2"] }]);
      const { delta } = events.local[0].changes[0];
      equal(delta.new - delta.old, 1, "what the rule did");
    },
  },
  {
    name: "admin: an app's clients know the actions that one of them was told of",
    needs: "edge",
    async run(t) {
      await t.control.game("recorded");
      const { clientId, clientSecret } = t.seeded("sandbox-app");
      const { apiUrl, authUrl } = t.sandbox;
      const app = t.edge.createEdge({ clientId, clientSecret, apiUrl, authUrl });
      await app.client().runtime.actions({ playerId: "player1" });
      const play = (playerId) => failure(() => app.client({ playerId }).runtime.play("set_test_points"));
      t.checkError(await play("player1"), { name: "ConfigError", code: "invalid_variables" });
      t.checkError(await play("player2"), { name: "ApiError", status: 400 });
    },
  },
  {
    name: "admin: v1 has the players",
    needs: "edge",
    async run(t) {
      const client = await t.recordedApp({ version: "v1" });
      await client.admin.createPlayer({ id: "new", alias: "New" });
      equal((await client.admin.players().toArray()).length, 4, "players");
      await client.admin.resetPlayer("new");
      await client.admin.deletePlayer("new");
      deepEqual(
        (await t.calls()).map(({ method, path }) => `${method} ${path}`),
        ["POST /v1/game/players", "GET /v1/game/players", "PUT /v1/game/players/new/reset", "DELETE /v1/game/players/new"],
        "calls",
      );
      t.checkError(await failure(() => client.admin.game()), { name: "ConfigError", code: "unsupported_version" });
    },
  },
  {
    name: "admin: clients of pages have none",
    async run(t) {
      equal(t.client().admin, undefined, "admin");
    },
  },
];
