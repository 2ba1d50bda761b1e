// Tabs of a real browser, by WebDriver: Chromium, Firefox and WebKit. What pages can count on when they share an origin,
// and that the package works there.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle } from "../../lib/bundle.mjs";
import { controlClient } from "../../lib/control.mjs";
import { runChecks } from "../../lib/webdriver/checks.mjs";
import { background } from "./checks/background.mjs";
import { calls } from "./checks/calls.mjs";
import { cookies } from "./checks/cookies.mjs";
import { deaths } from "./checks/deaths.mjs";
import { departures } from "./checks/departures.mjs";
import { feeds } from "./checks/feeds.mjs";
import { lateStorage } from "./checks/late-storage.mjs";
import { locks } from "./checks/locks.mjs";
import { news } from "./checks/news.mjs";
import { renewals } from "./checks/renewals.mjs";
import { sharing } from "./checks/sharing.mjs";
import { travels } from "./checks/travels.mjs";
import { startSite } from "./site.mjs";
import { traits } from "./traits.mjs";

const PAGE = fileURLToPath(new URL("page.mjs", import.meta.url));
const PLAYER = "johny";
const PARTS = [calls, sharing, locks, lateStorage, travels, cookies, renewals, deaths, departures, feeds, news, background];

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
  const given = { site, other, playoff, control, streamPeer: sandbox.streamPeer, traits: traits[name] };
  const around = (context, body) => body({ ...context, ...given });
  await runChecks(report, cleanups, { name, about: "tabs", parts: PARTS, around });
}
