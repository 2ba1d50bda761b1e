// Tabs of a real browser, by WebDriver: Chromium, Firefox and WebKit. What pages can count on when they share an origin,
// and that the package works there.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "../../lib/bundle.mjs";
import { controlClient } from "../../lib/control.mjs";
import { full } from "../../lib/settings.mjs";
import { openBrowser } from "../../lib/webdriver/browser.mjs";
import { background } from "./checks/background.mjs";
import { calls } from "./checks/calls.mjs";
import { cookies } from "./checks/cookies.mjs";
import { deaths } from "./checks/deaths.mjs";
import { departures } from "./checks/departures.mjs";
import { locks } from "./checks/locks.mjs";
import { news } from "./checks/news.mjs";
import { renewals } from "./checks/renewals.mjs";
import { sharing } from "./checks/sharing.mjs";
import { travels } from "./checks/travels.mjs";
import { startSite } from "./site.mjs";
import { traits } from "./traits.mjs";

const PAGE = fileURLToPath(new URL("page.mjs", import.meta.url));
const PLAYER = "johny";
const CHECK_LIMIT = 60_000;

/** All of them: `{ name, body, smoke, full, only, last, limit }`; `only` names the one browser that can. */
function collect() {
  const checks = [];
  const add = (name, ...rest) => {
    const [options, body] = rest.length === 2 ? rest : [{}, rest[0]];
    checks.push({ name, body, ...options });
  };
  const parts = [calls, sharing, locks, travels, cookies, renewals, deaths, departures, news, background];
  for (const part of parts) part(add);
  return checks.sort((a, b) => Number(a.last ?? false) - Number(b.last ?? false));
}

/** Chromium runs everything that is quick, the others what would tell that they fail at all; in full all run all. */
function applies(name, check) {
  if (check.only !== undefined && check.only !== name) return false;
  if (full) return true;
  return !check.full && (name === "chromium" || check.smoke === true);
}

async function runCheck(report, browser, { name, body, limit = CHECK_LIMIT }, given) {
  const others = [];
  const context = {
    ...given,
    browser,
    traits: traits[browser.name],
    note: (text) => report.note(`${browser.name}: ${text}`),
    open: browser.newTab,
    opened: browser.openedBy,
    async another() {
      const other = await openBrowser(browser.name);
      others.push(other);
      return other;
    },
  };
  await report.test(`${browser.name}, tabs: ${name}`, () => body(context), { limit });
  for (const other of others) await other.close();
}

/** Runs the checks in the browser `name`. */
export async function launchTabs(report, cleanups, { name, consumer, folder, sandbox, server }) {
  const { playoff } = sandbox;
  const { clientId, clientSecret } = playoff.clients.find((client) => client.type === "jwt");
  const file = join(folder, "page.js");
  await mkdir(folder, { recursive: true });
  await bundle(PAGE, consumer, file, { platform: "browser" });
  const mint = () => server.mint({ clientId, clientSecret, playerId: PLAYER });
  // Another one each time, as in a network of many machines: what one handler knows of the last request, none knows here.
  const worker = { fetch: (request) => server.signInHandler(playoff).fetch(request) };
  const [site, other] = await Promise.all([startSite({ file, mint, worker }), startSite({ file, mint, worker })]);
  cleanups.add(site.stop);
  cleanups.add(other.stop);
  const control = controlClient(sandbox.control.url);
  const browser = await openBrowser(name);
  cleanups.add(browser.close);
  for (const check of collect().filter((one) => applies(name, one))) {
    await runCheck(report, browser, check, { site, other, playoff, control });
    if (!check.last) await browser.closeOthers();
  }
  await browser.close();
}
