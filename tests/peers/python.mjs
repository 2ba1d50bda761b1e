// Runs the Python scripts, whose `ok` and `not ok` lines are taken over as tests.

import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { runWell, run } from "../lib/processes.mjs";

export const pythonFolder = fileURLToPath(new URL("python/", import.meta.url));

// The scripts' folder is the project's own: no compiled files beside them.
const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1" };

function verdicts(output) {
  const found = [];
  for (const line of output.split("\n")) {
    const [, failed, name] = line.match(/^(not )?ok (.+)$/) ?? [];
    if (name) found.push({ name, failed: Boolean(failed), detail: [] });
    else if (line.trim() !== "") found.at(-1)?.detail.push(line.trim());
  }
  return found;
}

/** Runs a script that reads `input` as JSON and prints verdicts; each becomes a test. */
export async function runPython(report, title, python, script, input) {
  const { code, stdout, stderr } = await run(python, [join(pythonFolder, script)], {
    input: JSON.stringify(input),
    limit: 60_000,
    env,
  });
  const found = verdicts(stdout);
  for (const { name, failed, detail } of found) {
    if (failed) report.fail(`${title}: ${name}`, new Error(detail.join("\n")));
    else report.pass(`${title}: ${name}`);
  }
  const anyFailed = found.some((verdict) => verdict.failed);
  if (found.length === 0 || (code !== 0) !== anyFailed) {
    report.fail(`${title}: ${script} ran to its end`, new Error(`exit code ${code}\n${stdout}\n${stderr}`));
  }
}

/** Runs a script that reads and prints JSON. */
export async function askPython(python, script, input) {
  const { stdout } = await runWell(python, [join(pythonFolder, script)], {
    input: JSON.stringify(input),
    limit: 30_000,
    env,
  });
  return JSON.parse(stdout);
}
