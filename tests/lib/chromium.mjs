// Chromium, driven by playwright-core.

import { chromium } from "playwright-core";
import { setting } from "./settings.mjs";

/** Without a sandbox of its own (root has none), and with nothing going on that nobody asked for. */
export const QUIET = [
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
