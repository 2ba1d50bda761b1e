// Away to another origin and back, as signing in does.

import { deepEqual, equal } from "../../../lib/assert.mjs";

const to = (base, url) => `${base}/to?url=${encodeURIComponent(url)}`;

/** Goes there as a page does, and waits until it is there. */
async function leave(tab, url, landing = url) {
  await tab.run((address) => {
    location.href = address;
  }, url);
  await tab.until(
    `it is at ${landing}`,
    (address) => location.href === address && document.readyState === "complete",
    landing,
  );
}

export function travels(check) {
  check("a redirect through another origin comes back to the same sessionStorage", { smoke: true }, async (t) => {
    const back = `${t.site.url}/back?code=a&state=b`;
    for (const detour of [t.other.url, t.site.localhost]) {
      const tab = await t.open(`${t.site.url}/start`);
      await tab.run(() => sessionStorage.setItem("trip", "begun"));
      await leave(tab, to(detour, back), back);
      equal(await tab.run(() => sessionStorage.getItem("trip")), "begun", "what the page had stored");
      const referrer = await tab.run(() => document.referrer);
      equal(["", `${t.site.url}/`].includes(referrer), true, `the referrer (${referrer}) is no more than an origin`);
    }
  });

  check("an address that was replaced is what reload and back find", async ({ site, open }) => {
    const tab = await open(`${site.url}/start`);
    await leave(tab, `${site.url}/back?code=a`);
    await tab.run(() => history.replaceState(null, "", "/clean"));
    await tab.reload();
    equal(await tab.url(), `${site.url}/clean`, "after reloading");
    await leave(tab, `${site.url}/next`);
    await tab.back();
    equal(await tab.url(), `${site.url}/clean`, "after going back");
    await tab.back();
    equal(await tab.url(), `${site.url}/start`, "before it");
    await tab.forward();
    equal(await tab.url(), `${site.url}/clean`, "and forward");
  });

  check("going back from another origin finds the page alive or loads it", async (t) => {
    const tab = await t.open(`${t.site.url}/start`);
    await tab.run(() => (globalThis.alive = true));
    await leave(tab, `${t.other.url}/sign-in`);
    await tab.back();
    await tab.until("it is back", (url) => location.href === url, `${t.site.url}/start`);
    const alive = await tab.run(() => globalThis.alive === true);
    t.note(`a page that is gone back to ${alive ? "lives on" : "is loaded anew"}`);
    deepEqual(await tab.run(() => globalThis.uncaught), [], "uncaught");
  });

  check("window.open without a click", async ({ browser, site, open, opened, traits }) => {
    const tab = await open(`${site.url}/start`);
    const byItself = () => tab.run(() => window.open("/opened") !== null);
    if (traits.opensUnasked) await opened(async () => equal(await byItself(), true, browser.name));
    else equal(await byItself(), false, browser.name);
  });
}
