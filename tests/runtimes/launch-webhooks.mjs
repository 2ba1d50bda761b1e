// The sandbox's Toornament tells a receiver of events: in Node and in workerd.

import { createRequire } from "node:module";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { deepEqual, equal, ok } from "../lib/assert.mjs";
import { controlClient } from "../lib/control.mjs";
import { until } from "../lib/limits.mjs";
import { listen } from "../lib/loopback.mjs";
import { startWorkerd } from "../lib/workerd.mjs";
import { bundleForNode, bundleForWorkerd } from "./bundle.mjs";

const SECRET = "webhook-secret-of-this-test";
const OTHER = "webhook-secret-of-others";
const base = "organizer";

/** The receiver behind Node's own server. */
async function inNode({ consumer }) {
  const file = join(consumer, "webhooks.mjs");
  await bundleForNode(consumer, file, "webhooks");
  const { default: receiver } = await import(pathToFileURL(file).href);
  return listen(async (incoming, outgoing) => {
    const { method, headers, url } = incoming;
    const body = method === "POST" ? Readable.toWeb(incoming) : null;
    const request = new Request(`http://${headers.host}${url}`, { method, headers, body, duplex: "half" });
    const response = await receiver.fetch(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(await response.text());
  });
}

async function inWorkerd({ consumer, folder }) {
  await mkdir(folder, { recursive: true });
  return startWorkerd({ folder, modules: await bundleForWorkerd(consumer, join(folder, "worker.js"), "webhooks") });
}

const STARTS = { node: inNode, workerd: inWorkerd };

/** What a test does with the receiver at `url`. */
function drive(url, control) {
  const ask = async (path, body) => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    return (await fetch(`${url}${path}`, init)).json();
  };
  const settled = async () => {
    const all = await control.toornament.deliveries();
    return all.length > 0 && all.every(({ status, error }) => (status ?? error) !== null) ? all : false;
  };
  return {
    told: () => ask("/told"),
    async begin(how = {}) {
      await control.reset();
      await ask("/begin", how);
    },
    /** Has the sandbox send, and gives the statuses of all that was sent so far. */
    async deliver(what) {
      await control.toornament.deliver({ url: `${url}/hook`, secret: SECRET, ...what });
      const all = await until(settled, { limit: 10_000, every: 20, what: "the deliveries' end" });
      return all.map(({ status }) => status);
    },
  };
}

/** The whole way: a webhook is made and enabled, subscribed, and something happens. */
async function wholeWay({ url, told, begin }, { consumer, sandbox, control }) {
  await begin();
  const require = createRequire(join(consumer, "package.json"));
  const { createEdge } = await import(pathToFileURL(require.resolve("playoff-wasm/edge")).href);
  const { url: apiUrl, apiKey, clientId, clientSecret } = sandbox.toornament;
  const scope = ["organizer:view", "organizer:participant"];
  const client = createEdge({ provider: "toornament", apiUrl, apiKey, clientId, clientSecret, scope }).client();
  const webhook = await client.post("/webhooks", { name: "ours", url: `${url}/hook`, enabled: true }, { base });
  const isEnabled = async () => (await client.get(["webhooks", webhook.id], { base })).enabled;
  await until(isEnabled, { limit: 10_000, every: 20, what: "the webhook is enabled" });
  const [tournament] = await client.toornament.tournaments().toArray({ max: 1 });
  const subscription = { event_name: "participant.created", scope: "tournament", scope_id: tournament.id };
  await client.post(["webhooks", webhook.id, "subscriptions"], subscription, { base });
  const made = { name: "Ada", tournament_id: tournament.id, type: "player" };
  const { id } = await client.post("/participants", made, { base });
  const events = await until(async () => ((await told()).length > 0 ? told() : false), {
    limit: 10_000,
    every: 20,
    what: "the event",
  });
  deepEqual(events.map(({ name, object_id }) => [name, object_id]), [["participant.created", id]], "events");
}

export async function launchWebhooks(report, cleanups, { name, consumer, folder, sandbox }) {
  const server = await STARTS[name]({ consumer, folder });
  cleanups.add(server.stop);
  const control = controlClient(sandbox.control.url);
  const receiver = { url: server.url, ...drive(server.url, control) };
  const { begin, deliver, told } = receiver;
  const test = (what, run) => report.test(`${name}: toornament's webhooks: ${what}`, run);

  await test("one is enabled, and tells what happens", () => wholeWay(receiver, { consumer, sandbox, control }));
  await test("an event that comes several times is told once", async () => {
    await begin();
    deepEqual(await deliver({ method: "HEAD" }), [200], "HEAD");
    deepEqual(await deliver({ count: 3 }), [200, 200, 200, 200], "answers");
    equal((await told()).length, 1, "times told");
  });
  await test("whoever signs wrongly, or comes with another secret, tells nothing", async () => {
    await begin();
    deepEqual(await deliver({ method: "HEAD" }), [200], "HEAD");
    deepEqual(await deliver({ method: "HEAD", secret: OTHER }), [200, 403], "HEAD of others");
    deepEqual(await deliver({ secret: OTHER }), [200, 403, 401], "event of others");
    deepEqual(await deliver({ signature: "0".repeat(64) }), [200, 403, 401, 401], "a signature that isn't one");
    deepEqual(await told(), [], "told");
  });
  await test("an event whose work failed comes again", async () => {
    await begin({ fail: 1 });
    await deliver({ method: "HEAD" });
    await deliver({});
    const events = async () => ((await told()).length > 0 ? told() : false);
    equal((await until(events, { limit: 10_000, every: 20, what: "the event" })).length, 1, "times told");
  });
  if (server.output) {
    await test("the log shows no secret", () => ok(!server.output().includes(SECRET), server.output().slice(-1500)));
  }
  await server.stop();
}
