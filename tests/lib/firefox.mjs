// Firefox as distributions ship it, driven by playwright-core over WebDriver BiDi.

import { firefox } from "playwright-core";
import { setting } from "./settings.mjs";

export function launchFirefox() {
  // Without the channel Playwright expects a Firefox that it built itself.
  return firefox.launch({ channel: "moz-firefox", executablePath: setting("PLAYOFF_FIREFOX"), timeout: 30_000 });
}
