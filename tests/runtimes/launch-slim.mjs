// playoff-wasm/slim in Node, in a page and in workerd: the wasm from where each of them has it.

import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { deepEqual, equal } from "../lib/assert.mjs";
import { controlClient } from "../lib/control.mjs";
import { openPage } from "../lib/page.mjs";
import { freePort } from "../lib/processes.mjs";
import { serveFolder } from "../lib/serve.mjs";
import { startWorkerd } from "../lib/workerd.mjs";
import { bundleForPage, bundleForWorkerd } from "./bundle.mjs";
import { slimSuite } from "./slim.mjs";

const PLAYER = "johny";
const PAGE = '<!doctype html><link rel="icon" href="data:,"><script type="module" src="slim-page.js"></script>\n';

/** The form for `require`, which can't be loaded twice. */
async function required(consumer, { apiUrl, authUrl, token, profile, wasm }) {
  const slim = createRequire(join(consumer, "package.json"))("playoff-wasm/slim");
  await slim.init(wasm);
  deepEqual(await slim.createClient({ apiUrl, authUrl, token }).get("/runtime/player"), profile, "profile");
}

async function inWorkerd(folder, consumer, { profile, ...config }) {
  await mkdir(folder, { recursive: true });
  const modules = await bundleForWorkerd(consumer, join(folder, "worker.js"), "slim-workerd");
  const server = await startWorkerd({ folder, modules, bindings: { CONFIG: JSON.stringify(config) } });
  try {
    const response = await fetch(server.url, { signal: AbortSignal.timeout(10_000) });
    const text = await response.text();
    equal(response.status, 200, `status (${text.slice(0, 300)} ${server.output()})`);
    deepEqual(JSON.parse(text), { before: "not_initialized", profile }, "answer");
  } finally {
    await server.stop();
  }
}

export async function launchSlim(report, cleanups, { consumer, folder, sandbox, server, launch }) {
  const { apiUrl, authUrl, clients } = sandbox.playoff;
  const control = controlClient(sandbox.control.url);
  await control.reset();
  const { clientId, clientSecret } = clients.find((one) => one.type === "jwt");
  const token = server.mint({ clientId, clientSecret, playerId: PLAYER, scopes: ["player.runtime.read"] });

  await writeFile(join(consumer, "index.html"), PAGE);
  await bundleForPage("slim-page", consumer, join(consumer, "slim-page.js"));
  const { url, stop } = await serveFolder(consumer);
  cleanups.add(stop);
  const given = {
    entry: `${url}/node_modules/playoff-wasm/slim.js`,
    wasm: `${url}/node_modules/playoff-wasm/playoff.wasm`,
    refused: `http://127.0.0.1:${await freePort()}/playoff.wasm`,
    apiUrl,
    authUrl,
    token,
    profile: await control.player(PLAYER),
  };

  const file = pathToFileURL(join(consumer, "node_modules", "playoff-wasm", "slim.js")).href;
  const suite = slimSuite({ ...given, entry: file });
  for (const name of suite.names) await report.test(`slim, node: ${name}`, () => suite.run(name));
  await report.test("slim, node: required", () => required(consumer, given));
  await report.test("slim, workerd: the module that it imports", () => inWorkerd(join(folder, "workerd"), consumer, given));

  const browser = await launch();
  cleanups.add(() => browser.close());
  const { page, uncaught } = await openPage(browser, `${url}/`);
  for (const name of suite.names) {
    await report.test(`slim, chromium: ${name}`, async () => {
      const problem = await page.evaluate(([all, one]) => globalThis.runSlimCase(all, one), [given, name]);
      if (problem !== null) throw new Error(problem);
    });
  }
  await report.test("slim, chromium: nothing was thrown outside of a call", async () =>
    deepEqual(await uncaught(), [], "uncaught"),
  );
  await browser.close();
}
