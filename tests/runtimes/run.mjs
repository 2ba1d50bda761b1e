// Ring "runtimes": one suite on Node, workerd and Chromium (and Firefox, in full), from the packed tarball in an
// empty folder; in Node once more at the sandbox that npm gets; one of panics, from the same with a wasm that has routes
// that panic; apps in several workers; and several tabs and signing in, in Chromium, Firefox and WebKit.

import { createRequire } from "node:module";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { equal } from "../lib/assert.mjs";
import { launchChromium } from "../lib/chromium.mjs";
import { startElsewhere } from "../lib/elsewhere.mjs";
import { launchFirefox } from "../lib/firefox.mjs";
import { installTarball } from "../lib/install.mjs";
import { runRing } from "../lib/ring.mjs";
import { installSandbox, startProgram } from "../lib/sandbox-program.mjs";
import { casesWanted, full, sandboxSettings, setting } from "../lib/settings.mjs";
import { startStreamPeer } from "../lib/stream-peer/server.mjs";
import { STREAM_PLAYERS } from "./feeds.mjs";
import { launchHandlerFuzz } from "./launch-handler-fuzz.mjs";
import { launchLongRun } from "./launch-long-run.mjs";
import { launchManyApps } from "./launch-many-apps.mjs";
import { launchMiniflare } from "./launch-miniflare.mjs";
import { launchNode } from "./launch-node.mjs";
import { launchPage } from "./launch-page.mjs";
import { launchProxiedPage } from "./launch-proxied-page.mjs";
import { launchRobots } from "./launch-robots.mjs";
import { launchSlim } from "./launch-slim.mjs";
import { launchWorkerdHandler } from "./launch-workerd-handler.mjs";
import { launchWorkerd } from "./launch-workerd.mjs";
import { launchWebhooks } from "./launch-webhooks.mjs";
import { launchSignIn } from "./sign-in/launch.mjs";
import { launchTabs } from "./tabs/launch.mjs";

// By hand: some of the launchers alone, by the beginnings of their names.
const wanted = process.env.PLAYOFF_LAUNCH?.split(",") ?? [""];
// Most of them wait most of the time; more at once would make each other's limits too short.
const AT_ONCE = 4;
const work = setting("PLAYOFF_WORK");
// The cases that ask most of a sandbox: what npm's is given in the quick form.
const ASKING = /^(token|heals|refresh|crowd|typed|recorded|lists|admin|players|upload|feed, at the sandbox|kumite|outage)/;

/** What a page's own backend does for it. */
async function serverOf(consumer, sandbox) {
  const require = createRequire(join(consumer, "package.json"));
  const edge = await import(pathToFileURL(require.resolve("playoff-wasm/edge")).href);
  return {
    mint: (options) => edge.createJWT(options),
    signInHandler({ apiUrl, authUrl, clients }) {
      const { clientId, clientSecret } = clients.find((one) => one.clientId === "sandbox-code");
      return edge.createEdgeHandler(() => ({ clientId, clientSecret, apiUrl, authUrl, authenticate: () => null }));
    },
    async accessToken(clientId) {
      const { clientSecret } = sandbox.playoff.clients.find((one) => one.clientId === clientId);
      const response = await fetch(`${sandbox.playoff.authUrl}/auth/token`, {
        method: "POST",
        body: new URLSearchParams({
          client_id: clientId,
          client_secret: clientSecret,
          grant_type: "client_credentials",
        }),
      });
      return (await response.json()).access_token;
    },
  };
}

