// Ending the process behind a tab, so that its page hears nothing of it. No two drivers do it the same way.

import { readdir, readFile } from "node:fs/promises";
import { until } from "../limits.mjs";

/** How long a page works so that its process stands out, and the clock ticks (of 10 ms) by which it must. */
const BUSY = 300;
const STANDS_OUT = 8;

/** The driver answers that the tab crashed: what was asked for. */
async function crash({ send }) {
  try {
    await send("POST", "/goog/cdp/execute", { cmd: "Page.crash", params: {} });
  } catch (error) {
    if (error.code !== "tab crashed") throw error;
    return;
  }
  throw new Error("the tab didn't crash");
}

/** Runs in the browser's own process. geckodriver has Firefox quit when a tab crashes, unless that is taken back. */
function processOfFirefoxTab() {
  Services.env.set("MOZ_CRASHREPORTER_SHUTDOWN", "");
  return gBrowser.selectedBrowser.browsingContext.currentWindowGlobal.osPid;
}

const kill = (id) => () => process.kill(id, "SIGKILL");

async function doomInFirefox({ send }) {
  await send("POST", "/moz/context", { context: "chrome" });
  const script = `return (${processOfFirefoxTab})()`;
  const id = await send("POST", "/execute/sync", { script, args: [] });
  await send("POST", "/moz/context", { context: "content" });
  return kill(id);
}

/** What the processes of WebKit's pages in this group have worked so far: a Map of ticks. */
async function workOfPages(group) {
  const work = new Map();
  for (const id of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${id}/stat`, "utf8").catch((error) => {
      // It has ended meanwhile.
      if (["ENOENT", "ESRCH"].includes(error.code)) return "";
      throw error;
    });
    const [, name, rest = ""] = /\((WebKitWebProces.?)\) (.*)/.exec(stat) ?? [];
    const fields = rest.split(" ");
    if (name && Number(fields[2]) === group) work.set(Number(id), Number(fields[11]) + Number(fields[12]));
  }
  return work;
}

/** Nobody tells which process a page is in, so the page works for a moment. */
async function workingProcess({ send }, group) {
  const before = await workOfPages(group);
  const script = "const end = performance.now() + arguments[0]; while (performance.now() < end);";
  await send("POST", "/execute/sync", { script, args: [BUSY] });
  const worked = [...(await workOfPages(group))].map(([id, ticks]) => ({ id, ticks: ticks - (before.get(id) ?? 0) }));
  const [most, next = { ticks: 0 }] = worked.sort((a, b) => b.ticks - a.ticks);
  return most.ticks >= STANDS_OUT && most.ticks > 2 * next.ticks ? most.id : undefined;
}

async function doomInWebKit(session, { group }) {
  const what = "the process that the tab is in stands out";
  return kill(await until(() => workingProcess(session, group), { what }));
}

const ways = { chromium: () => crash, firefox: doomInFirefox, webkit: doomInWebKit };

/**
 * Finds the process behind the current tab of the browser `name`. Gives what ends it, which gets the session with that
 * tab as its current one.
 */
export const doomTab = async (name, session, driver) => ways[name](session, driver);
