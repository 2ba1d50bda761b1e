// What other tabs hear of a sign-in and a sign-out.

import { deepEqual, equal } from "../../../lib/assert.mjs";
import { FINISHED } from "../world.mjs";

const WAYS = {
  "tokens in localStorage": (w) => w.byPage({ storage: "local" }),
  "through the worker": (w) => w.byWorker(),
};

const heard = (tab, event) => tab.until(event, (event) => globalThis.made.told.includes(event), event);

export function others(check) {
  for (const [way, optionsOf] of Object.entries(WAYS)) {
    check(`a sign-in and a sign-out reach the other tabs, ${way}`, { smoke: true }, async (w) => {
      const options = optionsOf(w);
      const [one, two] = [await w.open("/one"), await w.open("/two")];
      for (const tab of [one, two]) await w.refused(tab, options, "before");
      await w.back(one, options);
      deepEqual(await w.handle(one, options), FINISHED, "outcome");
      await heard(two, "token: initial");
      await w.works(two, options, "the other tab");
      await w.control.clearLog();
      w.site.asked.length = 0;

      deepEqual(await w.call(two, options, "logout"), { value: null }, "logout");
      await heard(one, "signedOut: other_tab");
      await w.refused(one, options, "the other tab");
      await w.refused(two, options, "the tab itself");
      deepEqual((await w.told(one)).filter((event) => event.startsWith("signedOut")), ["signedOut: other_tab"], "events");
      deepEqual(await w.renewals(), [], "renewals");
      equal(w.site.asked.filter(({ path }) => path === "/auth/refresh").length, 0, "the worker was asked");
    });
  }
}
