// What was recorded of the service goes in, and comes out in the SDK's own form.

import { deepEqual, equal, ok } from "../../lib/assert.mjs";

const TEAM = "team_000000000000000000000001";

const scoresOf = (profile) => Object.fromEntries(profile.scores.map((score) => [score.metric.id, score]));

/** A client whose every answer is this one. */
const answering = (t, answer, options = {}) =>
  t.client({ fetch: async () => new Response(JSON.stringify(answer)), ...options }).runtime;

const metric = (id, type) => ({ id, name: id, type });

export const typedValueCases = [
  {
    name: "typed: a profile with all four types of metrics",
    async run(t) {
      const profile = await (await t.recorded()).runtime.player();
      const { compound_metric, experience, toolbox, plus_points, test_points } = scoresOf(profile);
      for (const [score, type, value] of [
        [compound_metric, "compound", 23],
        [plus_points, "point", 19],
        [test_points, "point", 24],
      ]) {
        equal(score.type, type, `type of ${score.metric.id}`);
        equal(score.value, value, score.metric.id);
        equal(score.valueText, `${value}`, `text of ${score.metric.id}`);
      }
      equal(experience.type, "state", "type of the state");
      equal(experience.value.name, "Guild leader", "state");
      const { low, lowText, high, highText, base_metric } = experience.meta;
      deepEqual([low, lowText, high, highText], [21, "21", Infinity, "Infinity"], "its range");
      equal(base_metric.id, "test_points", "what its points are");
      ok(!("next" in experience.meta), "there is no next level");
      deepEqual(
        toolbox.value.map(({ name, count, countText }) => [name, count, countText]),
        [
          ["Multitool", 1, "1"],
          ["Hammer", 1, "1"],
          ["Screwdriver", 1, "1"],
        ],
        "items",
      );
      deepEqual(profile.teams.map((team) => team.roles.length), [2, 1], "roles in the teams");
      equal(profile.created, "2016-05-04T11:39:26.539Z", "dates stay texts");
    },
  },
  {
    name: "typed: a set is a list, whatever form it has",
    async run(t) {
      const item = { name: "Gem", description: "d", count: "2" };
      const expected = [{ ...item, count: 2, countText: "2" }];
      const forms = [[item], { Gem: { description: "d", count: "2" } }];
      for (const value of forms) {
        const scores = [{ metric: metric("badges", "set"), value }];
        const { scores: [score] } = await answering(t, { id: "johny", scores }).player();
        deepEqual(score.value, expected, "items");
      }
      for (const nothing of [[], {}, null]) {
        const profile = await answering(t, { id: "johny", scores: nothing, teams: nothing }).player();
        deepEqual([profile.scores, profile.teams], [[], []], "lists without anything in them");
      }
    },
  },
  {
    name: "typed: numbers keep their exact text, and what is none is none",
    async run(t) {
      for (const [text, number] of [
        ["-1000000000", -1_000_000_000],
        ["12345678901234567890", 12345678901234567890],
        ["0.5", 0.5],
        ["0", 0],
        ["Infinity", Infinity],
        ["", undefined],
        [" ", undefined],
        ["$vars.n ", undefined],
        ["2 * $vars.n", undefined],
        [7, 7],
      ]) {
        const answer = { id: "johny", scores: [{ metric: metric("points", "point"), value: text, more: [text] }] };
        const { scores: [score] } = await answering(t, answer).player();
        equal(score.value, number, `number of ${JSON.stringify(text)}`);
        equal(score.valueText, `${text}`, "text");
        deepEqual(score.more, [text], "what isn't known stays");
      }
    },
  },
  {
    name: "typed: a state with a level before it, and a metric that is missing",
    async run(t) {
      const client = await t.recorded();
      const profile = await client.runtime.player();
      ok(!("effort" in scoresOf(profile)), "what the player has nothing of is missing");
      const meta = { low: "0", high: "9", next: "Advanced", base_metric: { id: "effort", name: "Effort" } };
      const value = { name: "Beginner", description: "" };
      const scores = [{ metric: metric("grade", "state"), value, meta }];
      const { scores: [score] } = await answering(t, { id: "johny", scores }).player();
      deepEqual(score.meta, { ...meta, low: 0, lowText: "0", high: 9, highText: "9" }, "range");
    },
  },
  {
    name: "typed: actions, and rewards that are expressions",
    async run(t) {
      const actions = await (await t.recorded()).runtime.actions();
      const named = Object.fromEntries(actions.map((action) => [action.id, action]));
      const [reward] = named.set_test_points.rewards;
      deepEqual([reward.type, reward.value, reward.valueText], ["point", undefined, "$vars['tst_p'] "], "expression");
      const [items] = named.get_tools.rewards;
      deepEqual(items.value, [{ name: "Hammer", count: 1, countText: "1" }], "items");
      equal(named.plus.count, 18, "times it was played, a number");
      deepEqual(named.set_test_points.variables.map(({ name, type, required }) => [name, type, required]), [
        ["tst_p", "int", true],
        ["remark", "string", false],
      ]);
    },
  },
  {
    name: "typed: leaderboards of players and teams, and around somebody",
    async run(t) {
      const { runtime } = await t.recorded();
      const boards = await runtime.leaderboards();
      deepEqual(boards.map((board) => board.entity_type), ["players", "teams"], "what they rank");
      const rows = await runtime.leaderboard(boards[0].id).toArray();
      deepEqual(
        rows.map(({ rank, score, scoreText, player }) => [rank, score, scoreText, player.id]),
        [
          [1, 24, "24", "player1"],
          [2, 6, "6", "player2"],
          [3, 4, "4", "player3"],
        ],
        "players",
      );
      const teams = await runtime.leaderboard(boards[1].id).toArray();
      ok(teams.length > 0 && teams.every(({ team, score }) => team.id && Number.isFinite(score)), "teams");
      const around = { ranking: "relative", entityId: "player3", radius: 0 };
      const [row, ...others] = await runtime.leaderboard(boards[0].id, around).toArray();
      deepEqual([row.rank, row.primary, others.length], [3, true, 0], "the one at the centre");
      const found = await runtime.searchLeaderboard(boards[0].id, ["player2"]);
      deepEqual(found.map(({ player, score }) => [player.id, score]), [["player2", 6]], "found");
    },
  },
  {
    name: "typed: events, and what changed by them",
    async run(t) {
      const { runtime } = await t.recorded();
      const { actions, events } = await runtime.play("get_tools");
      ok(actions.some((action) => action.id === "get_tools"), "the actions as they are now");
      const [event] = events.local;
      deepEqual([event.event, event.count, event.scopes, event.action.vars], ["action", 1, [], {}], "the play itself");
      deepEqual(
        event.changes.map(({ type, delta }) => [type, delta]),
        [
          ["set", [{ name: "Hammer", old: 1, oldText: "1", new: 2, newText: "2" }]],
          ["point", { old: 19, oldText: "19", new: 20, newText: "20" }],
          ["set", [{ name: "Screwdriver", old: 1, oldText: "1", new: 2, newText: "2" }]],
        ],
        "changes, one metric twice",
      );
      deepEqual(events.global, [], "of others");
      const feed = await runtime.teamActivity(TEAM, { start: new Date(0) });
      const assigned = feed.find((one) => one.event === "role:assign");
      deepEqual(Object.keys(assigned.changes), ["Private"], "changes of roles stay by role");
      const first = feed.find((one) => one.event === "create");
      equal(first.actor.id, "player1", "who did it");
    },
  },
  {
    name: "typed: what there was nothing of before",
    async run(t) {
      const { runtime } = await t.recorded({ token: () => t.jwt({ playerId: "player2" }) });
      const { events } = await runtime.play("plus");
      const change = events.local[0].changes.find((one) => one.metric.id === "plus_points");
      equal(typeof change.delta.new, "number", "what is");
      const local = [{ event: "level", changes: [{ metric: metric("p", "point"), delta: { old: null, new: "4" } }] }];
      const played = await answering(t, { actions: [], events: { local, global: [] } }).play("x");
      deepEqual(
        played.events.local[0].changes[0].delta,
        { old: null, oldText: null, new: 4, newText: "4" },
        "the first reward ever",
      );
    },
  },
  {
    name: "typed: feeds and lists that are null are empty",
    async run(t) {
      const nothing = answering(t, null);
      deepEqual(await nothing.teamActivity("team"), [], "a feed");
      deepEqual(await nothing.actions(), [], "a list");
      deepEqual(await nothing.players().toArray(), [], "pages");
    },
  },
  {
    name: "typed: a process's definition is an object",
    async run(t) {
      const { runtime } = await t.recorded();
      const made = await runtime.createProcess({ definition: "process1", name: "Mine" });
      deepEqual([made.definition.id, made.state], ["process1", "ACTIVE"], "just made");
      const [listed] = await runtime.processes().toArray();
      deepEqual([listed.id, listed.definition.id], [made.id, "process1"], "in the list");
      equal((await runtime.updateProcess(made.id, { name: "Ours" })).name, "Ours", "its name afterwards");
      equal((await runtime.process(made.id)).name, "Ours", "its name when read");
      const [trigger] = await runtime.triggers(made.id);
      deepEqual([trigger.trigger, trigger.loop], ["start", { total: 1, totalText: "1" }], "trigger");
      const { events, triggers } = await runtime.playProcess(made.id, trigger.trigger);
      equal(events.local[0].event, "progress", "what happened");
      deepEqual(triggers, [], "what it waits for");
      equal(typeof (await runtime.deleteProcess(made.id)).message, "string", "a word on its end");
    },
  },
];
