// A fault of npm's sandbox itself: who calls it is told so, nobody waits, and it is said once.

import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deepEqual, equal, match } from "../../lib/assert.mjs";
import { runWell } from "../../lib/processes.mjs";

const PROGRAM = fileURLToPath(new URL("../sandbox/failing.mjs", import.meta.url));
const TOLD =
  "the sandbox itself has failed (unreachable): start another one, and please report it at https://github.com/playoff-wasm/playoff-wasm/issues";
// As `ws` tells of a connection that ended without a word.
const CUT = 1006;

export async function sandboxFailureCases(report, folder) {
  await report.test("a sandbox that fails says so to all, on stderr once, and another one can be started", async () => {
    await copyFile(PROGRAM, join(folder, "failing.mjs"));
    const { stdout, stderr } = await runWell(process.execPath, ["failing.mjs"], { cwd: folder, limit: 20_000 });
    const seen = JSON.parse(stdout);
    const answer = { status: 500, body: { error: "sandbox_failure", error_description: TOLD }, pages: "*" };
    deepEqual(seen.failing, answer, "the call in which it failed");
    deepEqual(seen.later, answer, "a later one");
    deepEqual(seen.closed, [CUT, CUT], "how open WebSockets end");
    deepEqual(seen.refused, [500, 500], "later WebSockets");
    equal(seen.reset, `control POST /reset: 500 ${JSON.stringify(answer.body)}`, "its control client");
    equal(seen.another, 200, "another sandbox");
    match(stderr, /^playoff-sandbox: the sandbox itself has failed .+\nRuntimeError: unreachable\n(?: {4}at .+\n)+$/, "stderr");
  });
}
