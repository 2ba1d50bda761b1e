// A page of whichever browser.

import { withLimit } from "./limits.mjs";

/** Runs before everything else in the page: what nobody caught. */
function collectUncaught() {
  globalThis.uncaught = [];
  globalThis.addEventListener("error", ({ message }) => globalThis.uncaught.push(`thrown: ${message}`));
  globalThis.addEventListener("unhandledrejection", ({ reason }) => globalThis.uncaught.push(`rejected: ${reason}`));
}

/**
 * Opens `url` in a new page. `problems` collects what the page throws or logs as an error, what the browser itself
 * has to say included; `uncaught()` gives only what the page's own code threw.
 */
export async function openPage(browser, url, { timeout = 20_000 } = {}) {
  // Neither this nor closing has a limit of the driver's own.
  const page = await withLimit(browser.newPage(), timeout, "a new page");
  const problems = [];
  page.setDefaultTimeout(timeout);
  page.on("pageerror", (error) => problems.push(`${error.name}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  await page.addInitScript(collectUncaught);
  await page.goto(url, { waitUntil: "load", timeout });
  return { page, problems, uncaught: () => page.evaluate(() => globalThis.uncaught) };
}
