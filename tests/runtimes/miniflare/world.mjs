// Four workers in one Miniflare that share a KV namespace and a broker, and the sandbox behind them.

import { join } from "node:path";
import { Miniflare } from "miniflare";
import { controlClient } from "../../lib/control.mjs";
import { sendToLeave } from "../../lib/leave.mjs";
import { newApp } from "../new-app.mjs";

/** The first has the classes of the Durable Objects. */
export const WORKERS = ["one", "two", "three", "four"];
const CLASSES = { BROKER: "TokenBroker", FAULTY_BROKER: "FaultyBroker" };
const LIMIT = 25_000;

const KINDS = { js: "ESModule", wasm: "CompiledWasm" };

function workerOf(name, { folder, modules, compatibilityDate, service }) {
  const scriptName = name === WORKERS[0] ? undefined : WORKERS[0];
  const classes = Object.entries(CLASSES).map(([binding, className]) => [binding, { className, scriptName }]);
  return {
    name,
    compatibilityDate,
    modulesRoot: folder,
    modules: modules.map((file) => ({ type: KINDS[file.split(".").at(-1)], path: join(folder, file) })),
    bindings: { SERVICE: service },
    kvNamespaces: { TOKENS: "tokens" },
    durableObjects: Object.fromEntries(classes),
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
  };
}

let marks = 0;

/** Starts them. What comes of it is what the scenarios work with. */
export async function startWorld({ folder, modules, compatibilityDate, sandbox }) {
  const { apiUrl, authUrl } = sandbox.playoff;
  const control = controlClient(sandbox.control.url);
  const of = { folder, modules, compatibilityDate, service: { apiUrl, authUrl } };
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    workers: WORKERS.map((name) => workerOf(name, of)),
  });
  await miniflare.ready;
  const urls = Object.fromEntries(
    await Promise.all(WORKERS.map(async (name) => [name, await miniflare.unsafeGetDirectURL(name)])),
  );

  async function ask(worker, body, { limit = LIMIT } = {}) {
    const init = { method: "POST", body: JSON.stringify(body), signal: AbortSignal.timeout(limit) };
    const response = await fetch(urls[worker], init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${worker} answered ${response.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }

  let stopped;
  return {
    control,
    kumite: sandbox.kumite,
    ask,
    /** Asks for what it doesn't wait for: gives a function that goes away. */
    askToLeave: (worker, body) => sendToLeave(urls[worker], { method: "POST", body: JSON.stringify(body) }),
    stop: () => (stopped ??= miniflare.dispose()),
    nextMark: () => `mark-${++marks}`,

    newApp: () => newApp(control),

    /** How often the service was asked for a token of the app. */
    async tokenRequests({ clientId }) {
      const isOurs = ({ path, body }) => path === "/auth/token" && `${body}`.includes(`client_id=${clientId}&`);
      return (await control.log()).filter(isOurs).length;
    },

    /** The marks of the calls that the service got. */
    async sent() {
      const calls = (await control.log()).filter(({ path }) => path.endsWith("/admin/players"));
      return new Set(calls.map(({ query }) => query.mark));
    },
  };
}
