// Ring "packaging": the packed tarball, as users' tools see it; and the sandbox's, held to the native one.

import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { controlClient } from "../lib/control.mjs";
import { installTarball } from "../lib/install.mjs";
import { runRing } from "../lib/ring.mjs";
import { sandboxSetting, setting } from "../lib/settings.mjs";
import { toolFile } from "../lib/tools.mjs";
import { caseFileCases } from "./checks/case-files.mjs";
import { toolCases } from "./checks/cases.mjs";
import { codeCases } from "./checks/codes.mjs";
import { fileCases } from "./checks/files.mjs";
import { firstPageCases } from "./checks/first-page.mjs";
import { guidePageCases } from "./checks/guide-pages.mjs";
import { guideCases } from "./checks/guides.mjs";
import { lintCases } from "./checks/lint.mjs";
import { manualCases } from "./checks/manual.mjs";
import { nodeCases } from "./checks/node.mjs";
import { queryCases } from "./checks/queries.mjs";
import { robotCases } from "./checks/robots.mjs";
import { sandboxCases } from "./checks/sandbox.mjs";
import { secretCases } from "./checks/secrets.mjs";
import { serverCases } from "./checks/servers.mjs";
import { sizeCases } from "./checks/size.mjs";
import { templateCases } from "./checks/template.mjs";
import { typeCases } from "./checks/types.mjs";
import { workerdCases } from "./checks/workerd.mjs";
import { createTable } from "./table.mjs";

const PLAYER = "johny";

/** What pages are told: where the services are, and the player's token. Programs get what mints one, too. */
async function configs(consumer, { apiUrl, authUrl, clients }) {
  const require = createRequire(join(consumer, "package.json"));
  const { createJWT } = await import(pathToFileURL(require.resolve("playoff-wasm/edge")).href);
  const { clientId, clientSecret } = clients.find((one) => one.type === "jwt");
  const keys = { clientId, clientSecret };
  const token = createJWT({ ...keys, playerId: PLAYER, scopes: ["player.runtime.read"], expiresIn: 3600 });
  const config = { apiUrl, authUrl, token };
  return { config, serverConfig: { ...config, keys, playerId: PLAYER } };
}

/** The version of a tool of `tests/`. */
async function versionOf(tool) {
  return JSON.parse(await readFile(toolFile(tool, "package.json"), "utf8")).version;
}

await runRing(async (report, cleanups) => {
  const work = setting("PLAYOFF_WORK");
  const tarball = setting("PLAYOFF_TARBALL");
  const { playoff: sandbox, kumite, toornament, control } = sandboxSetting();
  const consumer = join(work, "consumer");
  const installed = await report.test(
    "the tarball installs in an empty folder",
    () => installTarball(consumer, tarball),
    { limit: 90_000 },
  );
  if (installed === undefined) return;

  const world = {
    work,
    tarball,
    sandboxTarball: setting("PLAYOFF_SANDBOX_TARBALL"),
    sandbox,
    kumite,
    toornament,
    consumer,
    installed,
    player: PLAYER,
    control: controlClient(control.url),
    namedWasm: setting("PLAYOFF_NAMED_WASM"),
    expectedFiles: fileURLToPath(new URL("files.txt", import.meta.url)),
    sources: fileURLToPath(new URL("../../src", import.meta.url)),
  };
  await fileCases(report, world);
  await caseFileCases(report, world);
  await codeCases(report, world);
  await manualCases(report, world);
  await robotCases(report, world);
  await queryCases(report, world);
  await sizeCases(report, world);
  await lintCases(report, world);
  await typeCases(report, world);
  await secretCases(report, world);

  await world.control.reset();
  const told = await report.test("a token for the pages", () => configs(consumer, sandbox));
  if (told === undefined) return;
  const served = { ...world, ...told, profile: await world.control.player(PLAYER) };
  const table = createTable(report);
  const { node } = process.versions;
  await nodeCases(table.follow("Node", node, "import, require, edge entry, nothing touched at import"), served);
  const dates = "both entries, old and new compatibility date";
  await workerdCases(table.follow("workerd", await versionOf("workerd"), dates), world);
  await serverCases(report, world);
  const manual = "the manual's worker: types, dry deployment, dev";
  await templateCases(table.follow("wrangler", await versionOf("wrangler"), manual), world);
  await toolCases(report, cleanups, table, served);
  await firstPageCases(report, cleanups, world);
  await guidePageCases(report, cleanups, world);
  // The last one, since it looks what nobody has tried.
  await guideCases(report, world);
  const native = setting("PLAYOFF_SANDBOX_NATIVE");
  await sandboxCases(report, cleanups, { work, native, tarball: world.sandboxTarball, sdk: installed });
  table.print();
});
