// Apps that render on a server: their pages opened in Chromium, their routes asked.

import { join } from "node:path";
import { deepEqual, equal } from "../../lib/assert.mjs";
import { freePort } from "../../lib/processes.mjs";
import { runScriptWell, writeConfig } from "../case-folder.mjs";
import { checkShipped, wasmCopies } from "../output.mjs";
import { refusesEdge, showsProfile, whileServed } from "./pages.mjs";

async function answersProfile(url, profile) {
  const response = await fetch(url);
  const text = await response.text();
  equal(response.status, 200, `status of ${url} (${text.slice(0, 500)})`);
  deepEqual(JSON.parse(text), profile, `answer of ${url}`);
}

export async function appCase(test, one, world) {
  const { folder, installed, config, serverConfig, profile } = world;
  const port = await freePort();
  const env = { ...one.env, PORT: String(port), HOST: "127.0.0.1", CONFIG: JSON.stringify(serverConfig) };
  await writeConfig(join(folder, one.config), config);
  const built = await test("build", () => runScriptWell(folder, "build", env));
  if (built === undefined) return null;

  const url = `http://127.0.0.1:${port}`;
  const asked = [
    ...Object.entries(one.pages).map(([what, path]) => [what, () => showsProfile(world, `${url}${path}`)]),
    ...Object.entries(one.routes).map(([what, path]) => [what, () => answersProfile(`${url}${path}`, profile)]),
  ];
  await test("start", () =>
    whileServed(folder, "start", [], env, `${url}${Object.values(one.pages)[0]}`, async () => {
      for (const [what, ask] of asked) await test(what, ask);
    }),
  );
  const size = await test("one wasm in the page's side, no edge code", () => checkShipped(installed, folder, one));
  for (const [side, { at, ...copies }] of Object.entries(one.server)) {
    await test(`${side}: ${copies.main + copies.edge} wasm`, async () =>
      deepEqual(await wasmCopies(installed, folder, at), copies, "copies of the wasm"),
    );
  }
  await refusesEdge(test, one, { ...world, env });
  return size;
}
