// Signing in at the sandbox's own page, in Chromium, Firefox and WebKit: by the page itself, and through its worker.

import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundle } from "../../lib/bundle.mjs";
import { controlClient } from "../../lib/control.mjs";
import { runChecks } from "../../lib/webdriver/checks.mjs";
import { callbacks } from "./checks/callbacks.mjs";
import { impossible } from "./checks/impossible.mjs";
import { others } from "./checks/others.mjs";
import { returning } from "./checks/returning.mjs";
import { strictMode } from "./checks/strict-mode.mjs";
import { traces } from "./checks/traces.mjs";
import { twins } from "./checks/twins.mjs";
import { whole } from "./checks/whole.mjs";
import { startSite } from "./site.mjs";
import { CLIENTS, worldOf } from "./world.mjs";

const PARTS = [whole, returning, callbacks, twins, others, strictMode, traces, impossible];
const SCRIPTS = ["page", "strict"];

/** The bundled scripts, by their paths. React tells its two builds apart by the variable, and is strict in one of them. */
async function scriptsOf(consumer, folder) {
  await mkdir(folder, { recursive: true });
  const define = { "process.env.NODE_ENV": '"development"' };
  const bundled = async (name) => {
    const file = join(folder, `${name}.js`);
    await bundle(fileURLToPath(new URL(`${name}.mjs`, import.meta.url)), consumer, file, { platform: "browser", define });
    return [`/${name}.js`, await readFile(file)];
  };
  return new Map(await Promise.all(SCRIPTS.map(bundled)));
}

/** The worker of a site: its client's secret is nowhere else. */
async function handlerOf(consumer, { apiUrl, authUrl, clients }) {
  const require = createRequire(join(consumer, "package.json"));
  const { createEdgeHandler } = await import(pathToFileURL(require.resolve("playoff-wasm/edge")).href);
  const { clientId, clientSecret } = clients.find((client) => client.clientId === CLIENTS.confidential);
  return createEdgeHandler(() => ({ clientId, clientSecret, apiUrl, authUrl, authenticate: () => null }));
}

/** Runs the checks in the browser `name`. */
export async function launchSignIn(report, cleanups, { name, consumer, folder, sandbox }) {
  const scripts = await scriptsOf(consumer, folder);
  const handler = await handlerOf(consumer, sandbox.playoff);
  const control = controlClient(sandbox.control.url);

  /** Each has a site of its own, where nothing is stored; only cookies know no ports. */
  async function around(context, body) {
    const sites = [await startSite({ scripts, handler }), await startSite({ scripts, handler })];
    const [site, other] = sites;
    try {
      await control.reset();
      for (const id of Object.values(CLIENTS)) await control.addRedirectUris(id, [`${site.url}/callback`]);
      await context.browser.tab.goto(`${site.url}/`);
      await context.browser.tab.clearCookies();
      await body(worldOf({ ...context, site, other, control, playoff: sandbox.playoff }));
    } finally {
      for (const { stop } of sites) await stop();
    }
  }
  await runChecks(report, cleanups, { name, about: "sign-in", parts: PARTS, around });
}
