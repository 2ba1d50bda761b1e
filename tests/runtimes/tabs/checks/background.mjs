// Tabs that nobody looks at, and tabs that end.

import { deepEqual, equal, ok } from "../../../lib/assert.mjs";
import { until } from "../../../lib/limits.mjs";

const LOOK = 3_000;

/** Runs in the page: counts what a timer of 50 ms and one in a worker come to while nobody looks. */
function countTimers() {
  globalThis.counts = { page: 0, worker: 0 };
  const count = (who) => {
    if (document.visibilityState === "hidden") globalThis.counts[who] += 1;
  };
  setInterval(() => count("page"), 50);
  const script = new Blob(["setInterval(() => postMessage(null), 50)"], { type: "text/javascript" });
  const worker = new Worker(URL.createObjectURL(script));
  worker.onmessage = () => count("worker");
}

/** Runs in the page: says at its end that it ends. What it stores then may be lost (in Firefox). */
function sayGoodbye() {
  addEventListener("pagehide", () => {
    navigator.sendBeacon("/told", "beacon");
    fetch("/told", { method: "POST", body: "keepalive", keepalive: true });
  });
}

export function background(check) {
  check("a hidden tab's timers are held back, a worker's aren't", { full: true }, async (t) => {
    const one = await t.open(`${t.site.url}/one`);
    await one.run(countTimers);
    const two = await t.open(`${t.site.url}/two`);
    // In WebKit a new tab is hidden, in the others the old one is.
    await two.run(countTimers);
    await new Promise((resolve) => setTimeout(resolve, LOOK));
    // Whichever is looked at now was hidden a while ago, and its counts stand.
    const all = [await two.run(() => globalThis.counts), await one.run(() => globalThis.counts)];
    const hidden = all.reduce((most, counts) => (counts.worker > most.worker ? counts : most));
    t.note(`in ${LOOK} ms hidden, timers of 50 ms ticked: ${JSON.stringify(hidden)}`);
    ok(hidden.page >= 1, "the page's timer ticks at all");
    ok(hidden.worker > 3 * hidden.page, "it is held back, and the worker's isn't");
  });

  check("a page whose tab is closed can still say so", async ({ site, open }) => {
    const tab = await open(`${site.url}/one`);
    await tab.run(sayGoodbye);
    site.told.length = 0;
    await tab.close();
    await until(() => site.told.length === 2, { what: "both have come" });
    deepEqual([...site.told].sort(), ["beacon", "keepalive"], "what came");
  });

  check("what a page stored is there when its tab is closed right after", async ({ site, open }) => {
    const tab = await open(`${site.url}/one`);
    const two = await open(`${site.url}/two`);
    await tab.run(() => localStorage.setItem("last", "stored"));
    await tab.close();
    await two.until("it is there", () => localStorage.getItem("last") === "stored");
  });

  // The last one: WebKit's driver has no session after it.
  check("a tab whose process is killed says nothing, and its lock is free", { last: true }, async (t) => {
    const { site, open } = t;
    const two = await open(`${site.url}/two`);
    const doomed = await open(`${site.url}/doomed`);
    await doomed.run(sayGoodbye);
    await doomed.run(
      () =>
        new Promise((held) => {
          navigator.locks.request("killed", () => {
            held();
            return new Promise(() => {});
          });
        }),
    );
    await two.run(() => {
      navigator.locks.request("killed", () => fetch("/told", { method: "POST", body: "two has the lock" }));
    });
    site.told.length = 0;
    await doomed.kill();
    await until(() => site.told.length > 0, { what: "the other tab has the lock" });
    deepEqual(site.told, ["two has the lock"], "what came");
    if (t.traits.survivesKilledTab) equal(await two.run(() => location.pathname), "/two", "the other tab");
  });
}
