// The three drivers: how each is started, and what its browser is asked for.

import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../limits.mjs";
import { freePort, start } from "../processes.mjs";
import { setting } from "../settings.mjs";
import { QUIET } from "../chromium.mjs";
import { startDisplay } from "./display.mjs";
import { isReady } from "./protocol.mjs";

const START_LIMIT = 20_000;

const REMOVAL = { recursive: true, force: true, maxRetries: 20 };

// What a process that is interrupted had no time to remove.
const folders = new Set();
process.once("exit", () => folders.forEach((folder) => rmSync(folder, REMOVAL)));

/** Of the system's, not of the ring's: a browser makes sockets there, whose paths have to be short. */
async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), "playoff-"));
  folders.add(folder);
  const remove = async () => {
    await rm(folder, REMOVAL);
    folders.delete(folder);
  };
  return { folder, remove };
}

/** `command`, `args` besides the port, `env` and `capabilities`; `display` where the browser needs one. Chromium takes flags. */
const drivers = {
  chromium: (flags) => ({
    command: setting("PLAYOFF_CHROMEDRIVER"),
    capabilities: {
      "goog:loggingPrefs": { browser: "ALL" },
      "goog:chromeOptions": {
        binary: setting("PLAYOFF_CHROMIUM"),
        args: ["--headless", ...QUIET, ...flags],
        // Left alone it has hidden tabs run as if they were seen, which no visitor's do.
        excludeSwitches: ["disable-background-timer-throttling", "disable-backgrounding-occluded-windows"],
      },
    },
  }),

  firefox: () => ({
    command: setting("PLAYOFF_GECKODRIVER"),
    // It needs a say in the browser's own process to tell which one a tab is in.
    args: ["--websocket-port=0", "--allow-system-access"],
    capabilities: {
      "moz:firefoxOptions": {
        binary: setting("PLAYOFF_FIREFOX"),
        args: ["-headless"],
        // Otherwise a fifth tab of a site shares the process of the first.
        prefs: { "dom.ipc.processCount.webIsolated": 16 },
      },
    },
  }),

  webkit: () => ({
    command: setting("PLAYOFF_WEBKIT_DRIVER"),
    display: true,
    // The driver knows where its browser is. Without a graphics card, and without a session bus to report to.
    env: { GDK_BACKEND: "x11", LIBGL_ALWAYS_SOFTWARE: "1", NO_AT_BRIDGE: "1" },
    capabilities: {},
  }),
};

/**
 * Starts the driver of the browser `name`, with a folder of its own for whatever the browser keeps. Gives
 * `{ url, capabilities, group, stop() }`: `group` is the process group of everything it starts.
 */
export async function startDriver(name, flags) {
  const { command, args = [], env = {}, capabilities, display: wantsDisplay = false } = drivers[name](flags);
  const undo = [];
  const stop = async () => {
    while (undo.length > 0) await undo.pop()();
  };
  try {
    const { folder, remove } = await makeFolder();
    undo.push(remove);
    const own = {
      HOME: folder,
      TMPDIR: folder,
      XDG_CACHE_HOME: folder,
      XDG_CONFIG_HOME: folder,
      XDG_DATA_HOME: folder,
    };
    if (wantsDisplay) {
      const display = await startDisplay();
      undo.push(display.stop);
      own.DISPLAY = display.name;
    }
    const port = await freePort();
    const driver = start(command, [`--port=${port}`, ...args], {
      group: true,
      env: { ...process.env, ...own, ...env },
    });
    undo.push(driver.stop);
    const url = `http://127.0.0.1:${port}`;
    const ended = driver.ended.then((code) => {
      throw new Error(`${command} ended (${code}): ${driver.output()}`);
    });
    await Promise.race([until(() => isReady(url), { limit: START_LIMIT, what: `${command} is ready` }), ended]);
    return { url, capabilities, group: driver.child.pid, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
