// The whole page of the first guide, by its own files, in Vite; its token is minted by the worker of the guide "Workers".

import { access, cp, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { equal, match } from "../../lib/assert.mjs";
import { bundleWorker } from "../../lib/bundle.mjs";
import { launchChromium } from "../../lib/chromium.mjs";
import { until } from "../../lib/limits.mjs";
import { freePort, runWell, start } from "../../lib/processes.mjs";
import { toolFile } from "../../lib/tools.mjs";
import { startWorkerd } from "../../lib/workerd.mjs";
import { envOf } from "../case-folder.mjs";
import { fileOf, manualBlocks, replaced } from "../manual.mjs";

const FILES = ["index.html", "main.js", "vite.config.js", ".env.development"];
const VITE = toolFile("vite", "bin", "vite.js");

async function writeFiles(folder, names, blocks, change = (name, text) => text) {
  for (const name of names) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, change(name, fileOf(blocks, name)));
  }
}

/** The worker of its guide in workerd, which knows one player. */
async function startWorker({ consumer, work, installed, sandbox, player }) {
  const folder = join(work, "first-worker");
  await writeFiles(folder, ["src/index.ts", "src/session.ts"], await manualBlocks(installed, "workers"));
  const modules = await bundleWorker(join(folder, "src", "index.ts"), consumer, join(folder, "worker.js"));
  const { clientId, clientSecret } = sandbox.clients.find(({ type }) => type === "jwt");
  const bindings = { PLAYOFF_CLIENT_ID: clientId, PLAYOFF_CLIENT_SECRET: clientSecret, DEV_PLAYER_ID: player };
  return startWorkerd({ folder, modules, bindings });
}

/** The page's folder, as the guide has it, for these addresses. */
async function makePage({ work, installed, sandbox }, worker) {
  const folder = join(work, "first-page");
  await rm(folder, { recursive: true, force: true });
  await writeFiles(folder, FILES, await manualBlocks(installed, "first-call"), (name, text) => {
    if (name === "vite.config.js") return replaced(text, "http://localhost:8787", worker.url);
    if (name === ".env.development") return replaced(text, "http://127.0.0.1:8790", sandbox.apiUrl);
    return text;
  });
  await writeFile(join(folder, "package.json"), '{ "name": "first-page", "private": true, "type": "module" }\n');
  await cp(installed, join(folder, "node_modules", "playoff-wasm"), { recursive: true });
  return folder;
}

/** Somebody looks at the page, and plays. */
async function visit(browser, url) {
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  try {
    await page.goto(url);
    const shown = page.locator("#problem:not(:empty), h1:text-is('Hello, Johny')");
    await shown.waitFor();
    equal(await page.textContent("#problem"), "", "problem");
    const scores = () => page.locator("#scores").textContent();
    const before = await scores();
    match(before, /Points: \d+/, "scores");
    await page.click("#collect");
    await until(async () => (await scores()) !== before, { what: "the scores change" });
    equal(await page.textContent("#problem"), "", "problem");
  } finally {
    await page.close();
  }
}

export async function firstPageCases(report, cleanups, world) {
  await report.test("guides: the first page in Vite, and its worker in workerd", async () => {
    await world.control.reset();
    const worker = await startWorker(world);
    const folder = await makePage(world, worker);
    const port = await freePort();
    const args = [VITE, "--host", "127.0.0.1", "--port", String(port), "--strictPort"];
    const vite = start(process.execPath, args, { cwd: folder, env: envOf() });
    const browser = await launchChromium();
    cleanups.add(() => browser.close());
    try {
      const url = `http://127.0.0.1:${port}/`;
      await until(async () => (await fetch(url)).ok, { limit: 20_000, what: "vite's dev server" });
      await visit(browser, url);
      await runWell(process.execPath, [VITE, "build"], { cwd: folder, env: envOf(), limit: 60_000 });
      await access(join(folder, "dist", "index.html"));
    } catch (error) {
      throw new Error(`${error.message}\n${vite.output()}${worker.output()}`, { cause: error });
    } finally {
      await vite.stop();
      await worker.stop();
    }
  }, { limit: 90_000 });
}
