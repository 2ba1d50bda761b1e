// Pages: built or served as they are, opened in Chromium; and what a tool says of the edge entry in a page.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deepEqual, equal, ok } from "../../lib/assert.mjs";
import { until } from "../../lib/limits.mjs";
import { openPage } from "../../lib/page.mjs";
import { freePort } from "../../lib/processes.mjs";
import { serveFolder } from "../../lib/serve.mjs";
import { runScript, runScriptWell, startScript, writeConfig } from "../case-folder.mjs";
import { checkShipped, checkWithoutEdge } from "../output.mjs";

const START_LIMIT = 30_000;
const IMPORT_OF_EDGE = 'import { createJWT } from "playoff-wasm/edge";\nglobalThis.document.title = typeof createJWT;\n';

/** The page at `url` shows the player's profile, and logs no error. Gives the scripts that it loaded, by their paths. */
export async function showsProfile({ browser, profile }, url) {
  const { page, problems } = await openPage(browser, url);
  try {
    await page.waitForFunction(() =>
      ["#profile", "#problem"].some((id) => (document.querySelector(id)?.textContent ?? "") !== ""),
    );
    equal((await page.locator("#problem").allTextContents()).join(), "", "problem on the page");
    deepEqual(JSON.parse(await page.textContent("#profile")), profile, "profile on the page");
    deepEqual(problems, [], "problems of the page");
    const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
    return loaded.map((address) => new URL(address).pathname.slice(1)).filter((path) => path.endsWith(".js"));
  } catch (error) {
    throw new Error(`${error.message}${problems.length > 0 ? `\nthe page says: ${problems.join("\n")}` : ""}`, {
      cause: error,
    });
  } finally {
    await page.close();
  }
}

/** Starts a script that serves `url`, and gives it to `use`. */
export async function whileServed(folder, script, args, env, url, use) {
  const server = startScript(folder, script, args, env);
  try {
    await Promise.race([
      until(async () => (await fetch(url)).ok, { limit: START_LIMIT, what: `an answer of ${url}` }),
      server.ended.then((code) => Promise.reject(new Error(`\`npm run ${script}\` ended (${code})`))),
    ]);
    await use();
  } catch (error) {
    throw new Error(`${error.message}\n${server.output()}`, { cause: error });
  } finally {
    await server.stop();
  }
}

/** The page as it is served in the end. */
async function opened(one, world) {
  const server = await serveFolder(join(world.folder, one.serve));
  try {
    return await showsProfile(world, `${server.url}/`);
  } finally {
    await server.stop();
  }
}

async function openedInDev(one, world) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  await whileServed(world.folder, "dev", one.dev(port), one.env, url, () => showsProfile(world, url));
}

/**
 * The page imports the edge entry, and its build fails and names the import; or, where the tool leaves to the browser what
 * it can't resolve, it warns of it, and nothing of the edge comes along.
 */
export async function withoutEdge({ edge, env, shipped }, { folder, installed }) {
  const page = join(folder, edge.file);
  await writeFile(page, edge.page?.(IMPORT_OF_EDGE) ?? IMPORT_OF_EDGE);
  const { code, output } = await runScript(folder, "build", env);
  ok(/playoff-wasm/.test(output) && /edge/.test(output), `the import isn't named:\n${output}`);
  if (edge.outcome === "fails") return ok(code !== 0, `the build succeeded\n${output}`);

  equal(code, 0, `the build's exit code (${output})`);
  await checkWithoutEdge(installed, folder, shipped);
  const bundle = await readFile(join(folder, shipped[0]), "utf8");
  ok(/from\s*["']playoff-wasm\/edge["']/.test(bundle), "the import isn't left as it is");
}

const REFUSALS = {
  fails: "edge entry in a page: the build fails",
  unresolved: "edge entry in a page: left unresolved, with a warning",
};

/** The test of `withoutEdge`, which changes the page. */
export const refusesEdge = (test, one, world) => test(REFUSALS[one.edge.outcome], () => withoutEdge(one, world));

export async function pageCase(test, one, world) {
  const { folder, installed, config } = world;
  await writeConfig(join(folder, one.config), config);
  if (one.built !== false) await test("build", () => runScriptWell(folder, "build", one.env));
  const loaded = await test("page in Chromium", () => opened(one, world));
  if (loaded === undefined) return null;
  const size = await test("one wasm, no edge code", () => checkShipped(installed, folder, { shipped: loaded, ...one }));
  if (one.dev) await test("dev, in Chromium", () => openedInDev(one, world));
  if (one.edge) await refusesEdge(test, one, world);
  return size;
}
