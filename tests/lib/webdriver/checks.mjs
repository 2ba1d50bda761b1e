// A list of checks, run one after the other in one browser by WebDriver.

import { full } from "../settings.mjs";
import { openBrowser } from "./browser.mjs";

const CHECK_LIMIT = 60_000;

/** What `parts` add: `{ name, body, smoke, full, only, except, last, limit }`; `only` names the one browser that can, `except` the one that can't. */
function collect(parts) {
  const checks = [];
  const add = (name, ...rest) => {
    const [options, body] = rest.length === 2 ? rest : [{}, rest[0]];
    checks.push({ name, body, ...options });
  };
  for (const part of parts) part(add);
  return checks.sort((a, b) => Number(a.last ?? false) - Number(b.last ?? false));
}

/** Chromium runs everything that is quick, the others what would tell that they fail at all; in full all run all. */
function applies(name, check) {
  if (check.only !== undefined && check.only !== name) return false;
  if (check.except === name) return false;
  if (full) return true;
  return !check.full && (name === "chromium" || check.smoke === true);
}

async function runCheck(report, browser, check, { about, around }) {
  const others = [];
  const context = {
    browser,
    note: (text) => report.note(`${browser.name}: ${text}`),
    open: browser.newTab,
    opened: browser.openedBy,
    async another(options) {
      const other = await openBrowser(browser.name, options);
      others.push(other);
      return other;
    },
  };
  const { limit = CHECK_LIMIT } = check;
  await report.test(`${browser.name}, ${about}: ${check.name}`, () => around(context, check.body), { limit });
  for (const other of others) await other.close();
}

/**
 * Runs the checks of `parts` in the browser `name`: each part is called with `check(name, options, body)`.
 * `around(context, body)` calls a body with the context and whatever else it needs.
 */
export async function runChecks(report, cleanups, { name, about, parts, around }) {
  const browser = await openBrowser(name);
  cleanups.add(browser.close);
  for (const check of collect(parts).filter((one) => applies(name, one))) {
    await runCheck(report, browser, check, { about, around });
    if (!check.last) await browser.closeOthers();
  }
  await browser.close();
}
