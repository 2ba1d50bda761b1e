// The suite on the Node that runs the ring.

import { fork } from "node:child_process";
import { on, once } from "node:events";
import { join } from "node:path";
import { match, ok } from "../lib/assert.mjs";
import { withLimit } from "../lib/limits.mjs";
import { casesWanted, full } from "../lib/settings.mjs";
import { bundleForNode } from "./bundle.mjs";

const CASE_LIMIT = full ? 85_000 : 25_000;
const END_LIMIT = 5_000;

/** The suite's process: `next(what)` gives its next message, `log()` what it has written so far. */
function startSuite(file, cwd, sandbox) {
  const env = {
    ...process.env,
    PLAYOFF_SANDBOX: JSON.stringify(sandbox),
    PLAYOFF_WEB_SOCKET: import.meta.resolve("ws"),
  };
  // Cases collect garbage, and look at the memory of the wasm.
  const watch = new URL("hosts/wasm-memory.mjs", import.meta.url).href;
  const child = fork(file, { cwd, env, silent: true, execArgv: ["--expose-gc", "--import", watch] });
  const ended = once(child, "exit");
  const messages = on(child, "message");
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (log += text));
  return {
    child,
    ended,
    log: () => log,
    async next(what) {
      const early = ended.then(([code]) => Promise.reject(new Error(`Node ended early (${code})\n${log}`)));
      const { value } = await withLimit(Promise.race([messages.next(), early]), CASE_LIMIT, what);
      return value[0];
    },
  };
}

/** `name` stands before what is reported, and `wanted` chooses from the names of cases. */
export async function launchNode(report, cleanups, options) {
  const { consumer, sandbox, panicSwitch = false, name: host = "node", wanted = casesWanted } = options;
  const file = join(consumer, `${host.replaceAll(/\W+/g, "-")}-suite.mjs`);
  await bundleForNode(consumer, file);
  const suite = startSuite(file, consumer, { ...sandbox, panicSwitch });
  cleanups.add(() => void suite.child.kill("SIGKILL"));

  const { names } = await suite.next("loading the suite");
  const chosen = wanted(names);
  for (const name of chosen) {
    const logged = suite.log().length;
    suite.child.send({ run: name });
    const { problem } = await suite.next(name);
    if (problem === null) report.pass(`${host}: ${name}`);
    else report.fail(`${host}: ${name}`, new Error(`${problem}\n${suite.log().slice(logged)}`));
  }
  const about = panicSwitch ? " after panics" : "";
  await report.test(`${host}: what the package logs names what failed, and shows neither secret nor token${about}`, () => {
    if (!panicSwitch && chosen.length === names.length) match(suite.log(), /playoff-wasm: authenticate failed/, "log");
    const secrets = sandbox.playoff.clients.map((client) => client.clientSecret).filter(Boolean);
    for (const secret of [...secrets, "sandbox-jwt:eyJ"]) ok(!suite.log().includes(secret), `the log shows ${secret}`);
  });
  await report.test(`${host}: the process ends by itself${about}`, async () => {
    suite.child.disconnect();
    const [code] = await withLimit(suite.ended, END_LIMIT, "the process's end");
    if (code !== 0) throw new Error(`exit code ${code}`);
  });
}
