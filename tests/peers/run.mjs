// Ring "peers": the platform's official clients against the sandbox, JWTs across libraries, and our sign-in against an
// OpenID server.

import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { controlClient } from "../lib/control.mjs";
import { installTarball } from "../lib/install.mjs";
import { runRing } from "../lib/ring.mjs";
import { sandboxSetting, setting } from "../lib/settings.mjs";
import { jwtCases } from "./jwt.mjs";
import { appCases } from "./oidc/app.mjs";
import { oidcCases } from "./oidc/cases.mjs";
import { playlyfeCases } from "./playlyfe.mjs";
import { pythonFolder, runPython } from "./python.mjs";
import { streamCases } from "./stream/cases.mjs";
import { makeVenv } from "./venv.mjs";

const work = setting("PLAYOFF_WORK");
// Beside the ring's folder, which is emptied before every run: a venv is worth keeping.
const venvs = resolve(work, "..", "..", "venvs");
const consumer = join(work, "consumer");

async function importEdge(folder) {
  await installTarball(folder, setting("PLAYOFF_TARBALL"));
  const require = createRequire(join(folder, "package.json"));
  return import(pathToFileURL(require.resolve("playoff-wasm/edge")).href);
}

await runRing(async (report, cleanups) => {
  const sandbox = sandboxSetting();
  const control = controlClient(sandbox.control.url);
  const world = { sandbox: sandbox.playoff, control };

  await playlyfeCases(report, world);
  await streamCases(report, cleanups, world);

  const venv = (name) =>
    report.test(`a venv with ${name}`, () => makeVenv(join(venvs, name), join(pythonFolder, name)), { limit: 120_000 });
  const playoffPython = await venv("playoff");
  if (playoffPython) {
    await control.reset();
    await runPython(report, "Playoff 0.7.6", playoffPython, "playoff_steps.py", {
      ...world.sandbox,
      control: sandbox.control.url,
    });
  }

  const edge = await report.test("the installed tarball's edge entry", () => importEdge(consumer));
  const pyjwt = await venv("pyjwt");
  if (edge && pyjwt && playoffPython) {
    await control.reset();
    await jwtCases(report, world, { edge, pyjwt, playoffPython });
  }
  if (edge) await appCases(report, cleanups, { consumer, edge });
  if (edge) await oidcCases(report, cleanups, { consumer, folder: join(work, "oidc") });
});
