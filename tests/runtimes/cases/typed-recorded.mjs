// Values that somebody recorded of the service, as the sandbox's recorded game answers them: what comes out of the SDK.
// Those of profiles, actions and plays without variables are in typed-values.mjs.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";

const scoreOf = (profile, id) => profile.scores.find(({ metric }) => metric.id === id);

/** A client of the recorded game for a player who was just seeded. */
async function seeded(t, id, scores) {
  const client = await t.recorded({ token: () => t.jwt({ playerId: id }) });
  await t.control.seed({ players: [{ id, alias: id, scores }] });
  return client.runtime;
}

const number = (value) => ({ old: value[0], oldText: `${value[0]}`, new: value[1], newText: `${value[1]}` });

export const typedRecordedCases = [
  {
    name: "recorded: points below nothing, and a lone item",
    async run(t) {
      const debtor = await (await seeded(t, "debtor", { test_points: "-1000000000" })).player();
      const { value, valueText } = scoreOf(debtor, "test_points");
      deepEqual([value, valueText], [-1_000_000_000, "-1000000000"], "points");
      const holder = await (await seeded(t, "holder", { toolbox: { hammer: 1 } })).player();
      const item = { name: "Hammer", description: "For nails", count: 1, countText: "1" };
      deepEqual([scoreOf(holder, "toolbox").value, holder.teams], [[item], []], "items and teams");
    },
  },
  {
    name: "recorded: a state with a next one, and a compound that is missing",
    async run(t) {
      const learner = await (await seeded(t, "learner", { effort: 3 })).player();
      const state = learner.scores.find(({ type }) => type === "state");
      equal(state.value.description, "", "description");
      const { low, lowText, high, highText, next } = state.meta;
      deepEqual([low, lowText, high, highText, next], [0, "0", 9, "9", "Advanced"], "range");
      equal(scoreOf(learner, "compound_metric"), undefined, "what there is none of");
    },
  },
  {
    name: "recorded: teams in a ranking, and one row of twelve",
    async run(t) {
      const { runtime } = await t.recorded();
      const teams = await runtime.leaderboard("leaderboard_plus_points").toArray();
      deepEqual(teams.map(({ score, scoreText }) => [score, scoreText]), [[24, "24"], [19, "19"], [2, "2"]], "scores");
      for (const { team } of teams) deepEqual(Object.keys(team).sort(), ["id", "name"], "a team");
      await t.control.generate({ count: 9, scores: { test_points: { first: 22, step: -2 } } });
      const around = { ranking: "relative", entityId: "crowd_000002", radius: 0 };
      const pages = [];
      for await (const page of runtime.leaderboard("leaderboard1", around).pages()) pages.push(page);
      equal(pages.length, 1, "answers");
      const [{ data, total }] = pages;
      const player = { id: "crowd_000002", alias: "crowd_000002" };
      deepEqual([data, total], [[{ rank: 3, score: 20, scoreText: "20", primary: true, player }], 12], "the row");
    },
  },
  {
    name: "recorded: a play with variables keeps their types",
    async run(t) {
      const { runtime } = await t.recorded();
      const variables = { tst_p: 33, remark: "new" };
      const { events } = await runtime.play("set_test_points", { variables });
      const [event] = events.local;
      deepEqual(event.action.vars, variables, "variables");
      deepEqual(
        event.changes.map(({ metric, type, delta }) => [metric.id, type, delta]),
        [
          ["test_points", "point", number([24, 33])],
          ["compound_metric", "compound", number([23, 32])],
        ],
        "changes",
      );
    },
  },
  {
    name: "recorded: limits of an action and of the plan are errors of the service",
    async run(t) {
      const { runtime } = await t.recorded();
      await runtime.play("once_a_day");
      t.checkError(await failure(() => runtime.play("once_a_day")), {
        name: "ApiError",
        code: "rate_limit_exceeded",
        message: /'once_a_day' can only be triggered 1 times every day/,
      });
      const text = "Your staging API usage has exceeded the limit of 4464 API calls. Please upgrade your plan.";
      const refusal = JSON.stringify({ error: "plan_limit_exceeded", error_description: text });
      const limited = t.client({ fetch: async () => new Response(refusal, { status: 403 }) }).runtime;
      const error = await failure(() => limited.player());
      t.checkError(error, { name: "ApiError", code: "plan_limit_exceeded", status: 403, message: /4464 API calls/ });
      equal(error.retryable, false, "whether it may work later");
    },
  },
  {
    name: "recorded: an escalation, with its code and its play token",
    async run(t) {
      const { runtime } = await t.recorded();
      const event = {
        event: "escalation",
        message: "Somebody has to decide",
        process: { id: "p1", name: "Process1" },
        triggers: [{ trigger: "decide:Yes", name: "Yes", loop: { total: "Infinity" }, actions: [] }],
        code: "decide",
        id: "escalation-1",
        play_token: "not-a-real-token",
      };
      await t.control.notify({ player_id: "player1", event });
      const [told, ...others] = await runtime.notificationList().toArray();
      equal(others.length, 0, "others");
      const { timestamp, ...rest } = told;
      match(timestamp, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/, "when");
      const triggers = [{ ...event.triggers[0], loop: { total: Infinity, totalText: "Infinity" } }];
      deepEqual(rest, { ...event, triggers, seen: false }, "escalation");
    },
  },
  {
    name: "recorded: the game, and who plays it",
    needs: "edge",
    async run(t) {
      const { game, players } = (await t.recordedApp()).admin;
      const status = await game();
      deepEqual([status.version, status.status, typeof status.name], ["v1", "ok", "string"], "the service");
      const { type, access, listed, timezone } = status.game;
      deepEqual([type, access, listed, timezone], ["native", "PRIVATE", false, "Europe/Prague"], "the game");
      const rows = [1, 2, 3].map((n) => ({ id: `player${n}`, alias: `player${n}_alias`, enabled: true }));
      const pages = [];
      for await (const { data, total } of players().pages()) pages.push([data, total]);
      deepEqual(pages, [[rows, 3]], "players");
    },
  },
  {
    name: "recorded: a player's feed and the game's",
    needs: "edge",
    async run(t) {
      const { activity, playerActivity } = (await t.recordedApp()).admin;
      const own = await playerActivity("player2", { start: 0 });
      const names = ["action", "level", "action", "create", "invite:accept", "action", "action"];
      deepEqual(own.map(({ event }) => event), names, "what the player did");
      ok(own.every((event) => !("actor" in event)), "whose it is goes without saying");
      deepEqual(own[0].changes[0].delta, { old: null, oldText: null, new: 4, newText: "4" }, "the first reward ever");
      equal(own[3].timestamp, "2016-05-13T08:17:33.744Z", "a date");
      deepEqual([own[4].roles, own[4].inviter.id], [{ Private: true }, "player1"], "an invitation");
      const all = await activity({ start: 0 });
      ok(all.every(({ event, actor }) => ["create", "level", "achievement"].includes(event) && actor.id), "of the game");
      const moment = "2016-05-17T09:53:04.387Z";
      const [level, achievement] = await activity({ start: moment, end: moment });
      const [{ type, delta }] = level.changes;
      deepEqual([type, delta.old, delta.new], ["state", "Master", "Guild leader"], "level");
      const [set, compound] = achievement.changes.map((change) => change.delta);
      deepEqual(set, [{ name: "Multitool", old: null, oldText: null, new: 1, newText: "1" }], "achievement");
      deepEqual(compound, number([22, 21]), "what depends on it");
      equal(level.timestamp, achievement.timestamp, "when");
    },
  },
];
