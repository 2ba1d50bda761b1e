// What tabs tell each other: that somebody signed out, or in.

import { deepEqual, equal } from "../../../lib/assert.mjs";
import { until } from "../../../lib/limits.mjs";
import { at, call, report, reports, signedInTabs, statuses } from "../signed-in.mjs";

const TABS = 5;
const CLIENTS = 50;
/** Whatever tells it, it comes at once; a tab that nobody sees has one timer a second. */
const SOON = 3_000;

/** Runs in the page. */
const logout = () => globalThis.player.client.logout().then(() => null);
const isSignedOut = ({ signedOut }) => signedOut.length > 0;

/** Makes clients that nobody keeps, in a page of their own. */
async function leaveClients(t, dispose) {
  const { apiUrl, authUrl } = t.playoff;
  const tab = await t.open(at(t.site, []));
  const given = { apiUrl, authUrl, clients: CLIENTS, dispose };
  equal(await tab.run((one) => globalThis.leaveClients(one), given), CLIENTS, "channels that were opened");
  return tab;
}

export function news(check) {
  for (const [how, lacks] of Object.entries({ "by a channel": [], "by storage events": ["channels"] })) {
    check(`a sign-out in one tab is all others', ${how}`, async (t) => {
      const { tabs } = await signedInTabs(t, { count: TABS, lacks });
      for (const tab of tabs) await call(tab);
      const [leaving, ...others] = tabs;
      const begun = Date.now();
      await leaving.run(logout);
      await until(async () => (await reports(others)).every(isSignedOut), { limit: SOON, what: "all are signed out" });
      t.note(`a sign-out ${how}: heard within ${Date.now() - begun} ms`);
      await t.control.clearLog();
      const codes = await Promise.all(tabs.map(call));
      deepEqual(codes, tabs.map(() => "login_required"), "calls afterwards");
      const all = await reports(tabs);
      deepEqual(all.map(({ signedOut }) => signedOut), [["logout"], ...others.map(() => ["other_tab"])], "reasons");
      deepEqual((await t.control.log()).length, 0, "what the service got afterwards");
      equal(all[0].kept, 0, "what is stored");
    });

    check(`a sign-in in one tab is told to who has no token, ${how}`, async (t) => {
      const { tabs, signIn } = await signedInTabs(t, { count: 2, lacks });
      const [first, second] = tabs;
      for (const tab of tabs) await call(tab);
      await first.run(logout);
      await until(async () => isSignedOut(await report(second)), { limit: SOON, what: "it is signed out" });
      const { tokens } = await report(second);
      await signIn(first);
      await until(async () => (await report(second)).tokens > tokens, { limit: SOON, what: "it is told" });
      equal(await call(second), "johny", "player");
      deepEqual((await report(second)).signedOut, ["other_tab"], "sign-outs");
    });
  }

  check("a sign-out in one tab is all others', through the worker", async (t) => {
    const { tabs } = await signedInTabs(t, { count: 3, way: "worker" });
    for (const tab of tabs) await call(tab);
    await tabs[0].run(logout);
    await until(async () => (await reports(tabs)).every(isSignedOut), { limit: SOON, what: "all are signed out" });
    const codes = await Promise.all(tabs.map(call));
    deepEqual(codes, tabs.map(() => "login_required"), "calls afterwards");
  });

  check("a tab with neither locks nor databases goes on without", async (t) => {
    const { tabs: [tab] } = await signedInTabs(t, { count: 1, lacks: ["locks", "databases"] });
    await call(tab);
    await t.control.expire();
    equal(await call(tab), "johny", "player");
    deepEqual(await statuses(t.control), [200], "statuses of renewals");
  });

  check("clients that are disposed of listen no more, those without storage never do", async (t) => {
    const tab = await leaveClients(t, true);
    equal(await tab.run(() => globalThis.channels), 0, "channels that are open");
  });

  check("clients that nobody holds any more listen no more, either", { only: "chromium" }, async (t) => {
    // The other drivers can't have a page's garbage collected.
    const tab = await leaveClients(t, false);
    const collected = async () => {
      await tab.devtools("HeapProfiler.collectGarbage");
      return (await tab.run(() => globalThis.channels)) === 0;
    };
    await until(collected, { what: "all channels are closed" });
  });
}
