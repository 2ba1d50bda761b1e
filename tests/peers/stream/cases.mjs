// One old client, unchanged, against two servers of the notification stream: the sandbox's (engineioxide) and npm's
// engine.io. What holds at both is the protocol, and not our idea of it.

import { deepEqual, equal, ok } from "../../lib/assert.mjs";
import { controlClient } from "../../lib/control.mjs";
import { until } from "../../lib/limits.mjs";
import { startStreamPeer } from "../../lib/stream-peer/server.mjs";
import { openStream } from "./client.mjs";

const PLAYER = "johny";

const upTo = (count) => Array.from({ length: count }, (_, index) => index + 1);
const sequences = (events) => events.map(({ sequence }) => sequence);

async function get(url) {
  const response = await fetch(url);
  equal(response.status, 200, `status of ${new URL(url).pathname}`);
  return response.json();
}

/** What a test does at one of the servers. */
function visit({ url, accessToken }) {
  const { notify, stream: control } = controlClient(`${url}/control`);
  const opened = [];
  const query = `player_id=${PLAYER}&access_token=${encodeURIComponent(accessToken)}`;
  const world = {
    control,
    open(options) {
      const stream = openStream(url, { player: PLAYER, ...options });
      opened.push(stream);
      return stream;
    },
    token: async () => (await get(`${url}/v2/runtime/notifications/token?${query}`)).token,
    kept: async () => (await get(`${url}/v2/runtime/notifications?${query}&limit=1000`)).data,
    async listen(options = {}) {
      const stream = world.open({ token: await world.token(), ...options });
      await stream.authenticated();
      return stream;
    },
    tell: (count, more = {}) => notify({ player_id: PLAYER, event: { event: "level" }, count, ...more }),
    leave: () => opened.forEach((stream) => stream.close()),
  };
  return world;
}

async function hearsAll(world, options) {
  const stream = await world.listen(options);
  deepEqual(stream.heard, ["AUTH_CHALLENGE", "AUTH_SUCCESS"], "what was said first");
  await world.tell(100);
  await stream.received(100);
  await world.tell(3, { interval: 5 });
  await stream.received(103);
  deepEqual(sequences(stream.events), [...upTo(100), ...upTo(3)], "events");
  return stream;
}

async function byWebSocket(world) {
  const stream = await hearsAll(world);
  equal(stream.socket.transport.name, "websocket", "transport");
}

async function byPolling(world) {
  await hearsAll(world, { transports: ["polling"] });
}

async function byUpgrade(world) {
  const stream = await hearsAll(world, { transports: ["polling", "websocket"] });
  await until(() => stream.socket.transport.name === "websocket", { what: "the upgrade" });
  await world.tell(1);
  await stream.received(104);
}

async function wrongToken(world) {
  const token = await world.token();
  for (const [wrong, reason] of [
    [{ token: "wrong" }, "unauthorized token"],
    [{ token, player: "mara" }, "unauthorized token"],
    [{ token, game: "other" }, "unknown game"],
    [{ token: `${token} ` }, "malformed response"],
  ]) {
    const stream = world.open(wrong);
    await stream.ended();
    deepEqual(stream.heard, ["AUTH_CHALLENGE", `AUTH_FAILED ${reason}`], "what was said");
    deepEqual(stream.ends, ["transport close"], "how it ended");
  }
  await world.control.refuse({ reason: "not today" });
  const stream = world.open({ token });
  await stream.ended();
  equal(stream.heard[1], "AUTH_FAILED not today", "the reason asked for");
}

