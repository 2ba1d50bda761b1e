// The suite in a page of a browser, bundled by esbuild; a page whose CSP forbids wasm; and a frame without storage.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deepEqual, equal, match, ok } from "../lib/assert.mjs";
import { controlClient } from "../lib/control.mjs";
import { withLimit } from "../lib/limits.mjs";
import { openPage } from "../lib/page.mjs";
import { serveFolder } from "../lib/serve.mjs";
import { casesWanted, full } from "../lib/settings.mjs";
import { bundleForPage } from "./bundle.mjs";

const CASE_LIMIT = full ? 85_000 : 25_000;
const CLOSE_LIMIT = 10_000;
const PLAYER = "johny";
const HTML = '<!doctype html><meta charset="utf-8"><title>page</title><script type="module" src="page.js"></script>\n';

// What it holds is of no origin, so it reads even its own script as a stranger.
const FRAME = '<!doctype html><title>frame</title><iframe sandbox="allow-scripts" src="inner.html"></iframe>\n';
const TO_STRANGERS = { "access-control-allow-origin": "*" };

/** A folder with one page, served with a CSP of scripts. */
async function servePage(cleanups, { host, consumer, folder, scripts, files = { "index.html": HTML }, headers = {} }) {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await bundleForPage(host, consumer, join(folder, "page.js"));
  const server = await serveFolder(folder, { "content-security-policy": `script-src ${scripts}`, ...headers });
  cleanups.add(server.stop);
  return server;
}

async function runSuite(report, cleanups, { name, browser, consumer, folder, sandbox, server, panicSwitch }) {
  const { url } = await servePage(cleanups, { host: "page", consumer, folder, scripts: "'self' 'wasm-unsafe-eval'" });
  const { page, uncaught } = await openPage(browser, `${url}/`);
  const exposed = Object.entries({ hostMint: server.mint, hostAccessToken: server.accessToken });
  for (const [given, fn] of exposed) await withLimit(page.exposeFunction(given, fn), CASE_LIMIT, given);
  const cases = await withLimit(
    page.evaluate((given) => globalThis.makeSuite(given), { browser: name, panicSwitch, ...sandbox }),
    CASE_LIMIT,
    "loading the suite",
  );
  for (const one of casesWanted(cases)) {
    try {
      const running = page.evaluate((given) => globalThis.runCase(given), one);
      const problem = await withLimit(running, CASE_LIMIT, one);
      if (problem === null) report.pass(`${name}: ${one}`);
      else report.fail(`${name}: ${one}`, new Error(problem));
    } catch (error) {
      report.fail(`${name}: ${one}`, error);
    }
  }
  const about = panicSwitch ? ", panics included" : "";
  await report.test(`${name}: nothing was thrown outside of a call${about}`, async () =>
    deepEqual(await uncaught(), [], "uncaught"),
  );
}

async function runWithoutWasm({ browser, consumer, folder, cleanups }) {
  const { url } = await servePage(cleanups, { host: "page-without-wasm", consumer, folder, scripts: "'self'" });
  const { page, uncaught } = await openPage(browser, `${url}/`);
  // Modules have run by the time a page has loaded.
  const outcome = await page.evaluate(() => globalThis.outcome);
  deepEqual(await uncaught(), [], "uncaught");
  ok(outcome?.imported, "the import works");
  ok(outcome.error, "createClient throws");
  equal(outcome.error.isConfigError, true, "a ConfigError");
  equal(outcome.error.isPlayoffError, true, "isPlayoffError");
  equal(outcome.error.code, "wasm_unavailable", "code");
  match(outcome.error.message, /'wasm-unsafe-eval'/, "message");
}

async function runWithoutStorage({ browser, consumer, folder, cleanups, sandbox, server }) {
  const { apiUrl, authUrl, clients } = sandbox.playoff;
  const { clientId, clientSecret } = clients.find((client) => client.type === "jwt");
  await controlClient(sandbox.control.url).reset();
  const { url } = await servePage(cleanups, {
    host: "page-without-storage",
    consumer,
    folder,
    // Nothing is its own there.
    scripts: "* 'wasm-unsafe-eval'",
    files: { "index.html": FRAME, "inner.html": HTML },
    headers: TO_STRANGERS,
  });
  const { page, uncaught } = await openPage(browser, `${url}/`);
  const inner = page.frames().find((frame) => frame.url().endsWith("/inner.html"));
  for (const kind of ["session", "local"]) {
    const token = await server.mint({ clientId, clientSecret, playerId: PLAYER });
    const given = { kind, apiUrl, authUrl, token };
    const told = await inner.evaluate((one) => globalThis.tryStorage(one), given);
    const expected = { refusal: "SecurityError", players: [PLAYER, PLAYER], warnings: ["storage_failed"] };
    deepEqual(told, expected, kind);
  }
  deepEqual(await uncaught(), [], "uncaught");
}

/** Runs the suite in the browser `name`, which `launch` starts; the one of panics on the package in `panicConsumer`. */
export async function launchPage(report, cleanups, given) {
  const { name, launch, consumer, panicConsumer, folder, sandbox, server } = given;
  const browser = await launch();
  cleanups.add(() => browser.close());
  const suite = { name, browser, sandbox, server };
  await runSuite(report, cleanups, { ...suite, consumer, folder: join(folder, "page"), panicSwitch: false });
  const panics = { consumer: panicConsumer, folder: join(folder, "panics"), panicSwitch: true };
  await runSuite(report, cleanups, { ...suite, ...panics });
  await report.test(`${name}: a CSP that forbids wasm: importing works, createClient says what is missing`, () =>
    runWithoutWasm({ browser, consumer, folder: join(folder, "page-without-wasm"), cleanups }),
  );
  await report.test(`${name}: a frame without storage: one warning, and calls succeed`, () =>
    runWithoutStorage({ browser, consumer, folder: join(folder, "frame"), cleanups, sandbox, server }),
  );
  await withLimit(browser.close(), CLOSE_LIMIT, `closing ${name}`);
}
