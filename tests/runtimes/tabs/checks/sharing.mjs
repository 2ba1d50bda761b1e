// What tabs of one origin share, and what they don't.

import { deepEqual, equal } from "../../../lib/assert.mjs";

/** Runs in the page: what reaches it from other tabs, in `heard`. WebKit tells only a page that has used the storage. */
function listen() {
  globalThis.heard = [];
  localStorage.getItem("shared");
  addEventListener("storage", ({ key, newValue }) => globalThis.heard.push(`storage ${key} ${newValue}`));
  globalThis.channel = new BroadcastChannel("tabs");
  globalThis.channel.onmessage = ({ data }) => globalThis.heard.push(`channel ${data}`);
}

/** Runs in the page: one record of a database, read and written in one transaction. */
function countUp() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("tabs", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("counts");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction("counts", "readwrite");
      const store = transaction.objectStore("counts");
      let count;
      store.get("all").onsuccess = ({ target }) => {
        count = (target.result ?? 0) + 1;
        store.put(count, "all");
      };
      transaction.onerror = () => reject(transaction.error);
      transaction.oncomplete = () => {
        opening.result.close();
        resolve(count);
      };
    };
  });
}

/** Runs in the page. */
const session = () => sessionStorage.getItem("mark");
const isLoaded = () => location.pathname === "/opened" && document.readyState === "complete";

export function sharing(check) {
  check("storage events and a BroadcastChannel reach the other tab, not the own", async ({ site, open }) => {
    const one = await open(`${site.url}/one`);
    const two = await open(`${site.url}/two`);
    for (const tab of [one, two]) await tab.run(listen);
    await two.run(() => {
      localStorage.setItem("shared", "of two");
      globalThis.channel.postMessage("of two");
    });
    await one.until("both are heard", () => globalThis.heard.length === 2);
    deepEqual((await one.run(() => globalThis.heard)).sort(), ["channel of two", "storage shared of two"], "heard");
    deepEqual(await two.run(() => globalThis.heard), [], "heard by the own tab");
  });

  check("IndexedDB: no tab reads what another is about to write", { smoke: true }, async ({ site, open }) => {
    const tabs = [await open(`${site.url}/one`), await open(`${site.url}/two`)];
    const counts = await Promise.all([...tabs, ...tabs, ...tabs].map((tab) => tab.run(countUp)));
    deepEqual(
      counts.sort((a, b) => a - b),
      [1, 2, 3, 4, 5, 6],
      "the counts",
    );
  });

  check("sessionStorage is copied to a tab that knows its opener, else it begins empty", async (t) => {
    // In WebKit nothing is opened by clicks in a tab that nobody sees.
    const one = t.browser.tab;
    await one.goto(`${t.site.url}/one`);
    await one.run(() => sessionStorage.setItem("mark", "of one"));
    equal(await (await t.open(`${t.site.url}/two`)).run(session), null, "a new tab");
    for (const [id, expected] of Object.entries({ known: "of one", script: "of one", stranger: null })) {
      const opened = await t.opened(() => one.click(`#${id}`));
      await opened.until("it is loaded", isLoaded);
      equal(await opened.run(session), expected, id);
      await opened.run(() => sessionStorage.setItem("mark", "its own"));
      equal(await one.run(session), "of one", "the opener's own");
    }
  });

  check("127.0.0.1, its other ports and localhost share no storage", async ({ site, other, open }) => {
    const tab = await open(`${site.url}/one`);
    await tab.run(() => localStorage.setItem("place", "site"));
    for (const url of [other.url, site.localhost]) {
      await tab.goto(`${url}/one`);
      equal(await tab.run(() => localStorage.getItem("place")), null, url);
    }
  });

  check("two browsers share nothing", { full: true }, async ({ site, open, another }) => {
    const tab = await open(`${site.url}/one`);
    await tab.run(() => {
      localStorage.setItem("mine", "yes");
      document.cookie = "mine=yes; path=/";
    });
    const stranger = await another();
    await stranger.tab.goto(`${site.url}/one`);
    deepEqual(await stranger.tab.run(() => [localStorage.getItem("mine"), document.cookie]), [null, ""], "the other's");
  });
}
