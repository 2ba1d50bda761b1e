// The suite on the Node that runs the ring.

import { fork } from "node:child_process";
import { on, once } from "node:events";
import { join } from "node:path";
import { withLimit } from "../lib/limits.mjs";
import { bundleForNode } from "./bundle.mjs";

const CASE_LIMIT = 25_000;
const END_LIMIT = 5_000;

export async function launchNode(report, cleanups, { consumer, sandbox }) {
  const file = join(consumer, "suite.mjs");
  await bundleForNode(consumer, file);
  const child = fork(file, { cwd: consumer, env: { ...process.env, PLAYOFF_SANDBOX: JSON.stringify(sandbox) } });
  cleanups.add(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit");
  const messages = on(child, "message");
  const next = async (what) => {
    const early = ended.then(([code]) => Promise.reject(new Error(`Node ended early, with exit code ${code}`)));
    const { value } = await withLimit(Promise.race([messages.next(), early]), CASE_LIMIT, what);
    return value[0];
  };

  const { names } = await next("loading the suite");
  for (const name of names) {
    child.send({ run: name });
    const { problem } = await next(name);
    if (problem === null) report.pass(`node: ${name}`);
    else report.fail(`node: ${name}`, new Error(problem));
  }
  await report.test("node: the process ends by itself", async () => {
    child.disconnect();
    const [code] = await withLimit(ended, END_LIMIT, "the process's end");
    if (code !== 0) throw new Error(`exit code ${code}`);
  });
}
