// What must not compile: each line after a mark is wrong in one way. Never run.

import { createClient } from "playoff-wasm";
import { createEdge } from "playoff-wasm/edge";

interface MyGame {
  actions: { collect: { n: number }; share: { link: string; note?: string }; login: {} };
  metrics: { points: "point"; level: "state"; badges: "set" };
}

const { runtime, paginate } = createClient<MyGame>();
const any = createClient();
const edge = createEdge({ clientId: "app", clientSecret: "not-a-real-secret" }).client<MyGame>();

// @ts-expect-error an unknown type of metric
createClient<{ metrics: { points: "pints" } }>();
// @ts-expect-error the metrics aren't in a list
createClient<{ metrics: string[] }>();

export async function wrong(): Promise<void> {
  // @ts-expect-error an unknown action
  await runtime.play("colect", { variables: { n: 1 } });
  // @ts-expect-error no variables
  await runtime.play("collect");
  // @ts-expect-error no variables, with the head
  await runtime.play("collect", { full: true });
  // @ts-expect-error a missing variable
  await runtime.play("collect", { variables: {} });
  // @ts-expect-error a variable of another type
  await runtime.play("collect", { variables: { n: "1" } });
  // @ts-expect-error an unknown variable
  await runtime.play("share", { variables: { link: "/", more: 1 } });
  // @ts-expect-error a variable of an action that has none
  await runtime.play("login", { variables: { n: 1 } });
  // @ts-expect-error an unknown option
  await runtime.play("login", { amount: 2 });
  // @ts-expect-error a variable that JSON can't hold as it is
  await any.runtime.play("anything", { variables: { f: () => 1 } });
  // @ts-expect-error an unknown metric
  await runtime.metricImage("bagdes");
  // @ts-expect-error an unknown size
  await runtime.gameImage({ size: "tiny" });
  // @ts-expect-error a picture isn't JSON
  await runtime.gameImage({ as: "json" });
  // @ts-expect-error typed answers are JSON
  await runtime.player({ as: "text" });
  // @ts-expect-error an unknown option
  await runtime.player({ detail: true });
  // @ts-expect-error only the name and the address may change
  await runtime.updatePlayer({ id: "other" });
  // @ts-expect-error an unknown cycle
  runtime.leaderboard("points", { cycle: "hourly" });
  // @ts-expect-error only relative rankings have a radius
  runtime.leaderboard("points", { radius: 2 });
  // @ts-expect-error relative rankings have no pages
  runtime.leaderboard("points", { ranking: "relative", limit: 5 });
  // @ts-expect-error an unknown option
  await runtime.actions({ skip: 1 });
  // @ts-expect-error the service's own names aren't the SDK's
  runtime.leaderboard("points", { team_instance_id: "team" });
  // @ts-expect-error it takes no cycle
  await runtime.leaderboards({ cycle: "daily" });
  // @ts-expect-error no id
  await runtime.metrics("points");
  // @ts-expect-error it isn't read by pages
  await runtime.activity({ limit: 5 });
  // @ts-expect-error no such date
  await runtime.activity({ start: null });
  // @ts-expect-error a picture isn't its address
  await runtime.uploadPlayerImage("face.png");
  // @ts-expect-error an unknown size
  await runtime.playerImage({ size: 64 });
  // @ts-expect-error no player
  await runtime.playerImageOf();
  // @ts-expect-error it takes no pages
  await runtime.processDefinitions({ skip: 1 });
  // @ts-expect-error another spelling
  runtime.processes({ max: 5 });
  // @ts-expect-error an id of three parts
  await runtime.process(["johny", "process", "more"]);
  // @ts-expect-error no id
  await runtime.triggers();
  // @ts-expect-error no id
  await runtime.deleteProcess({ full: true });
  // @ts-expect-error it takes no team
  await runtime.teamDefinitions("team");
  // @ts-expect-error lists have no head
  runtime.teams({ full: true });
  // @ts-expect-error no team
  runtime.teamMembers();
  // @ts-expect-error no such date
  await runtime.teamActivity("team", { end: true });
  // @ts-expect-error an unknown option
  runtime.notificationList({ unseen: true });
  // @ts-expect-error one id isn't a list
  await runtime.markAsSeen("an id");
  // @ts-expect-error an unknown environment
  runtime.notifications({ environment: "test", gameId: "game" });
  // @ts-expect-error one id isn't a list
  await runtime.searchLeaderboard("points", "johny");
  // @ts-expect-error no definition
  await runtime.createProcess({ name: "Mine" });
  // @ts-expect-error an unknown access
  await runtime.updateProcess("id", { access: "SECRET" });
  // @ts-expect-error no trigger
  await runtime.playProcess("id");
  // @ts-expect-error a list isn't a promise of an array
  (await runtime.players()).length;
  // @ts-expect-error no such option
  await runtime.players().toArray({ limit: 5 });
  // @ts-expect-error the rows of a route are unknown until you say what they are
  for await (const row of paginate("/runtime/players")) row.id;
  // @ts-expect-error a page has no administration
  any.admin;
  // @ts-expect-error numbers are given as texts here
  await edge.admin.changeScores("johny", [{ metric: { id: "points", type: "point" }, verb: "add", value: 5 }]);
  // @ts-expect-error an unknown metric
  await edge.admin.changeScores("johny", [{ metric: { id: "point", type: "point" }, verb: "add", value: "5" }]);
  // @ts-expect-error another type of metric
  await edge.admin.changeScores("johny", [{ metric: { id: "badges", type: "point" }, verb: "add", value: "5" }]);

  for (const score of (await runtime.player()).scores) {
    // @ts-expect-error an unknown metric
    if (score.metric.id === "coins") continue;
    // @ts-expect-error an unknown type
    if (score.type === "number") continue;
    // @ts-expect-error not every score is a number
    score.value.toFixed();
    // @ts-expect-error only states have a range
    if (score.type === "point") score.meta;
  }
  for (const event of (await runtime.play("login")).events.local) {
    // @ts-expect-error not every event has a rule
    event.rule;
    // @ts-expect-error an unknown event
    if (event.event === "levelup") continue;
  }
  for (const reward of (await runtime.actions())[0]?.rewards ?? []) {
    // @ts-expect-error it may be computed
    if (reward.type === "point") reward.value.toFixed();
  }
}
