// Tabs of a real browser, by WebDriver: Chromium, Firefox and WebKit. What pages can count on when they share an origin,
// and that the package works there.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "../../lib/bundle.mjs";
import { runChecks } from "../../lib/webdriver/checks.mjs";
import { background } from "./checks/background.mjs";
import { calls } from "./checks/calls.mjs";
import { cookies } from "./checks/cookies.mjs";
import { locks } from "./checks/locks.mjs";
import { sharing } from "./checks/sharing.mjs";
import { travels } from "./checks/travels.mjs";
import { startSite } from "./site.mjs";
import { traits } from "./traits.mjs";

const PAGE = fileURLToPath(new URL("page.mjs", import.meta.url));
const PLAYER = "johny";
const PARTS = [calls, sharing, locks, travels, cookies, background];

/** Runs the checks in the browser `name`. */
export async function launchTabs(report, cleanups, { name, consumer, folder, sandbox, server }) {
  const { clientId, clientSecret } = sandbox.playoff.clients.find((client) => client.type === "jwt");
  const file = join(folder, "page.js");
  await mkdir(folder, { recursive: true });
  await bundle(PAGE, consumer, file, { platform: "browser" });
  const mint = () => server.mint({ clientId, clientSecret, playerId: PLAYER });
  const [site, other] = await Promise.all([startSite({ file, mint }), startSite({ file, mint })]);
  cleanups.add(site.stop);
  cleanups.add(other.stop);
  const given = { site, other, playoff: sandbox.playoff, traits: traits[name] };
  const around = (context, body) => body({ ...context, ...given });
  await runChecks(report, cleanups, { name, about: "tabs", parts: PARTS, around });
}
