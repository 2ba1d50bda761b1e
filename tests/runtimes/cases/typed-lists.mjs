// Lists that are read page by page, while they stay, change, and aren't wanted any more.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";

const ROUTE = "/runtime/players";

async function read(list) {
  const rows = [];
  for await (const row of list) rows.push(row);
  return rows;
}

/** A client of a service that answers with `page(query)`, and the queries that it got. */
function served(t, page) {
  const asked = [];
  const client = t.client({
    token: "token",
    async fetch(url, { signal }) {
      signal.throwIfAborted();
      const query = Object.fromEntries(new URL(url).searchParams);
      asked.push(query);
      return new Response(JSON.stringify(await page({ skip: Number(query.skip), limit: Number(query.limit), signal })));
    },
  });
  return { client, asked };
}

const row = (id) => ({ id: `p${id}` });
const names = (rows) => rows.map(({ id }) => id);
const rowsFrom = (first, count) => Array.from({ length: Math.max(0, count) }, (_, index) => row(first + index));
const skips = (asked) => asked.map(({ skip }) => Number(skip));

export const typedListCases = [
  {
    name: "lists: 10,000 players and a ranking of 5,000 in constant wasm memory",
    async run(t) {
      const { runtime } = await t.recorded();
      await t.control.generate({ count: 9_997, scores: { test_points: { first: 100, step: 1 } } });
      const once = async () => {
        let players = 0;
        for await (const player of runtime.players({ limit: 1_000 })) players += player.id === "" ? 0 : 1;
        equal(players, 10_000, "players");
        const top = [];
        for await (const { data, total } of runtime.leaderboard("leaderboard1", { limit: 5_000 }).pages()) {
          equal(total, 10_000, "total");
          top.push(...data);
        }
        equal(top.length, 10_000, "rows");
        ok(top.every(({ score, scoreText }) => `${score}` === scoreText), "every score is a number");
      };
      await once();
      const before = t.wasmMemory();
      await once();
      deepEqual(t.wasmMemory(), before, "bytes of the wasm's memory");
    },
  },
  {
    name: "lists: again each time, in pages, and the first of them",
    async run(t) {
      const { client, asked } = served(t, ({ skip, limit }) => ({
        data: rowsFrom(skip, Math.min(limit, 25 - skip)),
        total: 25,
      }));
      const list = client.runtime.players({ limit: 10 });
      deepEqual(asked, [], "nothing is asked for before somebody reads");
      equal((await read(list)).length, 25, "rows");
      equal((await read(list)).length, 25, "rows, again");
      deepEqual(skips(asked), [0, 10, 20, 0, 10, 20], "pages");
      const pages = await read(list.pages());
      deepEqual(pages.map(({ data, total, skip }) => [data.length, total, skip]), [[10, 25, 0], [10, 25, 10], [5, 25, 20]]);
      equal((await list.toArray()).length, 25, "all");
      asked.length = 0;
      deepEqual(names(await list.toArray({ max: 3 })), ["p0", "p1", "p2"], "the first");
      deepEqual(names(await list.toArray({ max: 0 })), [], "none");
      deepEqual(asked.map(({ skip, limit }) => [skip, limit]), [["0", "3"]], "no more than is wanted is asked for");
      deepEqual(names(await client.runtime.players({ skip: 22 }).toArray()), ["p22", "p23", "p24"], "from the middle");
    },
  },
  {
    name: "paginate: parts that are null or undefined aren't given",
    async run(t) {
      const { client, asked } = served(t, ({ skip, limit }) => ({ data: rowsFrom(skip, Math.min(limit, 7 - skip)), total: 7 }));
      for (const nothing of [undefined, null]) {
        for (const list of [
          client.paginate(ROUTE, { query: { limit: nothing, skip: nothing } }),
          client.paginate(ROUTE, { limit: nothing, skip: nothing }),
          client.runtime.players({ limit: nothing, skip: nothing }),
        ]) {
          asked.length = 0;
          equal((await list.toArray()).length, 7, "rows");
          deepEqual(asked.map(({ skip, limit }) => [skip, limit]), [["0", "100"]], "what was asked for");
        }
        const list = client.paginate(ROUTE, { limit: nothing, query: { limit: 7 } });
        equal((await list.toArray()).length, 7, "rows");
        equal(asked.at(-1).limit, "7", "the limit that was given");
      }
    },
  },
  {
    name: "paginate: any route, its pages in the query or beside it, with a total or bare",
    async run(t) {
      const rows = rowsFrom(0, 7);
      const page = ({ skip, limit }) => rows.slice(skip, skip + limit);
      for (const [form, answer] of Object.entries({
        bare: page,
        "with a total": (asked) => ({ data: page(asked), total: 7 }),
        "with null at its end": (asked) => (asked.skip >= 7 ? null : page(asked)),
      })) {
        const { client, asked } = served(t, answer);
        equal((await read(client.paginate(ROUTE, { query: { limit: 3, q: "x" } }))).length, 7, form);
        deepEqual([asked[0].limit, asked[0].q], ["3", "x"], "query");
        equal((await client.paginate(["runtime", "players"], { limit: 7 }).toArray()).length, 7, form);
        const query = new URLSearchParams("limit=3&skip=1&q=x");
        equal((await client.paginate(ROUTE, { query }).toArray()).length, 6, `${form}, from the second`);
      }
      const real = await t.client().paginate(ROUTE, { query: { limit: 4 } }).toArray();
      deepEqual(real, await t.client().runtime.players().toArray(), "players of the sandbox");
      const { client, asked } = served(t, () => rowsFrom(0, 300));
      equal((await client.paginate(ROUTE).toArray()).length, 300, "a list that has no pages");
      equal(asked.length, 1, "calls for it");
      const refused = await failure(() => t.client().paginate("//evil.example").toArray());
      t.checkError(refused, { name: "ConfigError", code: "invalid_route" });
    },
  },
  {
    name: "lists: parts that are no numbers are refused, and so is `full`",
    async run(t) {
      const invalid = { name: "ConfigError", code: "invalid_query" };
      for (const name of ["skip", "limit"]) {
        for (const part of [5n, Symbol("five"), {}, "five"]) {
          const options = { [name]: part };
          for (const list of [t.client().paginate(ROUTE, options), t.client().runtime.players(options)])
            await t.refuses(() => list.toArray(), { ...invalid, message: new RegExp(`\`${name}\``) });
        }
      }
      const unknown = { name: "ConfigError", code: "unknown_option", message: /`full`/ };
      for (const list of [t.client().paginate(ROUTE, { full: true }), t.client().runtime.players({ full: true })])
        await t.refuses(() => list.toArray(), unknown);
      const { client, asked } = served(t, () => []);
      await client.paginate(ROUTE, { skip: "2", limit: "3" }).toArray();
      deepEqual([asked[0].skip, asked[0].limit], ["2", "3"], "what texts of numbers ask for");
    },
  },
  {
    name: "lists: `break` asks for nothing more, and one page ahead at most",
    async run(t) {
      const ends = [];
      const page = async ({ skip, limit, signal }) => {
        if (skip >= 20) {
          await new Promise((resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
        }
        return { data: rowsFrom(skip, limit), total: 1_000 };
      };
      const { client, asked } = served(t, async (given) => page(given).catch((reason) => (ends.push(given.skip), Promise.reject(reason))));
      const until = async (count) => {
        let seen = 0;
        for await (const _ of client.runtime.players({ limit: 10 })) if ((seen += 1) === count) break;
      };
      await until(1);
      deepEqual(skips(asked), [0], "after the first row");
      asked.length = 0;
      await until(10);
      deepEqual(skips(asked), [0, 10], "after the first page: the next one is there already");
      asked.length = 0;
      await until(16);
      deepEqual(skips(asked), [0, 10, 20], "after half of the second");
      equal((await client.runtime.players({ limit: 10 }).toArray({ max: 4 })).length, 4, "the client works afterwards");
      deepEqual(ends, [20], "what was under way has ended");
      equal(asked.length, 4, "calls afterwards");
    },
  },
  {
    name: "lists: return and the caller's signal end what is waited for",
    async run(t) {
      const waiting = ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      const { client, asked } = served(t, waiting);
      const rows = client.runtime.players()[Symbol.asyncIterator]();
      const next = [rows.next(), rows.next()];
      while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      deepEqual(await rows.return(), { done: true, value: undefined }, "return");
      deepEqual((await Promise.all(next)).map(({ done }) => done), [true, true], "who waited");
      equal((await rows.next()).done, true, "afterwards");

      const abort = new AbortController();
      const reading = failure(() => read(client.runtime.players({ signal: abort.signal })));
      while (asked.length === 1) await new Promise((resolve) => setTimeout(resolve, 1));
      abort.abort(new Error("enough"));
      equal((await reading).message, "enough", "reason");

      const early = new AbortController();
      const { client: quick } = served(t, ({ skip, limit }) => ({ data: rowsFrom(skip, limit), total: 50 }));
      let seen = 0;
      const stopped = await failure(async () => {
        for await (const _ of quick.runtime.players({ signal: early.signal })) {
          seen += 1;
          early.abort(new Error("no more rows"));
        }
      });
      deepEqual([seen, stopped.message], [1, "no more rows"], "rows that are there already");
    },
  },
  {
    name: "lists: an error is the reader's, and the end",
    async run(t) {
      const { client, asked } = served(t, ({ skip, limit }) => {
        if (skip >= 10) return { id: "no list" };
        return { data: rowsFrom(skip, limit), total: 30 };
      });
      const rows = client.runtime.players({ limit: 10 })[Symbol.asyncIterator]();
      for (let seen = 0; seen < 10; seen++) equal((await rows.next()).done, false, "a row");
      const odd = await failure(() => rows.next());
      t.checkError(odd, { name: "ApiError", code: "invalid_response", message: /isn't a list/ });
      equal((await rows.next()).done, true, "afterwards");
      equal(asked.length, 2, "calls");
      await t.control.fail({ count: 1, status: 400, body: { error: "no_more", error_description: "No" } });
      const error = await failure(() => read(t.client().runtime.players()));
      t.checkError(error, { name: "ApiError", code: "no_more" });
    },
  },
  {
    name: "lists: one that shrinks meanwhile ends",
    async run(t) {
      const { runtime } = await t.recorded();
      await t.control.generate({ count: 60 });
      let seen = 0;
      for await (const _ of runtime.players({ limit: 10 })) if ((seen += 1) === 15) await t.control.remove({ count: 40 });
      ok(seen >= 20 && seen < 63, `rows: ${seen}`);
      for await (const _ of runtime.players({ limit: 10 })) {
        const left = (await runtime.players().toArray()).filter(({ id }) => id.startsWith("crowd_"));
        if (left.length > 0) await t.control.remove({ count: left.length });
      }
    },
  },
  {
    name: "lists: one that grows meanwhile ends, and gives no row of two neighbours twice",
    async run(t) {
      const { runtime } = await t.recorded();
      await t.control.generate({ count: 37 });
      let made = 0;
      let rows = [];
      for await (const { id } of runtime.players({ limit: 10 })) {
        rows.push(id);
        // One after the other comes in front of all, and pushes the others back.
        if (rows.length % 5 === 0) await t.control.generate({ count: 1, prefix: "aaa_", first: (made += 1) });
      }
      equal(new Set(rows).size, rows.length, "different rows");
      ok(rows.length >= 40, `rows: ${rows.length}`);
      const players = (await runtime.players().toArray()).length;
      rows = [];
      for await (const { id } of runtime.players({ limit: 10 })) {
        rows.push(id);
        await t.control.generate({ count: 20, prefix: "zzz_", first: (made += 20) });
      }
      // The last page that is read may have some that came meanwhile.
      ok(rows.length >= players && rows.length < players + 10, `rows: ${rows.length} of ${players}`);
    },
  },
  {
    name: "lists: a service that gives the same page for ever",
    async run(t) {
      for (const [what, answer] of Object.entries({
        "a bare page": rowsFrom(0, 10),
        "a bare page without ids": Array.from({ length: 10 }, (_, index) => ({ index: index % 3 })),
        "a page with a total": { data: rowsFrom(0, 10), total: 1_000 },
        "a page without ids, with a total": { data: Array(10).fill({ same: true }), total: 1_000 },
      })) {
        const { client, asked } = served(t, () => answer);
        equal((await read(client.runtime.players({ limit: 10 }))).length, 10, `rows of ${what}`);
        equal(asked.length, 2, `calls for ${what}`);
      }
      let total = 10;
      const { client, asked } = served(t, ({ limit }) => ({ data: rowsFrom(0, limit), total: (total += 10) }));
      equal((await read(client.runtime.players({ limit: 10 }))).length, 10, "rows of a page whose total grows");
      ok(asked.length < 10, `calls: ${asked.length}`);
    },
  },
];
