// Tabs to which another one's localStorage comes late: later than the lock under which it was written.

import { deepEqual, equal, ok } from "../../../lib/assert.mjs";
import { until } from "../../../lib/limits.mjs";
import { call, callUnheard, PLAYER, report, signedInTabs, statuses } from "../signed-in.mjs";

/** For how long the service thinks. */
const DELAY = 1_000;
/** Milliseconds for which a stamp is waited for, less what clocks differ by. */
const LIFE = 4_900;

/** Runs in the page: from now on nothing that others store shows, until `catchUp()`. `looks` counts who looks for it. */
function beLate() {
  const seen = { ...localStorage };
  const { getItem } = Storage.prototype;
  globalThis.looks = 0;
  Storage.prototype.getItem = function (key) {
    if (this !== localStorage) return getItem.call(this, key);
    if (key === "playoff-wasm:stamps") globalThis.looks += 1;
    return seen[key] ?? null;
  };
  globalThis.catchUp = () => void (Storage.prototype.getItem = getItem);
}

/** Runs in the page: somebody has named a stamp that nobody wrote. */
const nameNothing = () =>
  new Promise((held) => {
    const [key] = Object.entries(localStorage).find(([, value]) => value.includes("access_token"));
    navigator.locks.request(`${key} nothing`, () => {
      held(null);
      return new Promise(() => {});
    });
  });

/** Runs in the page. */
const somebodyWaits = async () => (await navigator.locks.query()).pending.length > 0;

export function lateStorage(check) {
  check("a tab that has the lock before it sees what was stored waits for that", { smoke: true }, async (t) => {
    const { tabs } = await signedInTabs(t, { count: 2 });
    const [renewing, late] = tabs;
    for (const tab of tabs) await call(tab);
    await late.run(beLate);
    await t.control.expire();
    await t.control.fail({ method: "POST", path: "/auth/token", delay: DELAY, count: 1 });
    await callUnheard(renewing);
    await until(async () => (await statuses(t.control)).length === 1, { what: "the service has it" });
    await callUnheard(late);
    await late.until("it waits for its turn", somebodyWaits);
    // A refresh token that is sent for the second time would end this, too.
    await late.until("it looks again", () => globalThis.looks > 1 || globalThis.player.report().asked > 0);
    deepEqual(await statuses(t.control), [200], "statuses of renewals");
    equal((await report(late)).worked.length, 1, "calls of the late tab that worked");

    await late.run(() => globalThis.catchUp());
    await late.until("it goes on", () => globalThis.player.report().worked.length === 2);
    const { errors, signedOut } = await report(late);
    deepEqual([...errors, ...signedOut], [], "what went wrong");
    deepEqual(await statuses(t.control), [200], "statuses of renewals");
  });

  check("a stamp that never shows is waited for as long as stamps are named", { smoke: true }, async (t) => {
    const { tabs: [naming, waiting] } = await signedInTabs(t, { count: 2 });
    await call(waiting);
    await naming.run(nameNothing);
    await t.control.expire();
    const begun = Date.now();
    // Nobody waits for a turn for more than ten seconds.
    equal(await call(waiting), PLAYER, "the player");
    const took = Date.now() - begun;
    ok(took > LIFE, `it took ${took} ms`);
    deepEqual(await statuses(t.control), [200], "statuses of renewals");
    t.note(`a stamp that never shows: a renewal takes ${took} ms`);
  });
}
