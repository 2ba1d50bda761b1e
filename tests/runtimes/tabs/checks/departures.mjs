// Pages that are left while it is their turn, and that somebody comes back to. Browsers may keep them as they are (in
// the back/forward cache), with what they hold.

import { deepEqual, equal, ok } from "../../../lib/assert.mjs";
import { until } from "../../../lib/limits.mjs";
import { call, callUnheard, PLAYER, report, reports, signedInTabs, statuses } from "../signed-in.mjs";

/** What pages lack. Chromium gives a page up that it keeps, as soon as something comes by its channel. */
const LACKS = {
  "with everything": [],
  "without Web Locks": ["locks"],
  "without channels": ["channels"],
  "without Web Locks and channels": ["locks", "channels"],
};

/** For how long the service thinks. */
const DELAY = 2_000;
/** Nobody hangs for longer. */
const PATIENCE = 10_000;

/** How long a page waits for an answer that never comes. */
const TIMEOUT = 3_000;
/** What a call may come to where the answer was lost: who asked hears of the network first, then that it is over. */
const CODES = ["invalid_grant", "signed_out", "login_required", "network_error"];

/** What a call comes to: the player or a code, and how long that took. */
async function timed(tab) {
  const begun = Date.now();
  const came = await call(tab);
  return { came, took: Date.now() - begun };
}

/** Runs in the page. */
const calling = () => {
  globalThis.alive = true;
  globalThis.player.call();
};

/** Goes back to the page; it is made anew where the browser didn't keep it. Gives whether it lives on. */
async function comeBack(tab, options) {
  await tab.back();
  await tab.until("it is back", (path) => location.pathname === path && document.readyState === "complete", "/");
  return tab.run((given) => {
    const lives = globalThis.alive === true;
    globalThis.player ??= globalThis.createPlayer(given);
    return lives;
  }, options);
}

export function departures(check) {
  for (const [where, lacks] of Object.entries(LACKS)) {
    const when = { full: lacks.length > 1 };
    check(`a page that is left before it sends, ${where}: the others go on, and it works when it comes back`, when, async (t) => {
      const optionsOf = (index) => (index === 0 ? { tokenRequests: "neverSent", timeout: TIMEOUT } : {});
      const { tabs, optionsAt } = await signedInTabs(t, { count: 3, lacks, optionsOf });
      const [leaving, ...others] = tabs;
      for (const tab of tabs) await call(tab);
      await t.control.expire();
      await leaving.run(calling);
      await leaving.until("it holds its turn", () => globalThis.player.report().asked === 1);
      for (const tab of others) await callUnheard(tab);
      await until(async () => (await reports(others)).every(({ refused }) => refused > 0), { what: "they wait" });
      const begun = Date.now();
      await leaving.goto(`${t.other.url}/elsewhere`);
      await until(async () => (await reports(others)).every(({ worked }) => worked.length === 2), { limit: PATIENCE, what: "they go on" });
      const took = Date.now() - begun;
      deepEqual((await reports(others)).flatMap(({ signedOut, errors }) => [...signedOut, ...errors]), [], "what went wrong");
      deepEqual(await statuses(t.control), [200], "statuses of renewals");

      const lives = await comeBack(leaving, optionsAt("again"));
      const back = await timed(leaving);
      ok(back.took < PATIENCE, `the first call took ${back.took} ms`);
      ok([PLAYER, "timeout", "network_error"].includes(back.came), `the first call came to ${back.came}`);
      await until(async () => (await call(leaving)) === PLAYER, { limit: PATIENCE, every: 500, what: "it works" });
      deepEqual(await statuses(t.control), [200], "statuses of renewals");
      t.note(`left before it sends, ${where}: the others wait ${took} ms; back, it ${lives ? "lives on" : "is new"}: ${JSON.stringify(back)}`);
    });

    check(`a page that is left while the service answers, ${where}: nobody hangs, and it is told once`, when, async (t) => {
      const { tabs, optionsAt } = await signedInTabs(t, { count: 3, lacks });
      const [leaving, ...others] = tabs;
      for (const tab of tabs) await call(tab);
      await t.control.expire();
      await t.control.fail({ method: "POST", path: "/auth/token", delay: DELAY, count: 1 });
      await leaving.run(calling);
      await until(async () => (await statuses(t.control)).length === 1, { what: "the service has it" });
      await leaving.goto(`${t.other.url}/elsewhere`);
      const all = await Promise.all(others.map(timed));
      for (const { took } of all) ok(took < PATIENCE, `a call took ${took} ms`);

      const lives = await comeBack(leaving, optionsAt("again"));
      const back = await timed(leaving);
      ok(back.took < PATIENCE, `the first call took ${back.took} ms`);
      const everybody = await reports(tabs);
      const sent = await statuses(t.control);
      t.note(
        `left while the service answers, ${where}: ${JSON.stringify(all)}; back, it ${lives ? "lives on" : "is new"}: ` +
          `${JSON.stringify(back)}; sign-outs ${JSON.stringify(everybody.map(({ signedOut }) => signedOut))}; renewals ${sent}`,
      );
      for (const { came } of [...all, back]) ok([PLAYER, ...CODES].includes(came), `a call came to ${came}`);
      for (const { signedOut } of everybody) ok(signedOut.length <= 1, `sign-outs: ${signedOut}`);
      ok(sent.filter((status) => status === 400).length <= 1, `renewals: ${sent}`);
      const settled = async () => new Set(await Promise.all(tabs.map(call))).size === 1;
      await until(settled, { limit: PATIENCE, every: 500, what: "calls come to the same in all tabs" });
    });
  }

  for (const [how, lacks] of Object.entries({ "with channels": [], "without channels": ["channels"] })) {
    check(`a page that is left while somebody signs out, ${how}, knows it when it comes back`, async (t) => {
      const { tabs, optionsAt } = await signedInTabs(t, { count: 2, lacks });
      const [leaving, other] = tabs;
      for (const tab of tabs) await call(tab);
      await leaving.run(() => void (globalThis.alive = true));
      await leaving.goto(`${t.other.url}/elsewhere`);
      await other.run(() => globalThis.player.client.logout().then(() => null));
      await t.control.clearLog();
      const lives = await comeBack(leaving, optionsAt("again"));
      if (lives) await until(async () => (await report(leaving)).signedOut.length > 0, { limit: 3_000, what: "it is told" });
      equal(await call(leaving), "login_required", "a call afterwards");
      deepEqual((await report(leaving)).signedOut, lives ? ["other_tab"] : [], "sign-outs");
      deepEqual((await t.control.log()).length, 0, "what the service got");
      t.note(`left while somebody signs out, ${how}: back, it ${lives ? "lives on" : "is new"}`);
    });
  }
}
