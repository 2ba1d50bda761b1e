// Programs: they print the profiles that they read, and nothing else.

import { deepEqual, equal } from "../../lib/assert.mjs";
import { runScriptWell } from "../case-folder.mjs";

export async function programCase(test, one, { folder, serverConfig, profile }) {
  await test(one.what, async () => {
    const { stdout, output } = await runScriptWell(folder, "start", { ...one.env, CONFIG: JSON.stringify(serverConfig) });
    deepEqual(JSON.parse(stdout), Array(one.profiles).fill(profile), "profiles");
    equal(output, stdout, "what it warns of");
  });
}
