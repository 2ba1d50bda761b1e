// Chromium, driven by playwright-core.

import { chromium } from "playwright-core";
import { setting } from "./settings.mjs";

const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launchChromium() {
  return chromium.launch({ executablePath: setting("PLAYOFF_CHROMIUM"), args: QUIET, timeout: 30_000 });
}

/** Opens `url` in a new page; `problems` collects what the page throws or logs as an error. */
export async function openPage(browser, url, { timeout = 20_000 } = {}) {
  const page = await browser.newPage();
  const problems = [];
  page.setDefaultTimeout(timeout);
  page.on("pageerror", (error) => problems.push(`thrown: ${error.name}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`logged: ${message.text()}`);
  });
  await page.goto(url, { waitUntil: "load", timeout });
  return { page, problems };
}
