// Every typed call, as users write it, and what it gives: none of it is `any`. Never run.

import { createClient, type Change, type GameEvent, type List, type Score } from "playoff-wasm";
import { createEdge } from "playoff-wasm/edge";

interface MyGame {
  actions: { collect: { n: number }; share: { link: string; note?: string }; login: {} };
  metrics: { points: "point"; total: "compound"; level: "state"; badges: "set" };
}

type IsAny<T> = 0 extends 1 & T ? true : false;
/** Takes what isn't `any`, and gives it. */
function known<T>(value: IsAny<T> extends true ? never : T): T {
  return value as T;
}

async function reads<T>(list: List<T>): Promise<T[]> {
  for await (const row of list) row satisfies T;
  for await (const { data, total, skip } of list.pages()) [data satisfies T[], total satisfies number | undefined, skip satisfies number];
  return list.toArray({ max: 10 });
}

function shown(score: Score): string {
  switch (score.type) {
    case "point":
    case "compound":
      return `${score.value.toFixed()} ${score.valueText.length}`;
    case "state":
      return `${score.value.name} ${score.meta?.low} ${score.meta?.high} ${score.meta?.next} ${score.meta?.base_metric.id}`;
    case "set":
      return score.value.map((item) => `${item.name} ${item.description} ${item.count + 1} ${item.countText}`).join();
  }
}

function told(change: Change): string {
  switch (change.type) {
    case "set":
      return change.delta.map((item) => `${item.name} ${item.old ?? 0} ${item.new + 1}`).join();
    case "state":
      return `${change.delta.old?.length} ${change.delta.new.length}`;
    default:
      return `${(change.delta.old ?? 0) + change.delta.new} ${change.delta.newText}`;
  }
}

function heard(event: GameEvent): string {
  if (event.event === "action") return `${event.action.id} ${event.count} ${event.changes.map(told)}`;
  if (event.event === "level") return event.changes.map(({ metric, delta }) => `${metric.name}: ${delta.new satisfies string}`).join();
  if (event.event === "achievement") return `${event.rule.id} ${event.changes.map(told)}`;
  if (event.event === "role:assign") return Object.values(event.changes).map((role) => role.new).join();
  return `${event.id} ${event.timestamp} ${event.actor?.alias}`;
}

export async function everything(signal: AbortSignalLike): Promise<void> {
  const { runtime, paginate } = createClient();
  const profile = known(await runtime.player({ detailed: true, playerId: "johny", timeout: 1_000, retry: 0, signal }));
  profile.scores.map(shown);
  profile.teams.flatMap((team) => [team.definition.id, ...team.roles]);
  const { status, data } = known(await runtime.player({ full: true }));
  known([status satisfies number, data.created satisfies string]);
  known(await runtime.updatePlayer({ alias: "Johny" }));
  known(await runtime.playerImage({ size: "small" }));
  (await runtime.playerImage({ as: "bytes" })).byteLength satisfies number;
  known(await reads(runtime.players({ limit: 10 })));

  const [action] = known(await runtime.actions());
  action?.variables.map((variable) => [variable.required, variable.default]);
  for (const reward of action?.rewards ?? []) {
    if (reward.type === "point") known([reward.verb, reward.value?.toFixed(), reward.valueText.length]);
    if (reward.type === "set") known(reward.value.map((item) => [item.name, item.count, item.countText]));
  }
  const played = known(await runtime.play("anything", { variables: { n: 1, s: "x" }, scopes: [{ id: "a", entity_id: "b" }], count: 2 }));
  played.events.local.map(heard);
  (await runtime.play("anything", { full: true })).data.actions.length satisfies number;

  known(await runtime.leaderboards()).map((board) => [board.cycles, board.entity_type, board.scope.type]);
  const rows = known(await reads(runtime.leaderboard("points", { cycle: "weekly", timestamp: new Date(), limit: 5 })));
  rows.map((row) => [row.rank, row.score.toFixed(), row.scoreText, row.player ? row.player.alias : row.team.name]);
  known(await reads(runtime.leaderboard("points", { ranking: "relative", entityId: "johny", radius: 2 })));
  known(await runtime.searchLeaderboard("points", ["johny"], { cycle: "alltime" }));

  known(await runtime.metrics()).map((metric) => [metric.type, metric.items, metric.states, metric.formula]);
  known(await runtime.processDefinitions());
  known(await reads(runtime.processes()));
  const process = known(await runtime.createProcess({ definition: "quest", name: "Mine", access: "PUBLIC" }));
  known(await runtime.process(["johny", process.id]));
  known(await runtime.updateProcess(process.id, { name: "Ours" }));
  known(await runtime.triggers(process.id)).map((trigger) => [trigger.trigger, trigger.loop.total.toFixed()]);
  known(await runtime.playProcess(process.id, "start")).events.local.map(heard);
  known(await runtime.deleteProcess(process.id)).message.length satisfies number;

  known(await runtime.teamDefinitions());
  const [team] = known(await reads(runtime.teams()));
  known([team?.owner?.alias, team?.definition.id, team?.access]);
  known(await reads(runtime.teamMembers("team_1", { skip: 5 })));
  known(await runtime.activity({ start: "2026-01-01" })).map(heard);
  for await (const told of runtime.notifications({ environment: "production", gameId: "game" })) heard(known(told));
  known(await runtime.notificationList({ limit: 5 }).toArray()).map(({ seen, ...event }) => [known(seen), event.id]);
  known(await runtime.teamActivity("team_1", { start: 0, end: new Date() })).map(heard);
  known(await runtime.markAsSeen(["an id"]));
  known(await runtime.gameImage());
  known(await runtime.playerImageOf("johny", { size: "icon" }));
  known(await runtime.metricImage("badges", { item: "Gem" }));

  for await (const row of paginate<{ id: string }>("/design/versions/latest/actions", { query: { limit: 5 } })) row.id satisfies string;
  for await (const row of paginate(["runtime", "players"])) row satisfies unknown;
}

interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

interface OnlyActions {
  actions: Actions;
}
interface Actions {
  collect: { n: number };
}
interface Metrics {
  points: "point";
}

export async function partly(): Promise<void> {
  const actions = createClient<OnlyActions>().runtime;
  await actions.play("collect", { variables: { n: 1 } });
  await actions.metricImage("anything");
  const metrics = createClient<{ metrics: Metrics }>().runtime;
  await metrics.play("anything", { variables: { s: "x" } });
  await metrics.metricImage("points");
}

export async function mine(): Promise<void> {
  const { runtime } = createClient<MyGame>();
  await runtime.play("collect", { variables: { n: 1 } });
  await runtime.play("share", { variables: { link: "/" } });
  await runtime.play("login");
  for (const score of known((await runtime.player()).scores)) {
    if (score.type === "set") score.metric.id satisfies "badges";
    if (score.type === "point") score.metric.id satisfies "points";
  }
  await runtime.metricImage("badges");
}

export async function administration(): Promise<void> {
  const { admin, runtime } = createEdge({ clientId: "app", clientSecret: "not-a-real-secret" }).client<MyGame>({
    playerId: "johny",
  });
  await runtime.play("login");
  known(await admin.game()).game.timezone satisfies string;
  known(await admin.activity({ start: 0 })).length satisfies number;
  known(await reads(admin.players()));
  known(await admin.createPlayer({ id: "johny", alias: "Johny" }));
  known(await admin.player("johny")).scores.length satisfies number;
  known(await admin.playerActivity("johny"));
  await admin.changeScores("johny", [
    { metric: { id: "points", type: "point" }, verb: "add", value: "5" },
    { metric: { id: "badges", type: "set" }, verb: "remove", value: { gem: "1" } },
  ]);
  await admin.resetPlayer("johny");
  await admin.revertPlayer("johny", ["an id"]);
  await admin.deletePlayer("johny");
  known(await reads(admin.teams()));
  const team = known(await admin.createTeam({ definition: "crew", name: "Ours" }));
  await admin.joinTeam(team.id, "johny", { Captain: true });
  await admin.leaveTeam(team.id, "johny");
  known(await admin.team(team.id));
  known(await reads(admin.teamMembers(team.id)));
  known(await admin.teamActivity(team.id));
  await admin.deleteTeam(team.id);
  known(await reads(admin.processes()));
  await admin.deleteProcess("a process");
  known(await admin.runRule("bonus", [{ variables: {}, player_ids: ["johny"] }]))[0]?.[0]?.events.local.map(heard);
}
