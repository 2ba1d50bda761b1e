// Which events were told: the same one isn't told twice within a while.

/** How many are remembered, at most. */
const KEPT = 1000;

/** Events by what tells them from others. */
export class ToldEvents {
  #events = new Map();

  /**
   * Begins to tell one, for which there is a time until it may be told again. Gives "new", "told", or "underway" where
   * somebody is just telling it. `forget(id)` is called for those whose time is over.
   */
  begin(id, until, forget) {
    this.#drop(forget);
    const known = this.#events.get(id);
    if (known !== undefined) return known.isTold ? "told" : "underway";
    this.#events.set(id, { until, isTold: false });
    return "new";
  }

  /** It was told. */
  end(id) {
    const event = this.#events.get(id);
    if (event !== undefined) event.isTold = true;
  }

  /** It wasn't: whoever comes with it again is heard. */
  fail(id) {
    this.#events.delete(id);
  }

  #drop(forget) {
    const now = Date.now();
    for (const [id, { until }] of this.#events) {
      if (until > now && this.#events.size < KEPT) break;
      this.#events.delete(id);
      forget(id);
    }
  }
}
