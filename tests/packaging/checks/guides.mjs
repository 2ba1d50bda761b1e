// The samples of the manual, run as they stand in it. Those that no other case takes are run here: JavaScript in Node
// or, where the guide says so, in Chromium; TypeScript is compiled too. What isn't run says why, and is listed.

import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { deepEqual, match, ok } from "../../lib/assert.mjs";
import { runWell } from "../../lib/processes.mjs";
import { RESOLUTIONS, compile } from "../compile.mjs";
import { allBlocks, manualPaths, manualText, takeElsewhere, untried } from "../manual.mjs";

const stand = fileURLToPath(new URL("../guides/", import.meta.url));
const LINK = /\]\(([^)\s#]*)(#[^)\s]*)?\)/g;

/** What samples in Node are told: where the services are, and the seeded clients as environment variables. */
function worldOf({ sandbox, kumite, toornament }) {
  const keys = (type) => sandbox.clients.find((one) => one.type === type);
  const [minting, app] = [keys("jwt"), keys("client_credentials")];
  return {
    services: {
      "https://api.playoffgamification.io": sandbox.apiUrl,
      "https://playoffgamification.io": sandbox.authUrl,
      "https://api.toornament.com": toornament.url,
      "http://127.0.0.1:8790": sandbox.apiUrl,
    },
    minting: { clientId: minting.clientId, clientSecret: minting.clientSecret },
    env: {
      PLAYOFF_CLIENT_ID: minting.clientId,
      PLAYOFF_CLIENT_SECRET: minting.clientSecret,
      PLAYOFF_APP_ID: app.clientId,
      PLAYOFF_APP_SECRET: app.clientSecret,
      KUMITE_URL: kumite.url,
      KUMITE_REFRESH_TOKEN: kumite.refreshToken,
      TOORNAMENT_ID: toornament.clientId,
      TOORNAMENT_SECRET: toornament.clientSecret,
      TOORNAMENT_KEY: toornament.apiKey,
    },
  };
}

/** A file for a sample, in a folder of its own; TypeScript without its types. */
async function writeSample(folder, { at, language, file, text }) {
  const path = join(folder, at.replace(/\W+/g, "-"), `${basename(file ?? "sample.mjs").replace(/\.ts$/, ".mjs")}`);
  const code = language === "ts" ? (await transform(text, { loader: "ts", format: "esm" })).code : text;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, code);
  return path;
}

/** Runs a sample to its end. A file of tests is run as such. */
async function runInNode(folder, block, world) {
  const path = await writeSample(folder, block);
  const testing = path.endsWith(".test.mjs") ? ["--test"] : [];
  const { stdout, stderr } = await runWell(
    process.execPath,
    ["--import", join(folder, "node-world.mjs"), ...testing, path],
    { cwd: folder, env: { ...process.env, GUIDE_WORLD: JSON.stringify(world) }, limit: 20_000 },
  );
  ok(stderr === "", `it warns: ${stderr}`);
  if (block.way === "prints") match(stdout, new RegExp(block.how), "what it prints");
  if (testing.length > 0) match(stdout, /^# pass [1-9]/m, "what the tests say");
}

/** All samples in TypeScript at once, strictly. */
async function compileSamples(folder, blocks) {
  const files = await Promise.all(
    blocks.map(async ({ at, text }) => {
      const name = `${at.replace(/\W+/g, "-")}.ts`;
      await writeFile(join(folder, name), `${text}export {};\n`);
      return name;
    }),
  );
  await copyFile(join(stand, "names.d.ts"), join(folder, "names.d.ts"));
  const options = { ...RESOLUTIONS.bundler, types: ["workers-types"] };
  await compile(folder, "samples", options, ["names.d.ts", ...files]);
}

/** The ids that a text's headings have, as those who show Markdown make them. */
const anchorsOf = (text) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => `#${heading.toLowerCase().replace(/[^\w\- ]/g, "").replaceAll(" ", "-")}`);

/** Links of the manual that lead nowhere. */
async function deadLinks(installed) {
  const paths = await manualPaths(installed);
  const texts = new Map(await Promise.all(paths.map(async (path) => [path, await manualText(installed, path)])));
  return paths.flatMap((path) =>
    [...texts.get(path).matchAll(LINK)]
      .filter(([, target]) => !/^https?:/.test(target))
      .filter(([, target, anchor]) => {
        const to = target === "" ? path : join(dirname(path), target);
        return !texts.has(to) || (anchor && !anchorsOf(texts.get(to)).includes(anchor));
      })
      .map(([link]) => `${path}: ${link}`),
  );
}

export async function guideCases(report, world) {
  const { consumer, control, installed } = world;
  const folder = join(consumer, "guides");
  const blocks = await allBlocks(installed);
  const left = blocks.filter(({ taken, way }) => !taken && (way === null || way === "prints"));

  await report.test("guides: every link leads somewhere, and README.md to every guide", async () => {
    deepEqual(await deadLinks(installed), [], "dead links");
    const readme = await manualText(installed, "README.md");
    for (const path of (await manualPaths(installed)).slice(1)) ok(readme.includes(`](${path})`), path);
  });

  await report.test("guides: each begins with the lines that a user writes", async () => {
    for (const path of (await manualPaths(installed)).slice(1))
      match(await manualText(installed, path), /^# .+\n\n(?:<!-- .+ -->\n)?```/, path);
  });

  await mkdir(folder, { recursive: true });
  await copyFile(join(stand, "node-world.mjs"), join(folder, "node-world.mjs"));
  await report.test("guides: the samples in TypeScript compile", () =>
    compileSamples(folder, left.filter(({ language }) => language === "ts")),
  );
  for (const block of left.filter(({ language }) => ["js", "ts"].includes(language))) {
    block.taken = true;
    await report.test(`guides: ${block.at} runs`, async () => {
      await control.reset();
      await runInNode(folder, block, worldOf(world));
    });
  }

  await report.test("guides: what another ring tries is tried there", async () => {
    for (const block of blocks.filter(({ way }) => way === "tested in")) await takeElsewhere(block);
  });

  for (const { at, how } of blocks.filter(({ way }) => way === "not run")) report.note(`${at} isn't run: ${how}`);
  await report.test("guides: every sample was run, or says why not", () => {
    deepEqual(untried(blocks), [], "samples that nobody tried");
  });
}
