// The demo in a real browser: what a visitor sees, does and runs into.

import { launchChromium } from "../lib/chromium.mjs";
import { controlClient } from "../lib/control.mjs";
import { runRing } from "../lib/ring.mjs";
import { sandboxSetting, setting } from "../lib/settings.mjs";
import { appearance, otherServicesAppearance, signInAppearance } from "./appearance.mjs";
import { openDemo } from "./demo-page.mjs";
import { documentation } from "./documentation.mjs";
import { failing } from "./failing.mjs";
import { healing } from "./healing.mjs";
import { kumite } from "./kumite.mjs";
import { live } from "./live.mjs";
import { playing } from "./playing.mjs";
import { serving } from "./serving.mjs";
import { registerCallbacks } from "./sign-in-page.mjs";
import { signingIn } from "./signing-in.mjs";
import { team } from "./team.mjs";
import { toornament } from "./toornament.mjs";
import { typedWorker } from "./typed-worker.mjs";

await runRing(async (report, cleanups) => {
  const sandbox = sandboxSetting();
  const control = controlClient(sandbox.control.url);
  const url = new URL(setting("PLAYOFF_DEMO_URL"));
  const browser = await launchChromium();
  cleanups.add(() => browser.close());

  /** A test with a fresh game and, through `open`, fresh visitors. */
  async function check(name, body) {
    await control.clearFaults();
    await control.reset();
    await registerCallbacks(control, url);
    const visitors = [];
    const openAt = async (address, options) => {
      const visitor = await openDemo(browser, address, options);
      visitors.push(visitor);
      return visitor;
    };
    const open = (options) => openAt(url.href, options);
    const openPage = (path, options) => openAt(new URL(path, url).href, { settled: false, ...options });
    const openSignIn = (options) => openPage("/sign-in", options);
    await report.test(name, () => body({ open, openAt, openPage, openSignIn, control, url, sandbox }), { limit: 60_000 });
    await control.clearFaults();
    for (const visitor of visitors) await visitor.close();
  }

  const pages = [playing, team, live, failing, healing, signingIn, kumite, toornament];
  const looks = [appearance, signInAppearance, otherServicesAppearance, documentation];
  for (const part of [serving, typedWorker, ...pages, ...looks]) await part(check, report);
});