async function restart(world) {
  const first = await world.listen();
  await world.tell(2);
  await first.received(2);
  deepEqual(await world.control.restart({ refuse: 200 }), { connections: 1 }, "connections ended");
  await first.ended();
  deepEqual(first.ends, ["transport close"], "how it ended");
  const early = world.open({ token: "any" });
  await early.ended();
  deepEqual(early.heard, [], "what was said while it was away");
  await world.tell(3);

  const token = await world.token();
  const again = await until(
    async () => {
      const stream = world.open({ token });
      await until(() => stream.heard.includes("AUTH_SUCCESS") || stream.ends.length > 0, { every: 5 });
      return stream.ends.length === 0 && stream;
    },
    { what: "being let in again" },
  );
  await world.tell(1);
  await again.received(1);
  equal(again.events.length, 1, "events after the restart");
  const kept = (await world.kept()).reverse();
  deepEqual(sequences(kept), [...upTo(2), ...upTo(3), ...upTo(1)], "kept notifications");
  const { seen, ...last } = kept.at(-1);
  deepEqual(again.events, [last], "the streamed event, and the kept one");
  equal(seen, false, "seen");
}

async function silence(world) {
  await world.control.settings({ pingInterval: 100, pingTimeout: 100 });
  const stream = await world.listen();
  // The connection is alive as long as it is answered.
  await until(() => stream.pongs.length >= 2, { what: "two pongs", every: 5 });
  deepEqual(await world.control.silence({ ms: 2_000 }), { connections: 1 }, "silent connections");
  await world.tell(1);
  await stream.ended();
  deepEqual(stream.ends, ["ping timeout"], "how it ended");
  equal(stream.events.length, 0, "events");
  const next = await world.listen();
  await world.tell(1);
  await next.received(1);
}

async function dropped(world) {
  const stream = await world.listen();
  deepEqual(await world.control.drop({ player_id: PLAYER }), { connections: 1 }, "dropped connections");
  await stream.ended();
  deepEqual(stream.ends, ["transport close"], "how it ended");
}

async function noAnswer(world) {
  await world.control.settings({ authTimeout: 50 });
  const stream = world.open({ token: null });
  await stream.ended();
  deepEqual(stream.heard, ["AUTH_CHALLENGE"], "what was said");
}

async function logs(world) {
  const stream = await world.listen();
  stream.close();
  const entries = await until(async () => {
    const log = await world.control.log();
    return log.length === 3 && log;
  });
  deepEqual(
    entries.map(({ what, player_id: player }) => [what, player]),
    [
      ["opened", null],
      ["authenticated", PLAYER],
      ["closed", PLAYER],
    ],
    "log",
  );
  ok(entries[0].connection === entries[2].connection, "one connection");
}

const CASES = [
  ["103 events in order", byWebSocket],
  ["the same by polling", byPolling],
  ["the same by polling that becomes a WebSocket", byUpgrade],
  ["answers that aren't good", wrongToken],
  ["a restart, and nothing lost", restart],
  ["silence, which the client notices", silence],
  ["a connection that drops", dropped],
  ["who says nothing", noAnswer],
  ["the log", logs],
];

async function appToken({ authUrl, clients }) {
  const { clientId, clientSecret } = clients.find(({ type }) => type === "client_credentials");
  const body = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret };
  const response = await fetch(`${authUrl}/auth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await response.json()).access_token;
}

async function casesAt(report, server, { url, reset, tokenOf }) {
  for (const [name, body] of CASES) {
    await report.test(`the stream by engine.io-client 3 at ${server}: ${name}`, async () => {
      await reset();
      const world = visit({ url, accessToken: await tokenOf() });
      await body(world).finally(world.leave);
    });
  }
}

/** At a sandbox, the native one or npm's. */
export const sandboxStreamCases = (report, server, { sandbox, control }) =>
  casesAt(report, server, { url: sandbox.apiUrl, reset: control.reset, tokenOf: () => appToken(sandbox) });

export async function streamCases(report, cleanups, world) {
  await sandboxStreamCases(report, "the sandbox", world);
  const peer = await startStreamPeer({ players: { "token-of-johny": PLAYER } });
  cleanups.add(peer.stop);
  const { reset } = controlClient(`${peer.url}/control`);
  await casesAt(report, "npm's engine.io", { url: peer.url, reset, tokenOf: () => "token-of-johny" });
}
