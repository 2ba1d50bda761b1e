// Toornament's calls by name, at the sandbox.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { askedOf, toornamentApp } from "../toornament.mjs";

const INVALID = { name: "ConfigError", code: "invalid_option" };
const PIXEL = Uint8Array.from(
  atob(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  ),
  (letter) => letter.charCodeAt(0),
);

const namedOf = (t, options) => toornamentApp(t, options).client().toornament;

/** Each list, its route, and the call for one of its rows. */
const LISTS = [
  ["tournaments", "/tournaments", "tournament"],
  ["participants", "/participants", "participant"],
  ["stages", "/stages", "stage"],
  ["matches", "/matches", "match"],
  ["rankings", "/ranking-items", null],
  ["standings", "/standing-items", "standing"],
];

/** What a list was asked for with, by the sandbox's log. */
async function queryOf(t, list) {
  await t.control.clearLog();
  await list.toArray();
  return (await askedOf(t))[0].query;
}

export const toornamentCallCases = [
  {
    name: "toornament: lists and what is in them, by name",
    needs: "edge",
    async run(t) {
      const toornament = namedOf(t);
      for (const [name, route, one] of LISTS) {
        const rows = await toornament[name]().toArray();
        ok(rows.length > 0 && rows.every(({ id }) => typeof id === "string"), `${name} with ids`);
        if (one !== null) equal((await toornament[one](rows[0].id)).id, rows[0].id, one);
        ok((await askedOf(t)).some(({ path }) => path.endsWith(`/organizer/v2${route}`)), `asked for ${route}`);
      }
      const [{ id }] = await toornament.tournaments().toArray();
      const { status, data } = await toornament.tournament(id, { full: true });
      deepEqual([status, data.name], [200, "Tournament 1"], "with its head");
    },
  },
  {
    name: "toornament: the games of a match, and one of them",
    needs: "edge",
    async run(t) {
      const toornament = namedOf(t);
      const [first] = await toornament.matches().toArray({ max: 1 });
      const games = await toornament.games(first.id).toArray();
      deepEqual(games.map(({ number }) => number), [1, 2, 3], "games");
      equal((await toornament.game(first.id, 2)).number, 2, "game");
    },
  },
  {
    name: "toornament: filters are sent as the service writes them, and those without a name in `query`",
    needs: "edge",
    async run(t) {
      const { matches, tournaments, rankings } = namedOf(t);
      const filters = { stageNumbers: [1, 2], isScheduled: true, statuses: ["pending"] };
      deepEqual(
        await queryOf(t, matches({ ...filters, query: { x: [1, 2] } })),
        { x: "1,2", stage_numbers: "1,2", is_scheduled: "1", statuses: "pending" },
        "query of matches",
      );
      const after = new Date("2026-01-02T03:04:05Z");
      match((await queryOf(t, matches({ playedAfter: after }))).played_after, /^2026-01-02T03:04:05/, "a moment");
      const archived = tournaments({ archived: false, tournamentIds: undefined });
      deepEqual(await queryOf(t, archived), { archived: "0" }, "query");
      deepEqual(await queryOf(t, rankings({ minRank: 2, maxRank: 3 })), { min_rank: "2", max_rank: "3" }, "ranks");
      equal((await rankings({ minRank: 2, maxRank: 3 }).toArray()).length, 2, "rows");
    },
  },
  {
    name: "toornament: ids that are no strings, and options that there aren't, are refused before anything is sent",
    needs: "edge",
    async run(t) {
      const toornament = namedOf(t);
      const wrong = [618954615000000001, 7n, "", null, undefined];
      await t.control.clearLog();
      for (const id of wrong) {
        t.checkError(await failure(async () => toornament.match(id)), { ...INVALID, message: /strings/ });
        t.checkError(await failure(async () => toornament.games(id).toArray()), INVALID);
      }
      t.checkError(await failure(async () => toornament.matches({ matchIds: [7] }).toArray()), INVALID);
      const odd = await failure(async () => toornament.stages({ minRank: 1 }).toArray());
      t.checkError(odd, { name: "ConfigError", code: "unknown_option", message: /minRank/ });
      deepEqual(await askedOf(t), [], "requests");
    },
  },
  {
    name: "toornament: another base, and the key alone",
    needs: "edge",
    async run(t) {
      const { tournaments } = namedOf(t);
      await t.control.clearLog();
      ok((await tournaments({ base: "viewer", limit: 10 }).toArray()).length > 0, "rows");
      const [{ path, headers }] = await askedOf(t);
      match(path, /\/viewer\/v2\/tournaments$/, "path");
      equal(headers.range, "tournaments=0-9", "range");
    },
  },
  {
    name: "toornament: a file is uploaded, then named by its id",
    needs: "edge",
    async run(t) {
      const client = toornamentApp(t).client();
      const { toornament } = client;
      await t.control.clearLog();
      const given = { context: "tournament_logo", filename: 'Größe "1".png', contentType: "image/png" };
      const file = await toornament.uploadFile(PIXEL, given);
      equal(file.context, "tournament_logo", "context");
      const [{ query, headers }] = await askedOf(t);
      deepEqual(query, { context: "tournament_logo" }, "query");
      equal(headers["content-type"], "image/png", "content-type");
      equal(
        headers["content-disposition"],
        `attachment; filename="Gr__e _1_.png"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%221%22.png`,
        "content-disposition",
      );
      const [tournament] = await toornament.tournaments().toArray({ max: 1 });
      const base = "organizer";
      const changed = await client.patch(["tournaments", tournament.id], { logo: { id: file.id } }, { base });
      match(changed.logo.original, new RegExp(`/${file.id}/original$`), "address of the logo");
      const [row] = await client.paginate("/files", { base }).toArray();
      equal(row.associated, true, "in use");
    },
  },
  {
    name: "toornament: a File says its name and type itself; whose name or type nobody says isn't sent",
    needs: "edge",
    async run(t) {
      const { uploadFile } = namedOf(t);
      await t.control.clearLog();
      const context = "circuit_logo";
      t.checkError(await failure(async () => uploadFile(PIXEL, { context })), { ...INVALID, message: /filename/ });
      t.checkError(await failure(async () => uploadFile(PIXEL, { context, filename: "a.png" })), INVALID);
      deepEqual(await askedOf(t), [], "requests");
      const named = Object.defineProperty(new Blob([PIXEL], { type: "image/png" }), "name", { value: "b.png" });
      const { status, data } = await uploadFile(named, { context, full: true });
      deepEqual([status, data.context], [201, context], "answer");
      equal((await askedOf(t))[0].headers["content-disposition"], 'attachment; filename="b.png"', "disposition");
    },
  },
  {
    name: "toornament: headers of an upload are sent in every form that a call takes",
    needs: "edge",
    async run(t) {
      const { uploadFile } = namedOf(t);
      const file = { context: "tournament_logo", filename: "a.png", contentType: "image/png" };
      const pairs = [["accept-language", "fr"]];
      for (const headers of [Object.fromEntries(pairs), pairs, new Headers(pairs), new Map(pairs)]) {
        await t.control.clearLog();
        await uploadFile(PIXEL, { ...file, headers, query: new URLSearchParams("a=b") });
        const [sent] = await askedOf(t);
        equal(sent.headers["accept-language"], "fr", "the header");
        equal(sent.headers["content-type"], "image/png", "the file's own");
        deepEqual(sent.query, { a: "b", context: file.context }, "query");
      }
    },
  },
  {
    name: "toornament: a query or headers that `get` refuses are refused by every call, with the same words",
    needs: "edge",
    async run(t) {
      const client = toornamentApp(t).client();
      const { uploadFile, tournaments, tournament, games } = client.toornament;
      const file = { context: "tournament_logo", filename: "a.png", contentType: "image/png" };
      const calls = {
        paginate: (options) => client.paginate("/tournaments", { base: "organizer", ...options }).toArray(),
        tournaments: (options) => tournaments({ archived: true, ...options }).toArray(),
        tournament: (options) => tournament("1", options),
        games: (options) => games("1", options).toArray(),
        uploadFile: (options) => uploadFile(PIXEL, { ...file, ...options }),
      };
      const wrong = [{ query: "a=b" }, { query: 7 }, { query: ["ab"] }, { query: [7] }, { headers: "a: b" }, { headers: ["ab"] }];
      await t.control.clearLog();
      for (const options of wrong) {
        const { name, code, message } = await failure(() => client.get("/tournaments", { base: "organizer", ...options }));
        equal(name, "ConfigError", JSON.stringify(options));
        for (const [called, call] of Object.entries(calls)) {
          const error = await failure(async () => call(options));
          deepEqual([error.name, error.code, error.message], [name, code, message], `${called}, ${JSON.stringify(options)}`);
        }
      }
      deepEqual(await askedOf(t), [], "requests");
    },
  },
  {
    name: "toornament: clients of a definition over it have its calls, those of other services haven't",
    needs: "edge",
    async run(t) {
      const over = namedOf(t, { provider: { extend: { extend: "toornament" }, headers: { "x-client": "test" } } });
      ok((await over.tournaments().toArray()).length > 0, "rows");
      const playoff = t.edge.createEdge({ ...t.keys(), apiUrl: t.sandbox.apiUrl, authUrl: t.sandbox.authUrl });
      equal(playoff.client().toornament, undefined, "of Playoff");
      const kumite = t.edge.createEdge({ provider: "kumite", apiUrl: "https://kumite.example", refreshToken: "x.y.z" });
      equal(kumite.client({ playerId: "ada" }).toornament, undefined, "of Kumite");
    },
  },
];
