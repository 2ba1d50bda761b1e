// Lists of the sandbox's Toornament, which gives them by ranges: all units, however many rows there are.

import { deepEqual, equal, failure } from "../../lib/assert.mjs";
import { askedOf, organiserOf } from "../toornament.mjs";

const TOTALS = [0, 1, 49, 50, 51, 128, 129, 1000];
const MANY = 50;
const MORE = 128;

/** The lists: the part of the API, rows of a range, and the route where it isn't the name alone. */
const LISTS = {
  tournaments: ["organizer", MANY],
  participants: ["organizer", MANY],
  registrations: ["organizer", MANY],
  stages: ["organizer", MANY],
  groups: ["organizer", MANY],
  rounds: ["organizer", MANY],
  "bracket-nodes": ["organizer", MORE],
  matches: ["organizer", MORE],
  games: ["organizer", MANY, (parents) => `/matches/${parents.match}/games`],
  reports: ["organizer", MANY],
  "ranking-items": ["organizer", MANY],
  "standing-items": ["organizer", MANY],
  "custom-fields": ["organizer", MANY],
  "tournament-sponsors": ["organizer", MANY],
  disciplines: ["organizer", MANY],
  streams: ["organizer", MANY],
  videos: ["organizer", MANY],
  files: ["organizer", MANY],
  webhooks: ["organizer", MANY],
  subscriptions: ["organizer", MANY, (parents) => `/webhooks/${parents.webhook}/subscriptions`],
  circuits: ["circuit", MANY],
  tiers: ["circuit", MANY],
  users: ["platform", MANY],
};

/** The rows that others belong to. */
async function parentsOf(t, client) {
  await t.control.toornament.seed({ matches: 1, webhooks: 1 });
  const first = async (route) => (await client.paginate(route, { base: "organizer" }).toArray({ max: 1 }))[0].id;
  return { match: await first("/matches"), webhook: await first("/webhooks") };
}

/** How many requests the whole list needs: without a total, a full page doesn't say that it was the last one. */
const needed = (total, most, isReadable) =>
  isReadable ? Math.max(1, Math.ceil(total / most)) : Math.floor(total / most) + 1;

const nameOf = (row) => row.id ?? row.number;

/** Reads the list with so many rows, and looks at what was given and asked for. */
async function readsAll(t, client, { name, base, most, route, total, isReadable }) {
  await t.control.toornament.seed({ [name]: total });
  await t.control.clearLog();
  const seen = [];
  for await (const row of client.paginate(route, { base })) seen.push(nameOf(row));
  const what = `${total} ${name}`;
  deepEqual([seen.length, new Set(seen).size], [total, total], what);
  const asked = await askedOf(t);
  const starts = asked.map(({ headers }) => Number(/=(\d+)-/.exec(headers.range)[1]));
  const expected = Array.from({ length: needed(total, most, isReadable) }, (_, page) => page * most);
  deepEqual(starts, expected, `rows asked for, of ${what}`);
}

/** In a page it is CORS that hides the header; elsewhere nobody but the service can. */
const visibility = (t, isReadable) => ({
  contentRange: isReadable || t.place === "page",
  exposeContentRange: isReadable,
});

export const toornamentPagingCases = [
  ...Object.entries(LISTS).map(([name, [base, most, routeOf = () => `/${name}`]]) => ({
    name: `toornament: all ${name}, each once, and nothing asked for in vain`,
    async run(t) {
      const client = await organiserOf(t);
      const route = routeOf(await parentsOf(t, client));
      for (const isReadable of [true, false]) {
        await t.control.toornament.settings(visibility(t, isReadable));
        for (const total of TOTALS) await readsAll(t, client, { name, base, most, route, total, isReadable });
      }
    },
  })),
  {
    name: "toornament: an empty list may be one, or a range that isn't satisfied, with any status",
    async run(t) {
      const client = await organiserOf(t);
      await t.control.toornament.seed({ tournaments: 0 });
      for (const emptyIs416 of [true, false]) {
        for (const listStatus of [200, 206]) {
          await t.control.toornament.settings({ emptyIs416, listStatus });
          await t.control.clearLog();
          deepEqual(await client.paginate("/tournaments", { base: "organizer" }).toArray(), [], "rows");
          equal((await askedOf(t)).length, 1, "requests");
        }
      }
    },
  },
  {
    name: "toornament: whoever stops early has asked for nothing more than the page ahead",
    async run(t) {
      const client = await organiserOf(t);
      await t.control.toornament.seed({ matches: 1000 });
      for (const [rows, requests] of [[1, 1], [63, 1], [128, 2]]) {
        await t.control.clearLog();
        let read = 0;
        for await (const match of client.paginate("/matches", { base: "organizer" })) {
          equal(typeof match.id, "string", "id");
          if (++read === rows) break;
        }
        // What was given up may be there or not.
        const asked = (await askedOf(t)).length;
        equal(Math.max(asked, requests), requests, `requests for ${rows} rows`);
      }
      await t.control.clearLog();
      equal((await client.paginate("/matches", { base: "organizer" }).toArray({ max: 130 })).length, 130, "rows");
      equal((await askedOf(t)).length, 2, "requests for 130 rows");
    },
  },
  {
    name: "toornament: what isn't an end of the list is an error, its list of problems as data",
    async run(t) {
      const client = await organiserOf(t);
      const error = await failure(() =>
        client.paginate("/matches", { base: "organizer", query: { statuses: ["odd"] } }).toArray(),
      );
      t.checkError(error, { name: "ApiError", status: 400 });
      equal(error.data[0].scope, "query", "scope of the problem");
    },
  },
];
