// Lists that the service gives by pages: asked for one after the other, as far as somebody reads.

import { ApiError, ConfigError } from "../errors.js";
import { reasonOf } from "./reason.js";

/** As many rows as others ask for at a time: quotas count calls, and the service's own default is 10. */
export const LIMIT = 100;
/** The next page is asked for when this part of one was read: who stops early has asked for nothing in vain. */
const AHEAD = 0.5;

/**
 * A list. `ask(options)` gives a promise of one of its pages, `{ data, total?, limit? }`, where `limit` is what was asked
 * for, if the service gives less at a time, for options with `skip`, `limit` and
 * `signal`; `options` are the caller's. Nothing is asked for until somebody reads, and each who reads begins anew.
 * `single`: the service gives all in one answer.
 */
export function listing(ask, options, single = false) {
  const pages = () => new Pages(ask, options, single);
  return {
    [Symbol.asyncIterator]: () => new Rows(pages()),
    pages: () => ({ [Symbol.asyncIterator]: pages }),
    async toArray({ max = Infinity } = {}) {
      const rows = [];
      if (!(max > 0)) return rows;
      for await (const { data } of new Pages(ask, options, single, max)) {
        for (const row of data) if (rows.length < max) rows.push(row);
        if (rows.length >= max) break;
      }
      return rows;
    },
  };
}

const done = { done: true, value: undefined };

function check(page) {
  if (Array.isArray(page?.data)) return;
  throw new ApiError("the answer isn't a list: call the route by `get`", { code: "invalid_response" });
}

/** A number, or the text of one. What is neither is refused by who makes the call. */
const countOf = (given) => (typeof given === "string" ? Number(given) : given);

/** What tells a row from others: not all have something. */
const identity = (row) => row?.id ?? row?.player?.id ?? row?.team?.id;

/** What may be asked for at once is done one after the other. */
class Turns {
  #last = Promise.resolve();

  take(work) {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

/** The pages of a list, for one who reads. */
class Pages {
  #ask;
  #options;
  #single;
  #limit;
  #skip;
  #first;
  /** How many there were in the beginning, and at the last page. */
  #total;
  #last = Infinity;
  #given = 0;
  #before = [];
  #stop = new AbortController();
  #over = false;
  #turns = new Turns();
  #coming;

  constructor(ask, options, single = false, max = Infinity) {
    const { skip, limit, ...others } = options ?? {};
    this.#ask = ask;
    this.#options = others;
    this.#single = single;
    const most = countOf(limit ?? LIMIT);
    this.#limit = typeof most === "number" ? Math.min(most, max) : most;
    this.#first = this.#skip = countOf(skip ?? 0);
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  next() {
    return this.#turns.take(() => this.#next());
  }

  /** Ends it, also what is under way. */
  async return() {
    this.#over = true;
    this.#stop.abort();
    return done;
  }

  /** Whether the caller's signal says that rows which are there already aren't wanted any more either. */
  get aborted() {
    return this.#options.signal?.aborted === true;
  }

  /** Ends it with the reason of the caller's signal. */
  abort() {
    this.#over = true;
    throw reasonOf(this.#options.signal);
  }

  /** Asks for the next page before somebody wants it. */
  ahead() {
    if (this.#over) return;
    this.#coming ??= this.#request();
    // Who wants it hears of it then.
    this.#coming.catch(() => {});
  }

  async #next() {
    // A page may have nothing that wasn't in the one before.
    while (!this.#over) {
      const skip = this.#skip;
      let page, limit;
      try {
        ({ limit, ...page } = await (this.#coming ?? this.#request()));
        check(page);
      } catch (error) {
        if (this.#over) return done;
        this.#over = true;
        throw error;
      } finally {
        this.#coming = undefined;
      }
      if (this.#over) return done;
      const data = this.#take(page, limit);
      if (data.length > 0) return { done: false, value: { ...page, data, skip } };
    }
    return done;
  }

  async #request() {
    const { signal, full } = this.#options;
    if (full) throw new ConfigError("a list knows no option `full`: `pages()` gives its pages", { code: "unknown_option" });
    const stop = () => this.#stop.abort(reasonOf(signal));
    // What isn't a signal is refused by who makes the call.
    const linked = typeof signal?.addEventListener === "function" && typeof signal.aborted === "boolean";
    if (linked && signal.aborted) stop();
    if (linked) signal.addEventListener("abort", stop);
    try {
      const own = linked || signal == null ? { signal: this.#stop.signal } : {};
      const part = this.#single ? {} : { skip: this.#skip, limit: this.#limit };
      return await this.#ask({ ...this.#options, ...own, ...part });
    } finally {
      if (linked) signal.removeEventListener("abort", stop);
    }
  }

  /** What of a page is new; and whether it was the last one. */
  #take({ data, total }, limit = this.#limit) {
    const fresh = this.#fresh(data);
    this.#skip += data.length;
    this.#given += fresh.length;
    if (this.#single) {
      this.#over = true;
      return fresh;
    }
    if (typeof total !== "number") {
      // Without a total, a page that isn't full is the last; a longer one is the whole list.
      this.#over = data.length !== limit || fresh.length === 0;
      return fresh;
    }
    const grown = total > this.#last;
    this.#last = total;
    this.#total ??= total;
    const rows = Math.max(0, this.#total - this.#first);
    this.#over =
      data.length === 0 ||
      this.#skip >= total ||
      // Rows that came since the first page aren't waited for: there might be no end of them.
      this.#given >= rows ||
      this.#skip - this.#first >= 2 * rows ||
      (fresh.length === 0 && !grown);
    return fresh;
  }

  /** Rows that weren't in the page before: rows that came meanwhile push others from page to page. */
  #fresh(data) {
    const names = data.map((row) => identity(row) ?? JSON.stringify(row));
    const before = this.#before;
    const ids = new Set(before);
    this.#before = names;
    // A service that doesn't know `skip` gives the same page for ever.
    if (names.length === before.length && names.every((name, index) => name === before[index])) return [];
    return data.filter((row) => identity(row) === undefined || !ids.has(identity(row)));
  }
}

/** The rows of pages. */
class Rows {
  #pages;
  #rows = [];
  #at = 0;
  #over = false;
  #turns = new Turns();

  constructor(pages) {
    this.#pages = pages;
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  next() {
    return this.#turns.take(() => this.#next());
  }

  return() {
    this.#over = true;
    return this.#pages.return();
  }

  async #next() {
    const isLeft = this.#at < this.#rows.length;
    if (isLeft && !this.#over && this.#pages.aborted) {
      this.#over = true;
      this.#pages.abort();
    }
    if (!isLeft && !this.#over) {
      const { done: ended, value } = await this.#pages.next();
      if (ended) return done;
      this.#rows = value.data;
      this.#at = 0;
    }
    // It may have been left meanwhile.
    if (this.#over) return done;
    const value = this.#rows[this.#at++];
    if (this.#at === Math.ceil(this.#rows.length * AHEAD)) this.#pages.ahead();
    return { done: false, value };
  }
}
