// The real workerd on a port of its own choice, with a config made from a list of modules.

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import workerd from "workerd";
import { start } from "./processes.mjs";
import { withLimit } from "./limits.mjs";

const START_LIMIT = 15_000;
const CONTROL_FD = 3;

function moduleEntry(file) {
  const kind = file.endsWith(".wasm") ? "wasm" : "esModule";
  return `(name = ${JSON.stringify(file)}, ${kind} = embed ${JSON.stringify(file)})`;
}

function config({ modules, bindings, compatibilityDate }) {
  const texts = Object.entries(bindings).map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [${modules.map(moduleEntry).join(", ")}],
  bindings = [${texts.join(", ")}],
  compatibilityDate = "${compatibilityDate}",
);
`;
}

/** The port that workerd says it listens on. */
function listening(server) {
  return new Promise((resolve, reject) => {
    let text = "";
    server.child.stdio[CONTROL_FD].setEncoding("utf8").on("data", (more) => {
      text += more;
      const line = text.split("\n").find((one) => one.includes('"listen"'));
      if (line) resolve(JSON.parse(line).port);
    });
    server.ended.then((code) => reject(new Error(`workerd ended (${code}): ${server.output()}`)));
  });
}

/**
 * Starts workerd on files of `folder`; the first of `modules` is the entry.
 * Gives `{ url, output(), stop() }`.
 */
export async function startWorkerd({ folder, modules, bindings = {}, compatibilityDate = "2026-10-01" }) {
  const file = join(folder, "config.capnp");
  await writeFile(file, config({ modules, bindings, compatibilityDate }));
  const server = start(workerd.default, ["serve", file, `--control-fd=${CONTROL_FD}`], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  try {
    const port = await withLimit(listening(server), START_LIMIT, "workerd's start");
    return { url: `http://127.0.0.1:${port}`, output: server.output, stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
