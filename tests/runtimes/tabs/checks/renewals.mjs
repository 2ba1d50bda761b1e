// Tabs that have one sign-in in common: their renewals take turns.

import { deepEqual, equal, ok } from "../../../lib/assert.mjs";
import { until } from "../../../lib/limits.mjs";
import { full } from "../../../lib/settings.mjs";
import { reports, signedInTabs, spent, use } from "../signed-in.mjs";

const TABS = 5;
/** How long five tabs are used, and how long their access tokens live. */
const USE = full ? { milliseconds: 60_000, seconds: 5 } : { milliseconds: 15_000, seconds: 2 };
const SHORT = { milliseconds: 8_000, seconds: 2 };
const SLACK = 40_000;
/** How long a request for a token takes, as over a real network: renewals that took no turns would meet. */
const LATENCY = { method: "POST", path: "/auth/token", delay: 100, count: 1_000 };

const WAYS = [
  { name: "with Web Locks", smoke: true },
  { name: "without Web Locks", lacks: ["locks"], smoke: true },
  { name: "through the worker", way: "worker" },
  { name: "through the worker without Web Locks", way: "worker", lacks: ["locks"], full: true },
];

/** Each refresh token was sent once, and every one was taken. */
async function checkSpent(control) {
  const sent = await spent(control);
  deepEqual([...new Set(sent.map(({ status }) => status))], [200], "statuses of renewals");
  equal(new Set(sent.map((one) => one.refresh_token)).size, sent.length, "different refresh tokens");
  return sent.length;
}

/** How often a token has to be renewed at least: they are renewed before they end, and not all the time. */
const enoughIn = ({ milliseconds, seconds }) => milliseconds / 1000 / seconds / 2;

export function renewals(check) {
  for (const { name, smoke, full: long, ...options } of WAYS) {
    const title = `five tabs use one sign-in ${name}: no refresh token is used twice`;
    check(title, { smoke, full: long, limit: USE.milliseconds + SLACK }, async (t) => {
      const seed = { accessTokenSeconds: USE.seconds };
      const { tabs } = await signedInTabs(t, { count: TABS, seed, ...options });
      await t.control.fail(LATENCY);
      for (const tab of tabs) await use(tab, USE.milliseconds);
      const done = async () => (await reports(tabs)).every((one) => one.done);
      await until(done, { limit: USE.milliseconds + SLACK / 2, every: 1_000, what: "all are done" });

      const all = await reports(tabs);
      deepEqual(all.flatMap(({ signedOut, errors }) => [...signedOut, ...errors]), [], "what went wrong");
      const renewed = await checkSpent(t.control);
      const enough = enoughIn(USE);
      ok(renewed >= enough, `renewals: ${renewed}`);
      // How many calls a busy machine gets through is no matter; that each tab called between renewals is.
      for (const one of all) ok(one.tokens >= enough && one.calls > one.tokens, `a tab: ${JSON.stringify(one)}`);
      const sum = (what) => all.reduce((total, one) => total + one[what], 0);
      ok(sum("unseen") > sum("calls") / 2, `calls of tabs that nobody sees: ${sum("unseen")} of ${sum("calls")}`);
      const longest = Math.max(...all.map((one) => one.longest));
      t.note(
        `five tabs ${name}: ${sum("calls")} calls (${sum("unseen")} unseen, the longest ${longest} ms), ` +
          `${renewed} renewals, all answered 200; tokens: ${all.map(({ tokens }) => tokens)}`,
      );
    });
  }

  for (const { name, ...options } of WAYS.slice(0, 2)) {
    check(`two clients of one page take turns ${name}`, async (t) => {
      const seed = { accessTokenSeconds: SHORT.seconds };
      const { tabs: [tab], optionsAt } = await signedInTabs(t, { count: 1, seed, lacks: options.lacks });
      await t.control.fail(LATENCY);
      await tab.run((given, time) => {
        globalThis.other = globalThis.createPlayer(given);
        globalThis.player.use(time);
        globalThis.other.use(time);
      }, optionsAt("other"), SHORT.milliseconds);
      await tab.until("both are done", () => [globalThis.player, globalThis.other].every(({ report }) => report().done));
      const both = await tab.run(() => [globalThis.player.report(), globalThis.other.report()]);
      deepEqual(both.flatMap(({ signedOut, errors }) => [...signedOut, ...errors]), [], "what went wrong");
      const renewed = await checkSpent(t.control);
      const enough = enoughIn(SHORT);
      ok(renewed >= enough && both.every(({ tokens }) => tokens >= enough), `renewals: ${renewed}`);
    });
  }
}
