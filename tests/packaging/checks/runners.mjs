// Test runners: the case's one test passes.

import { match } from "../../lib/assert.mjs";
import { runScriptWell } from "../case-folder.mjs";

export async function runnerCase(test, one, { folder, serverConfig, config, profile }) {
  await test(one.what, async () => {
    const env = { ...one.env, CONFIG: JSON.stringify({ ...serverConfig, ...config, profile }) };
    match((await runScriptWell(folder, "test", env)).output, one.passed, "what the runner says");
  });
}
