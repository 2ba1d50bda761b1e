// Several tabs that come back from the service.

import { deepEqual, equal } from "../../../lib/assert.mjs";
import { FINISHED, codeIn } from "../world.mjs";

/** Milliseconds: so late the service answers that all tabs are at it. */
const SLOW = 700;

const WAYS = {
  "tokens in memory": { optionsOf: (w) => w.byPage(), other: "code_used", smoke: true },
  "tokens in localStorage": { optionsOf: (w) => w.byPage({ storage: "local" }), other: null },
  "through the worker": { optionsOf: (w) => w.byWorker(), other: null, smoke: true },
};

export function twins(check) {
  for (const [way, { optionsOf, other, smoke }] of Object.entries(WAYS)) {
    check(`a duplicated tab, ${way}: the code is exchanged once`, { smoke }, async (w) => {
      const options = optionsOf(w);
      const tab = await w.first("/start");
      const callback = await w.begun(tab, options);
      const tabs = [tab, await w.duplicated(tab), await w.duplicated(tab)];
      const late = tabs.pop();
      for (const one of tabs) await one.goto(callback);
      await w.control.fail({ count: 1, path: "/auth/token", method: "POST", delay: SLOW });
      const outcomes = await w.callAll(tabs, options, "handleRedirect");
      const told = outcomes.map(({ error }) => error ?? null);
      deepEqual(told.sort(), [other, null].sort(), "outcomes");
      deepEqual(await w.codes(), [codeIn(callback)], "codes sent");
      // Yet another one, when all is over.
      await late.goto(callback);
      equal((await w.handle(late, options)).error ?? null, other, "a late one");
      deepEqual(await w.codes(), [codeIn(callback)], "codes sent");
      for (const [index, one] of tabs.entries()) if (!outcomes[index].error) await w.works(one, options);
      if (other === null) await w.works(late, options, "a late one");
    });
  }

  check("two tabs land at once, each on its own callback", async (w) => {
    const options = w.byPage({ storage: "local", login: { storage: "local" } });
    const tabs = [await w.open(), await w.open()];
    const callbacks = [];
    for (const tab of tabs) callbacks.push(await w.begun(tab, options));
    for (const [index, tab] of tabs.entries()) await tab.goto(callbacks[index]);
    await w.control.fail({ count: 2, path: "/auth/token", method: "POST", delay: SLOW });
    deepEqual(await w.callAll(tabs, options, "handleRedirect"), [FINISHED, FINISHED], "outcomes");
    for (const tab of tabs) await w.works(tab, options);
    deepEqual((await w.codes()).sort(), callbacks.map(codeIn).sort(), "codes sent");
  });

  check("begun in one tab, finished in another: refused, unless login.storage is in localStorage", async (w) => {
    for (const [login, expected] of [
      [{}, "state_mismatch"],
      [{ storage: "local" }, null],
    ]) {
      const options = w.byPage({ login });
      const callback = await w.begun(await w.open(), options);
      const other = await w.open();
      await other.goto(callback);
      equal((await w.handle(other, options)).error ?? null, expected, "outcome");
      equal(await other.url(), `${w.site.url}/callback`, "address");
    }
    equal((await w.codes()).length, 1, "codes sent");
  });
}
