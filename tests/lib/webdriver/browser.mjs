// A browser of its own, driven by WebDriver: Chromium, Firefox or WebKit (WebKitGTK).

import { until } from "../limits.mjs";
import { startDriver } from "./drivers.mjs";
import { doomTab } from "./kill.mjs";
import { createSession } from "./protocol.mjs";
import { createTab } from "./tab.mjs";

const COMMAND_LIMIT = 30_000;
const PAGE_LIMIT = 20_000;
const TAB_LIMIT = 10_000;
/**
 * A driver looks for a port for its browser and lets it go again: who is faster than the browser keeps it from starting.
 */
const STARTS = 2;

/** A session has one current tab, for whoever asks: so one command after the other. */
function createLane(session) {
  let last = Promise.resolve();
  return (action) => {
    const result = last.then(() => action(session));
    // Whoever asked hears of it.
    last = result.catch(() => {});
    return result;
  };
}

/**
 * Starts the browser `name` ("chromium", "firefox" or "webkit") with nothing stored. Its tabs share what they store;
 * two browsers share nothing. `proxy`, a host with a port, is asked for pages of plain http; `flags` are Chromium's.
 */
export async function openBrowser(name, options = {}) {
  for (let left = STARTS; ; left--) {
    try {
      return await start(name, options);
    } catch (error) {
      if (left === 1) throw error;
      console.log(`# ${name} didn't start, so once more: ${error.message}`);
    }
  }
}

async function start(name, { proxy, flags = [] }) {
  const driver = await startDriver(name, flags);
  try {
    const timeouts = { script: PAGE_LIMIT, pageLoad: PAGE_LIMIT, implicit: 0 };
    const wanted = { timeouts, ...driver.capabilities, ...(proxy ? { proxy: { proxyType: "manual", httpProxy: proxy } } : {}) };
    const session = await createSession(driver.url, wanted, COMMAND_LIMIT);
    return createBrowser(name, driver, session, await session.send("GET", "/window"));
  } catch (error) {
    await driver.stop();
    throw error;
  }
}

function createBrowser(name, driver, session, first) {
  const lane = createLane(session);
  const switchTo = (handle) => session.send("POST", "/window", { handle });
  const handles = () => lane(({ send }) => send("GET", "/window/handles"));

  const tabOf = (handle) => {
    const act = (action) => lane(() => switchTo(handle).then(() => action(session)));
    const doom = async () => {
      const end = await act(() => doomTab(name, session, driver));
      return () => act(end);
    };
    return createTab({ handle, act, doom });
  };

  return {
    name,
    version: session.capabilities.browserVersion,

    /** The one that it starts with. */
    tab: tabOf(first),

    /** A tab that knows nothing of the others, as a visitor opens one. */
    async newTab(url) {
      const [any] = await handles();
      const { handle } = await lane(async ({ send }) => {
        await switchTo(any);
        return send("POST", "/window/new", { type: "tab" });
      });
      const tab = tabOf(handle);
      if (url !== undefined) await tab.goto(url);
      return tab;
    },

    /** The tab that a page opens while `action` runs. */
    async openedBy(action) {
      const before = await handles();
      await action();
      const opened = async () => (await handles()).find((handle) => !before.includes(handle));
      return tabOf(await until(opened, { limit: TAB_LIMIT, what: "a tab is opened" }));
    },

    /** Closes every tab but the first. */
    async closeOthers() {
      for (const handle of await handles()) if (handle !== first) await tabOf(handle).close();
    },

    /** What the console got as errors since the last time, or null where the driver doesn't tell: all but Chromium's. */
    async consoleErrors() {
      if (name !== "chromium") return null;
      const entries = await lane(({ send }) => send("POST", "/se/log", { type: "browser" }));
      return entries.filter(({ level }) => level === "SEVERE").map(({ message }) => message);
    },

    /** Ends it with everything it kept, the driver included. */
    close: driver.stop,
  };
}
