// Typed calls are calls: they lead where they should, and take what every call takes.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { PLAYER } from "../context.mjs";

const PNG = "image/png";

export const typedCallCases = [
  {
    name: "runtime: its functions can be passed on detached, and it can't be changed",
    async run(t) {
      const client = t.client();
      const { player, players } = client.runtime;
      equal((await player()).id, PLAYER, "id");
      ok((await players().toArray()).length > 5, "players");
      ok(client.runtime === client.runtime && Object.isFrozen(client.runtime), "one, and frozen");
    },
  },
  {
    name: "runtime: options of every call, and its own",
    async run(t) {
      const client = t.app();
      const { status, data, headers } = await client.runtime.player({ full: true, playerId: PLAYER, detailed: true });
      deepEqual([status, data.id], [200, PLAYER], "the answer with its head");
      match(headers.get("content-type"), /json/, "content type");
      const [{ query }] = await t.calls();
      deepEqual([query.player_id, query.detailed], [PLAYER, "true"], "query");
      const signal = AbortSignal.abort(new Error("no more"));
      equal((await failure(() => client.runtime.actions({ signal }))).message, "no more", "reason");
      await t.control.fail({ count: 1, status: 503 });
      equal((await client.runtime.player({ playerId: PLAYER })).id, PLAYER, "after a retry");
      await t.control.fail({ count: 1, status: 503 });
      t.checkError(await failure(() => client.runtime.player({ playerId: PLAYER, retry: 0 })), {
        name: "ApiError",
        status: 503,
      });
    },
  },
  {
    name: "runtime: what can't be sent is refused before",
    async run(t) {
      const { runtime } = t.client();
      for (const [call, code] of [
        [() => runtime.player({ detail: true }), "unknown_option"],
        [() => runtime.player("johny"), "invalid_option"],
        [() => runtime.play(), "invalid_route"],
        [() => runtime.play(""), "invalid_route"],
        [() => runtime.play(".."), "invalid_route"],
        [() => runtime.process(["johny", ""]), "invalid_route"],
        [() => runtime.players({ limit: NaN }).toArray(), "invalid_query"],
        [() => runtime.players({ signal: 5 }).toArray(), "invalid_option"],
        [() => runtime.leaderboard("points", { cycle: {} }).toArray(), "invalid_query"],
        [() => runtime.teamActivity("team", { start: new Date(NaN) }), "invalid_query"],
      ])
        await t.refuses(call, { name: "ConfigError", code });
    },
  },
  {
    name: "runtime: ids may hold anything",
    async run(t) {
      const { runtime } = t.client();
      for (const id of ["a/b", "100%", "q?x=1#y", "ü ö"]) {
        t.checkError(await failure(() => runtime.play(id)), { name: "ApiError", status: 404 });
        equal((await t.calls()).at(-1).path.split("/").length, 6, "segments");
      }
    },
  },
  {
    name: "runtime: a player changes, and sees it",
    async run(t) {
      const { runtime } = t.client();
      equal((await runtime.updatePlayer({ alias: "Jöhny" })).alias, "Jöhny", "alias");
      deepEqual((await t.calls())[0].body, { alias: "Jöhny" }, "body as received");
    },
  },
  {
    name: "runtime: pictures",
    async run(t) {
      const { runtime } = t.client();
      const picture = await runtime.gameImage({ size: "small" });
      deepEqual([picture instanceof Blob, picture.type], [true, PNG], "the game's");
      ok((await runtime.gameImage({ as: "bytes" })) instanceof Uint8Array, "as bytes");
      const bytes = new Uint8Array(await picture.arrayBuffer());
      await runtime.uploadPlayerImage(new Blob([bytes], { type: PNG }));
      deepEqual([...(await runtime.playerImage({ as: "bytes" }))], [...bytes], "what was taken");
      deepEqual([...(await runtime.playerImageOf(PLAYER, { as: "bytes" }))], [...bytes], "the same, as others see it");
      const form = new FormData();
      form.set("file", new Blob([bytes], { type: PNG }));
      await runtime.uploadPlayerImage(form);
      const [{ id, name }] = (await runtime.metrics()).filter((metric) => metric.type === "set");
      ok((await runtime.metricImage(id)).size > 0, `of ${name}`);
    },
  },
  {
    name: "runtime: notifications are marked as seen",
    async run(t) {
      const { runtime } = t.client();
      await runtime.markAsSeen(["a", "b"]);
      deepEqual((await t.calls())[0].body, { ids: ["a", "b"] }, "body as received");
    },
  },
  {
    name: "runtime: what happened, as long ago as wanted",
    async run(t) {
      const { runtime } = t.client();
      const { events } = await runtime.play("collect", { variables: { n: 2 } });
      // Whose feed it is goes without saying.
      const { actor, ...played } = events.local[0];
      const feed = await runtime.activity();
      deepEqual(feed.find(({ id }) => id === played.id), played, "the play that was just made");
      const end = new Date(Date.now() - 7 * 86_400_000);
      deepEqual(await runtime.activity({ start: new Date(end - 1_000), end }), [], "within a second long ago");
      await t.client({ version: "v1" }).runtime.activity({ end });
      const [now, old] = (await t.calls()).filter(({ query }) => query.end).map(({ path, query }) => [path, query.end]);
      deepEqual(now, ["/v2/runtime/activity", end.toISOString()], "as v2 takes it");
      deepEqual(old, ["/v1/activity", String(end.getTime())], "as v1 takes it");
    },
  },
  {
    name: "runtime: v1 leads elsewhere, to the same",
    async run(t) {
      const [old, now] = [await t.recorded({ version: "v1" }), await t.recorded()];
      const byMetric = (profile) => profile.scores.toSorted((a, b) => (a.metric.id < b.metric.id ? -1 : 1));
      const items = ({ value }) => value.map((item) => item.name).sort();
      const [before, after] = [byMetric(await old.runtime.player()), byMetric(await now.runtime.player())];
      deepEqual(before.map(({ metric }) => metric), after.map(({ metric }) => metric), "metrics");
      for (const [index, score] of before.entries())
        if (score.type === "set") deepEqual(items(score), items(after[index]), "items, from an object");
        else deepEqual(score, after[index], "score");
      deepEqual(await old.runtime.players().toArray(), await now.runtime.players().toArray(), "players");
      const rows = (client) => client.runtime.leaderboard("leaderboard1").toArray();
      deepEqual(await rows(old), await rows(now), "ranking");
      const made = await old.runtime.createProcess({ definition: "process1", name: "Mine" });
      deepEqual([made.name, made.definition.id], ["Mine", "process1"], "process");
      const played = await old.runtime.playProcess(made.id, "start");
      equal(played.events.local[0].event, "progress", "what happened");
      ok(played.scores.some((score) => score.type === "set" && Array.isArray(score.value)), "scores, in one form");
      ok((await old.runtime.gameImage()).size > 0, "the game's picture");
      t.checkError(await failure(() => old.runtime.metrics()), { name: "ConfigError", code: "unsupported_version" });
    },
  },
];
