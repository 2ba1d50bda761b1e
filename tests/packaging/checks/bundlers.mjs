// Pages built with no configuration, opened in Chromium; and what bundlers say of the edge entry in a page.

import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deepEqual, equal, ok } from "../../lib/assert.mjs";
import { launchChromium } from "../../lib/chromium.mjs";
import { freePort, start } from "../../lib/processes.mjs";
import { until } from "../../lib/limits.mjs";
import { openPage } from "../../lib/page.mjs";
import { serveFolder } from "../../lib/serve.mjs";
import { toolFile } from "../../lib/tools.mjs";
import { build, env, makeCase, runScript, writeConfig } from "../case-folder.mjs";

// An inlined wasm: 256 digits, and letters up to the end of the string.
const INLINED_WASM = /[01]{256}[^"'`]+/g;
const EDGE_WORDS = ["createJWT", "createEdgeHandler", "HS256", "hmac", "client_secret", "clientSecret", "playoff-edge"];

/** The page at `url` shows the player's profile. */
async function showsProfile({ browser, control, player }, url) {
  const { page, problems } = await openPage(browser, url);
  try {
    await page.waitForFunction(() =>
      ["#profile", "#problem"].some((id) => document.querySelector(id).textContent !== ""),
    );
    equal(await page.textContent("#problem"), "", "problem on the page");
    deepEqual(JSON.parse(await page.textContent("#profile")), await control.player(player), "profile on the page");
    deepEqual(problems, [], "problems of the page");
  } catch (error) {
    throw new Error(`${error.message}${problems.length > 0 ? `\nthe page says: ${problems.join("\n")}` : ""}`, {
      cause: error,
    });
  } finally {
    await page.close();
  }
}

/** One copy of the wasm, and none of the words. In the wasm's own text any word may turn up by chance; what it holds is looked at elsewhere. */
function checkScript(text, words) {
  equal(text.match(INLINED_WASM)?.length ?? 0, 1, "copies of the wasm");
  const readable = text.replace(INLINED_WASM, "").toLowerCase();
  for (const word of words) ok(!readable.includes(word.toLowerCase()), `the output holds ${word}`);
}

async function scripts(folder) {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith(".js") && !name.includes("node_modules"));
  return Promise.all(files.map((name) => readFile(join(folder, name), "utf8")));
}

/** One copy of the wasm, and nothing of the edge. */
async function checkOutput(folder) {
  checkScript((await scripts(folder)).join("\n"), EDGE_WORDS);
}

async function viteBuild(world, folder) {
  await writeConfig(join(folder, "public"), world.config);
  await build(folder);
  await checkOutput(join(folder, "dist"));
  const server = await serveFolder(join(folder, "dist"));
  try {
    await showsProfile(world, `${server.url}/`);
  } finally {
    await server.stop();
  }
}

async function viteDev(world, folder) {
  await writeConfig(join(folder, "public"), world.config);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const vite = [toolFile("vite", "bin", "vite.js"), "--host", "127.0.0.1", "--port", String(port), "--strictPort"];
  const server = start(process.execPath, vite, { cwd: folder, env });
  try {
    await until(async () => (await fetch(url)).ok, { limit: 20_000, what: "vite's dev server" });
    await showsProfile(world, url);
  } catch (error) {
    throw new Error(`${error.message}\n${server.output()}`, { cause: error });
  } finally {
    await server.stop();
  }
}

async function esbuildBuild(world, folder) {
  await writeConfig(folder, world.config);
  await build(folder);
  const bundle = await readFile(join(folder, "bundle.js"), "utf8");
  // The source has the package's own comments, so only what runs is looked for.
  checkScript(bundle, EDGE_WORDS.slice(0, 4));
  const server = await serveFolder(folder);
  try {
    await showsProfile(world, `${server.url}/`);
  } finally {
    await server.stop();
  }
}

/** The page imports the edge entry: its build must fail, and say which import is at fault. */
async function refusesEdge(folder) {
  const code = 'import { createJWT } from "playoff-wasm/edge";\ndocument.title = typeof createJWT;\n';
  await writeFile(join(folder, "main.js"), code);
  const { code: exit, output } = await runScript(folder, "build");
  ok(exit !== 0, `the build succeeded\n${output}`);
  ok(/playoff-wasm/.test(output) && /edge/.test(output), `the failure doesn't name the import:\n${output}`);
}

export async function bundlerCases(report, cleanups, world) {
  const { installed, work } = world;
  const browser = await launchChromium();
  cleanups.add(() => browser.close());
  const opened = { ...world, browser };
  const caseOf = (name, suffix) => makeCase(name, join(work, "cases", `${name}-${suffix}`), installed);
  const test = (name, body) => report.test(name, body, { limit: 90_000 });

  await test("vite: build, opened in Chromium", async () => viteBuild(opened, await caseOf("vite", "build")));
  await test("vite: dev, opened in Chromium", async () => viteDev(opened, await caseOf("vite", "dev")));
  await test("vite: refuses the edge entry for a page", async () => refusesEdge(await caseOf("vite", "edge")));
  await test("esbuild: build, opened in Chromium", async () => esbuildBuild(opened, await caseOf("esbuild", "build")));
  await test("esbuild: refuses the edge entry for a page", async () => refusesEdge(await caseOf("esbuild", "edge")));
}
