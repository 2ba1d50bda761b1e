// Ring "packaging": the packed tarball, as users' tools see it; and the sandbox's, held to the native one.

import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { join } from "node:path";
import { controlClient } from "../lib/control.mjs";
import { installTarball } from "../lib/install.mjs";
import { runRing } from "../lib/ring.mjs";
import { sandboxSetting, setting } from "../lib/settings.mjs";
import { bundlerCases } from "./checks/bundlers.mjs";
import { codeCases } from "./checks/codes.mjs";
import { exampleCases } from "./checks/examples.mjs";
import { fileCases } from "./checks/files.mjs";
import { lintCases } from "./checks/lint.mjs";
import { manualCases } from "./checks/manual.mjs";
import { nodeCases } from "./checks/node.mjs";
import { robotCases } from "./checks/robots.mjs";
import { sandboxCases } from "./checks/sandbox.mjs";
import { secretCases } from "./checks/secrets.mjs";
import { serverCases } from "./checks/servers.mjs";
import { sizeCases } from "./checks/size.mjs";
import { templateCases } from "./checks/template.mjs";
import { typeCases } from "./checks/types.mjs";
import { workerdCases } from "./checks/workerd.mjs";

const PLAYER = "johny";

/** What a page's backend would tell it: where the services are, and the player's token. */
async function pageConfig(consumer, { apiUrl, authUrl, clients }) {
  const require = createRequire(join(consumer, "package.json"));
  const { createJWT } = await import(pathToFileURL(require.resolve("playoff-wasm/edge")).href);
  const { clientId, clientSecret } = clients.find((one) => one.type === "jwt");
  const token = createJWT({
    clientId,
    clientSecret,
    playerId: PLAYER,
    scopes: ["player.runtime.read"],
    expiresIn: 3600,
  });
  return { apiUrl, authUrl, token };
}

await runRing(async (report, cleanups) => {
  const work = setting("PLAYOFF_WORK");
  const tarball = setting("PLAYOFF_TARBALL");
  const { playoff: sandbox, kumite, control } = sandboxSetting();
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
    sandbox,
    kumite,
    consumer,
    installed,
    player: PLAYER,
    control: controlClient(control.url),
    namedWasm: setting("PLAYOFF_NAMED_WASM"),
    expectedFiles: fileURLToPath(new URL("files.txt", import.meta.url)),
    sources: fileURLToPath(new URL("../../src", import.meta.url)),
  };
  await fileCases(report, world);
  await codeCases(report, world);
  await manualCases(report, world);
  await exampleCases(report, world);
  await robotCases(report, world);
  await sizeCases(report, world);
  await lintCases(report, world);
  await typeCases(report, world);
  await secretCases(report, world);

  await world.control.reset();
  const config = await report.test("a token for the pages", () => pageConfig(consumer, sandbox));
  if (config === undefined) return;
  await nodeCases(report, { ...world, config });
  await workerdCases(report, world);
  await serverCases(report, world);
  await templateCases(report, world);
  await bundlerCases(report, cleanups, { ...world, config });
  const [native, sandboxTarball] = [setting("PLAYOFF_SANDBOX_NATIVE"), setting("PLAYOFF_SANDBOX_TARBALL")];
  await sandboxCases(report, cleanups, { work, native, tarball: sandboxTarball, sdk: installed });
});
