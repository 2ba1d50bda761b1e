// The frame of a ring: run it, clean up whatever it started, close with the count.

import { withLimit } from "./limits.mjs";
import { createReport } from "./report.mjs";

const CLEANUP_LIMIT = 10_000;

/** Things to undo at the end, the newest first. */
function createCleanups() {
  const undo = [];
  return {
    add: (action) => undo.push(action),
    async run(report) {
      while (undo.length > 0) {
        const action = undo.pop();
        try {
          await withLimit(Promise.resolve(action()), CLEANUP_LIMIT, "cleaning up");
        } catch (error) {
          report.fail("cleaning up", error);
        }
      }
    },
  };
}

/** Runs `body(report, cleanups)` and ends the process with the ring's exit code. */
export async function runRing(body) {
  const report = createReport();
  const cleanups = createCleanups();
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => cleanups.run(report).finally(() => process.exit(130)));
  }
  try {
    await body(report, cleanups);
  } catch (error) {
    report.fail("the ring itself", error);
  }
  await cleanups.run(report);
  process.exit(report.close());
}
