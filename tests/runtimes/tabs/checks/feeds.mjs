// Feeds of pages that are left, kept and come back to, and of pages that nobody sees.

import { deepEqual, equal, ok } from "../../../lib/assert.mjs";
import { controlClient } from "../../../lib/control.mjs";
import { until } from "../../../lib/limits.mjs";
import { peerOptions, upTo } from "../../feeds.mjs";

const PLAYER = "johny";
const INTERVAL = 200;
/** Chromium holds the timers of hidden tabs back to one a minute: not after five minutes but at once. */
const HELD_BACK = "--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/1";
/** Of timers that follow upon timers it lets the first five be. */
const RARE_PINGS = { pingInterval: 12_000, pingTimeout: 5_000 };
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

/** The two services. */
const sandboxOf = ({ control, playoff: { apiUrl, authUrl } }) => ({ control, client: { apiUrl, authUrl } });
const peerOf = ({ streamPeer: { url } }) => ({ control: controlClient(`${url}/control`), client: peerOptions(url) });

/** Opens a page with a feed, at a service where nothing has happened. */
async function listening(t, { open = t.open, service = sandboxOf(t), stream, ...options } = {}) {
  await service.control.reset();
  if (stream) await service.control.stream.settings(stream);
  const tab = await open(`${t.site.url}/`);
  await tab.run((given) => void globalThis.listen(given), { client: service.client, ...options });
  return tab;
}

const untilHeard = (tab, count) =>
  tab.until(`${count} are heard`, (wanted) => globalThis.listening.report().heard.length >= wanted, count);

/** 100, as places of that round. */
const tellRound = ({ control }, round, more) =>
  control.notify({ player_id: PLAYER, event: { event: "level", round }, count: 100, ...more });

export function feeds(check) {
  // The other browsers have the whole suite.
  for (const [at, serviceOf] of Object.entries({ "the sandbox": sandboxOf, "npm's engine.io": peerOf })) {
    const when = { only: "webkit", full: true, limit: 120_000 };
    check(`1,000 notifications over three restarts and 30 silent seconds, at ${at}: each once, in order`, when, async (t) => {
      const service = serviceOf(t);
      const { stream } = service.control;
      const tab = await listening(t, { service });
      for (const round of [0, 2, 4, 6, 8]) {
        await untilLive(tab);
        await tellRound(service, round);
        if (round < 6) deepEqual(await stream.restart({ refuse: 50 }), { connections: 1 }, "connections");
        if (round === 6) await stream.silence({ ms: 30_000 });
        await tellRound(service, round + 1, { interval: 5 });
        const all = async () => (await heardIn(tab)).heard.length >= (round + 2) * 100;
        await until(all, { limit: 60_000, every: 250, what: `round ${round}` });
      }
      deepEqual((await heardIn(tab)).heard, upTo(1_000), "places");
      await tab.run(() => globalThis.listening.feed.close());
      await until(async () => (await whatHappened(service)).at(-1) === "closed", { what: "the connection ends" });
      const connections = (await whatHappened(service)).filter((what) => what === "authenticated").length;
      ok(connections >= 4 && connections <= 10, `connections: ${connections}`);
      t.note(`1,000 at ${at}: ${connections} connections`);
    });
  }

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
    const tab = await listening(t, { open: browser.newTab, stream: RARE_PINGS });
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
