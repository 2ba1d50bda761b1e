// Feeds of pages that are left, kept and come back to, and of pages that nobody sees.

import { deepEqual, equal, ok } from "../../../lib/assert.mjs";
import { until } from "../../../lib/limits.mjs";

const PLAYER = "johny";
const INTERVAL = 200;
/** Chromium holds the timers of hidden tabs back to one a minute: not after five minutes but at once. */
const HELD_BACK = "--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/1";
/** A minute of that, and more. */
const HIDDEN = 80_000;
/** Several intervals, and less than it takes until browsers hold timers back for a minute. */
const UNSEEN = 2_000;

/** Tells the player as many as there are places. */
async function tell({ control }, places) {
  for (const place of places) await control.notify({ player_id: PLAYER, event: { event: "level", place } });
}

const heardIn = (tab) => tab.run(() => globalThis.listening.report());
const untilLive = (tab) => tab.until("a live feed", () => globalThis.listening.feed.state === "live");
const whatHappened = async ({ control }) => (await control.stream.log()).map(({ what }) => what);
const readsOf = async ({ control }) =>
  (await control.log()).filter(({ method, path }) => method === "GET" && path === "/v2/runtime/notifications").length;

/** Opens a page with a feed, at a service where nothing has happened. */
async function listening(t, { open = t.open, stream, ...options } = {}) {
  await t.control.reset();
  if (stream) await t.control.stream.settings(stream);
  const tab = await open(`${t.site.url}/`);
  const { apiUrl, authUrl } = t.playoff;
  await tab.run((given) => void globalThis.listen(given), { apiUrl, authUrl, ...options });
  return tab;
}

const untilHeard = (tab, count) =>
  tab.until(`${count} are heard`, (wanted) => globalThis.listening.report().heard.length >= wanted, count);

export function feeds(check) {
  check("a page that is left lets go of its feed's connection, and catches up when it comes back", { smoke: true }, async (t) => {
    const tab = await listening(t);
    const trips = [1, 2, 3];
    for (const trip of trips) {
      await untilLive(tab);
      await tell(t, [3 * trip - 2]);
      await untilHeard(tab, 3 * trip - 2);
      await tab.goto(`${t.other.url}/elsewhere`);
      await until(async () => (await whatHappened(t)).at(-1) === "closed", { what: "the connection ends" });
      await tell(t, [3 * trip - 1, 3 * trip]);
      await tab.back();
      await tab.until("it is back", (path) => location.pathname === path && document.readyState === "complete", "/");
      const lives = await tab.run(() => globalThis.listening !== undefined);
      const reasons = await tab.run(() => JSON.stringify(performance.getEntriesByType("navigation")[0]?.notRestoredReasons));
      equal(lives, t.traits.keepsPageWithSocket, `the page was kept on trip ${trip} (${reasons})`);
      // Made anew, it has no feed until it opens one.
      if (!lives) return;
      await untilHeard(tab, 3 * trip);
    }
    await untilLive(tab);
    const { heard, states } = await heardIn(tab);
    deepEqual(heard, [1, 2, 3, 4, 5, 6, 7, 8, 9], "what was heard");
    const trip = ["live", "waiting", "connecting"];
    deepEqual(states, [...trips.flatMap(() => trip), "live"], "states");
    equal(await readsOf(t), trips.length, "what was read by REST");
    await tab.run(() => globalThis.listening.feed.close());
    await until(async () => (await whatHappened(t)).at(-1) === "closed", { what: "the connection ends" });
    const connection = ["opened", "authenticated", "closed"];
    deepEqual(await whatHappened(t), [...trips, 0].flatMap(() => connection), "what happened at the stream");
    deepEqual(await tab.run(() => globalThis.uncaught), [], "uncaught");
  });

  check("a hidden tab doesn't poll; seen again, it has everything", { except: "webkit" }, async (t) => {
    const tab = await listening(t, { streams: false, poll: { interval: INTERVAL } });
    await tell(t, [1]);
    await untilHeard(tab, 1);
    const above = await t.open(`${t.site.url}/above`);
    equal(await above.run(() => document.visibilityState), "visible", "the tab above");
    await tell(t, [2, 3]);
    const before = await readsOf(t);
    await new Promise((resolve) => setTimeout(resolve, UNSEEN));
    // One may have been under way.
    const reads = (await readsOf(t)) - before;
    ok(reads <= 1, `reads of a hidden page: ${reads}`);
    // Whoever is asked anything is seen again.
    await untilHeard(tab, 3);
    const { heard, states, views } = await heardIn(tab);
    deepEqual([heard, states], [[1, 2, 3], ["polling"]], "what was heard, and states");
    deepEqual(views, ["hidden", "visible"], "how it was seen");
    deepEqual(await whatHappened(t), [], "what happened at the stream");
  });

  const held = { only: "chromium", full: true, limit: HIDDEN + 40_000 };
  check("a hidden tab keeps its connection, though its timers are held back for a minute", held, async (t) => {
    const browser = await t.another({ flags: [HELD_BACK] });
    const tab = await listening(t, { open: browser.newTab, stream: { pingInterval: 5_000, pingTimeout: 5_000 } });
    await untilLive(tab);
    await tab.run(() => {
      globalThis.ticks = 0;
      setInterval(() => (globalThis.ticks += document.visibilityState === "hidden" ? 1 : 0), 1_000);
    });
    const above = await browser.newTab(`${t.site.url}/above`);
    equal(await above.run(() => document.visibilityState), "visible", "the tab above");
    await new Promise((resolve) => setTimeout(resolve, HIDDEN));
    await tell(t, [1]);
    deepEqual(await whatHappened(t), ["opened", "authenticated"], "what happened at the stream");
    await untilHeard(tab, 1);
    const ticks = await tab.run(() => globalThis.ticks);
    ok(ticks < HIDDEN / 1_000 / 4, `a timer of a second ticked ${ticks} times`);
    t.note(`hidden for ${HIDDEN} ms: a timer of a second ticked ${ticks} times, and the feed's connection stayed`);
  });
}