await runRing(async (report, cleanups) => {
  // One for each: they run side by side, and each resets its own, and reads the logs of its own others.
  const withOthers = async (sandbox) => {
    const [elsewhere, streamPeer] = [await startElsewhere(), await startStreamPeer({ players: STREAM_PLAYERS })];
    cleanups.add(elsewhere.stop);
    cleanups.add(streamPeer.stop);
    return { ...sandbox, full, elsewhere: { url: elsewhere.url }, streamPeer: { url: streamPeer.url } };
  };
  const sandboxes = await Promise.all(sandboxSettings().map(withOthers));
  const [forNode, forWorkerd, forChromium, forFirefox, forMiniflare, forTabs, forSignIn] = sandboxes;
  const consumer = join(work, "consumer");
  await report.test(
    "the tarball installs in an empty folder",
    () => installTarball(consumer, setting("PLAYOFF_TARBALL")),
    { limit: 90_000 },
  );

  const panicConsumer = join(work, "panic-consumer");
  await report.test("the tarball with the panic switch's wasm", async () => {
    const installed = await installTarball(panicConsumer, setting("PLAYOFF_TARBALL"));
    await cp(setting("PLAYOFF_PANIC_SWITCH"), installed, { recursive: true });
  });

  const page = async (name, launch, sandbox) => {
    const server = await serverOf(consumer, sandbox);
    const folder = join(work, name);
    await launchPage(report, cleanups, { name, launch, consumer, panicConsumer, folder, sandbox, server });
  };
  const tabs = async (name, sandbox) => {
    const server = await serverOf(consumer, sandbox);
    await launchTabs(report, cleanups, { name, consumer, folder: join(work, `${name}-tabs`), sandbox, server });
  };
  const signIn = (name) =>
    launchSignIn(report, cleanups, { name, consumer, folder: join(work, `${name}-sign-in`), sandbox: forSignIn });
  const launchers = {
    async node() {
      await launchNode(report, cleanups, { consumer, sandbox: forNode });
      await launchNode(report, cleanups, { consumer: panicConsumer, sandbox: forNode, panicSwitch: true });
      await launchRobots(report, { consumer, folder: join(work, "robots"), sandbox: forNode });
      await launchWebhooks(report, cleanups, { name: "node", consumer, sandbox: forNode });
    },
    async "npm's sandbox"() {
      const folder = await installSandbox(join(work, "npm-sandbox"), setting("PLAYOFF_SANDBOX_TARBALL"));
      const program = await startProgram([process.execPath, join(folder, "cli.js")]);
      cleanups.add(program.stop);
      const sandbox = await withOthers(program.described);
      const wanted = (names) => casesWanted(names).filter((name) => full || ASKING.test(name));
      await launchNode(report, cleanups, { consumer, sandbox, wanted, name: "node, npm's sandbox" });
      equal(program.complaints(), "", "what the sandbox complains of");
    },
    async workerd() {
      await launchWorkerd(report, cleanups, { consumer, folder: join(work, "workerd"), sandbox: forWorkerd });
      const panics = { consumer: panicConsumer, folder: join(work, "workerd-panics"), panicSwitch: true };
      await launchWorkerd(report, cleanups, { ...panics, sandbox: forWorkerd });
      await launchWorkerdHandler(report, cleanups, { consumer, folder: join(work, "workerd-handler"), sandbox: forWorkerd });
      const webhooks = { name: "workerd", consumer, folder: join(work, "workerd-webhooks") };
      await launchWebhooks(report, cleanups, { ...webhooks, sandbox: forWorkerd });
    },
    miniflare: () =>
      launchMiniflare(report, cleanups, { consumer, folder: join(work, "miniflare"), sandbox: forMiniflare }),
    async chromium() {
      await page("chromium", launchChromium, forChromium);
      await launchProxiedPage(report, cleanups, { consumer });
      const [server, folder] = [await serverOf(consumer, forChromium), join(work, "slim")];
      await launchSlim(report, cleanups, { consumer, folder, sandbox: forChromium, server, launch: launchChromium });
    },
    ...(full ? { firefox: () => page("firefox", launchFirefox, forFirefox) } : {}),
    // One after the other: each keeps a processor busy.
    async "node, for long"() {
      await launchLongRun(report, { consumer });
      await launchManyApps(report, { consumer });
      await launchHandlerFuzz(report, { consumer });
    },
  };
  const browsers = ["chromium", "firefox", ...(process.platform === "linux" ? ["webkit"] : [])];
  const run = async ([runtime, launch]) => {
    if (!wanted.some((name) => runtime.startsWith(name))) return report.note(`${runtime}: not launched`);
    const begun = Date.now();
    try {
      await launch();
    } catch (error) {
      report.fail(`${runtime}: the launcher`, error);
    }
    report.note(`${runtime}: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  };
  const waiting = Object.entries(launchers);
  const runSome = async () => {
    while (waiting.length > 0) await run(waiting.shift());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runSome));
  // Two browsers at a time, and after those above: each has a few processes for every tab.
  const inEach = async (names, about, launch) => {
    for (const name of names) await run([`${about} ${name}`, () => launch(name)]);
  };
  // Chromium's tabs take as long as all the rest.
  const [first, ...others] = browsers;
  const shorter = async () => {
    await inEach(browsers, "signing in, in", signIn);
    await inEach(others, "tabs in", (name) => tabs(name, forFirefox));
  };
  await Promise.all([inEach([first], "tabs in", (name) => tabs(name, forTabs)), shorter()]);
  if (process.platform !== "linux") report.note("WebKitGTK is for Linux alone: nothing is tested in WebKit here");
});
