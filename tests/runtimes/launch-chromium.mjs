// The suite in a page of Chromium, bundled by esbuild; and a page whose CSP forbids wasm.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deepEqual, equal, match, ok } from "../lib/assert.mjs";
import { launchChromium, openPage } from "../lib/chromium.mjs";
import { withLimit } from "../lib/limits.mjs";
import { serveFolder } from "../lib/serve.mjs";
import { bundleForPage } from "./bundle.mjs";

const CASE_LIMIT = 25_000;
const HTML = '<!doctype html><meta charset="utf-8"><title>page</title><script type="module" src="page.js"></script>\n';

/** A folder with one page, served with a CSP of scripts. */
async function servePage(cleanups, { host, consumer, folder, scripts }) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "index.html"), HTML);
  await bundleForPage(host, consumer, join(folder, "page.js"));
  const server = await serveFolder(folder, { "content-security-policy": `script-src ${scripts}` });
  cleanups.add(server.stop);
  return server;
}

async function runSuite(report, cleanups, { browser, consumer, folder, sandbox, server }) {
  const { url } = await servePage(cleanups, { host: "page", consumer, folder, scripts: "'self' 'wasm-unsafe-eval'" });
  const { page, problems } = await openPage(browser, `${url}/`);
  await page.exposeFunction("hostMint", server.mint);
  await page.exposeFunction("hostAccessToken", server.accessToken);
  const names = await withLimit(
    page.evaluate((given) => globalThis.makeSuite(given), sandbox),
    CASE_LIMIT,
    "loading the suite",
  );
  for (const name of names) {
    try {
      const running = page.evaluate((one) => globalThis.runCase(one), name);
      const problem = await withLimit(running, CASE_LIMIT, name);
      if (problem === null) report.pass(`chromium: ${name}`);
      else report.fail(`chromium: ${name}`, new Error(problem));
    } catch (error) {
      report.fail(`chromium: ${name}`, error);
    }
  }
  await report.test("chromium: nothing was thrown outside of a call", () => {
    deepEqual(
      problems.filter((problem) => problem.startsWith("thrown")),
      [],
      "problems",
    );
  });
}

async function runWithoutWasm({ browser, consumer, folder, cleanups }) {
  const { url } = await servePage(cleanups, { host: "page-without-wasm", consumer, folder, scripts: "'self'" });
  const { page, problems } = await openPage(browser, `${url}/`);
  // Modules have run by the time a page has loaded.
  const outcome = await page.evaluate(() => globalThis.outcome);
  deepEqual(
    problems.filter((problem) => problem.startsWith("thrown")),
    [],
    "problems of the import",
  );
  ok(outcome?.imported, "the import works");
  ok(outcome.error, "createClient throws");
  equal(outcome.error.isConfigError, true, "a ConfigError");
  equal(outcome.error.isPlayoffError, true, "isPlayoffError");
  equal(outcome.error.code, "wasm_unavailable", "code");
  match(outcome.error.message, /'wasm-unsafe-eval'/, "message");
}

export async function launchChromiumSuite(report, cleanups, { consumer, folder, sandbox, server }) {
  const browser = await launchChromium();
  cleanups.add(() => browser.close());
  await runSuite(report, cleanups, { browser, consumer, folder: join(folder, "page"), sandbox, server });
  await report.test("chromium: a CSP that forbids wasm: importing works, createClient says what is missing", () =>
    runWithoutWasm({ browser, consumer, folder: join(folder, "page-without-wasm"), cleanups }),
  );
}
