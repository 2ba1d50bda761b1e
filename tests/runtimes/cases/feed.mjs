// Notifications as they happen, at the sandbox's stream and at npm's engine.io.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";
import { until } from "../../lib/limits.mjs";
import { turn } from "../gate.mjs";
import { places, sequences, upTo } from "../feeds.mjs";
import { leaks } from "../leaks.mjs";

const CLOSE_LIMIT = 2_000;

/** Reads so many; the feed goes on. */
async function take(feed, count) {
  const taken = [];
  while (taken.length < count) taken.push((await feed.next()).value);
  return taken;
}

const whatHappened = async (place) => (await place.stream.log()).map(({ what }) => what);

/** All of its connections have ended. */
const isClosed = (place) =>
  until(async () => (await whatHappened(place)).at(-1) === "closed", { limit: CLOSE_LIMIT, what: "a closed socket" });

async function live(place, options) {
  const feed = place.open(options);
  await until(() => feed.state === "live", { what: "a live feed" });
  return feed;
}

async function tellsWhatHappens(t, place) {
  const feed = await live(place);
  await place.tell(100);
  deepEqual(sequences(await take(feed, 100)), upTo(100), "sequences");
  await place.tell(3, { interval: 5 });
  deepEqual(sequences(await take(feed, 3)), upTo(3), "sequences of those one by one");
  deepEqual(place.reads(), [], "what was read by REST");
  feed.close();
  deepEqual(await feed.next(), { done: true, value: undefined }, "after its end");
  await isClosed(place);
  deepEqual(await whatHappened(place), ["opened", "authenticated", "closed"], "log");
}

/** 1,000 in five rounds; the first three end with a restart, the fourth with a silence. */
async function survivesAlmostAnything(t, place) {
  const connectSoon = hasten();
  await survive(t, place).finally(connectSoon.end);
}

/** A feed waits a random time before it connects again, up to half a minute. */
function hasten() {
  const { random } = Math;
  Math.random = () => random() / 20;
  return { end: () => (Math.random = random) };
}

async function survive(t, place) {
  // In full the platform's own: a silence of 30 seconds is just too long.
  if (!t.full) await place.stream.settings({ pingInterval: 300, pingTimeout: 700 });
  const feed = await live(place);
  const all = [];
  const listening = (async () => {
    for await (const { round, half, sequence } of feed) {
      all.push(round * 200 + half * 100 + sequence);
      if (all.length === 1_000) break;
    }
  })();
  const tell = (round, half, more) => place.tell(100, { event: { event: "level", round, half }, ...more });
  for (const round of [0, 1, 2, 3, 4]) {
    // Half of them while it listens, and half of them right after it was disturbed.
    await until(() => feed.state === "live", { what: "a live feed" });
    await tell(round, 0);
    if (round < 3) deepEqual(await place.stream.restart({ refuse: 50 }), { connections: 1 }, "connections");
    if (round === 3) await place.stream.silence({ ms: t.full ? 30_000 : 3_000 });
    await tell(round, 1, { interval: 5 });
    await until(() => all.length >= (round + 1) * 200, { limit: 60_000, what: `round ${round}` });
  }
  await listening;
  deepEqual(all, upTo(1_000), "sequences");
  await isClosed(place);
  const connections = (await whatHappened(place)).filter((what) => what === "authenticated").length;
  // One each for the restarts; in full the silence may be over before it is too long.
  ok(connections >= (t.full ? 4 : 5) && connections <= 10, `connections: ${connections}`);
}

async function quiet(t, place) {
  // Twice the time after which the server gives up who doesn't ping; in full with the platform's own.
  if (!t.full) await place.stream.settings({ pingInterval: 300, pingTimeout: 1_200 });
  const feed = await live(place);
  await turn(t.full ? 61_000 : 3_000);
  await place.tell(1);
  deepEqual(sequences(await take(feed, 1)), [1], "sequences");
  deepEqual(await whatHappened(place), ["opened", "authenticated"], "one connection");
  deepEqual(place.reads(), [], "what was read by REST");
}

/** What the stream tells has the form that everything else has. */
async function typed(t, place) {
  const feed = await live(place);
  const metric = { id: "points", name: "Points", type: "point" };
  const changes = [{ metric, delta: { old: null, new: "4" } }];
  await place.notify({ changes });
  await place.stream.drop();
  await place.notify({ changes });
  for (const event of await take(feed, 2)) {
    const [change] = event.changes;
    deepEqual(change, { type: "point", metric, delta: { old: null, oldText: null, new: 4, newText: "4" } }, "change");
  }
  ok(place.reads().length > 0, "one was streamed, the other one read");
}

async function refusedTokens(t, place) {
  await place.stream.refuse({ count: 10, reason: "not with that" });
  const feed = place.open();
  const errors = [];
  feed.on("error", (error) => errors.push(error));
  const error = await failure(() => feed.next());
  t.checkError(error, { name: "AuthError", code: "stream_refused", message: /not with that/ });
  equal(feed.state, "ended", "state");
  deepEqual(await feed.next(), { done: true, value: undefined }, "then");
  deepEqual(errors, [error], "errors told");
  await isClosed(place);
  const log = await whatHappened(place);
  equal(log.filter((what) => what === "opened").length, 2, "connections");
  for (const token of place.streamTokens()) ok(!leaks(error, token), "the error shows the token");
}

/** Nothing more is tried, nor is a token asked for: not within the time in which a feed would have tried again. */
async function isOver(place) {
  const [log, calls] = [await whatHappened(place), place.calls().length];
  await turn(1_100);
  deepEqual(await whatHappened(place), log, "what happened afterwards");
  equal(place.calls().length, calls, "calls afterwards");
}

/** The service gives tokens that its stream doesn't take. */
async function wrongTokens(t, place) {
  const wrong = async (url, init) =>
    url.includes("/notifications/token") ? new Response(JSON.stringify({ token: "wrong-one" })) : fetch(url, init);
  const feed = place.open({ client: place.client({ fetch: wrong }) });
  const error = await failure(() => feed.next());
  t.checkError(error, { name: "AuthError", code: "stream_refused", message: /unauthorized token/ });
  ok(!leaks(error, "wrong-one"), "the error shows the token");
  deepEqual(await feed.next(), { done: true, value: undefined }, "then");
  await isClosed(place);
  const connection = ["opened", "refused", "closed"];
  deepEqual(await whatHappened(place), [...connection, ...connection], "what happened at the stream");
  deepEqual(place.calls(), Array(2).fill("/v2/runtime/notifications/token"), "calls");
  await isOver(place);
}

/** Who isn't let in at all gets no token for the stream. */
async function strangers(t, place) {
  const feed = place.open({ client: place.client({ token: "no-token-of-anybody" }) });
  const error = await failure(() => feed.next());
  t.checkError(error, { name: "AuthError" });
  deepEqual(await feed.next(), { done: true, value: undefined }, "then");
  deepEqual(await whatHappened(place), [], "what happened at the stream");
  deepEqual(place.calls(), ["/v2/runtime/notifications/token"], "calls");
  await isOver(place);
}

async function leaving(t, place) {
  const ends = {
    async break(feed) {
      place.tell(1);
      for await (const { sequence } of feed) if (sequence === 1) break;
    },
    async close(feed) {
      const waits = feed.next();
      feed.close();
      deepEqual(await waits, { done: true, value: undefined }, "what waited");
    },
    async signal(feed, { abort }) {
      const waits = failure(() => feed.next());
      const reason = new Error("enough");
      abort.abort(reason);
      equal(await waits, reason, "what waited");
    },
    async dispose(feed, { client }) {
      const waits = failure(() => feed.next());
      client.dispose();
      t.checkError(await waits, { name: "ConfigError", code: "disposed" });
    },
    async logout(feed, { client }) {
      const waits = failure(() => feed.next());
      await client.logout();
      t.checkError(await waits, { name: "AuthError", code: "signed_out" });
    },
  };
  for (const [name, end] of Object.entries(ends)) {
    const abort = new AbortController();
    const client = place.client();
    const feed = await live(place, { client, signal: abort.signal });
    await end(feed, { client, abort });
    equal(feed.state, "ended", name);
    deepEqual(await feed.next(), { done: true, value: undefined }, `${name}: afterwards`);
    await isClosed(place);
  }
}

async function slowReaders(t, place) {
  const feed = await live(place);
  await place.tell(1);
  await take(feed, 1);
  let given = 0;
  feed.on("notification", () => (given += 1));
  await place.tell(2_500);
  await until(() => given === 1_000, { what: "as many as there is room for" });
  deepEqual(sequences(await take(feed, 2_500)), upTo(2_500), "sequences");
  ok(place.reads().length > 0, "those that there was no room for were read by REST");
}

async function listeners(t, place) {
  const feed = place.open();
  const states = [];
  const heard = [];
  feed.on("state", (state) => states.push(state));
  const off = feed.on("notification", ({ sequence }) => heard.push(sequence));
  await until(() => feed.state === "live", { what: "a live feed" });
  await place.tell(5);
  await until(() => heard.length === 5, { what: "five" });
  off();
  await place.tell(1);
  deepEqual(sequences(await take(feed, 1)), [1], "who iterates afterwards gets what nobody heard");
  deepEqual(heard, upTo(5), "heard");
  const { close } = feed;
  close();
  deepEqual(states, ["live", "ended"], "states");
}

async function sinceThen(t, place) {
  await place.tell(250);
  const feed = place.open({ since: new Date(Date.now() - 60_000) });
  await place.tell(1);
  deepEqual(sequences(await take(feed, 251)), [...upTo(250), 1], "sequences");
  feed.close();
}

/** Clients of v1 have routes of their own, and the same stream. */
async function ofVersion1(t, place) {
  await place.tell(1);
  const feed = await live(place, { client: place.client({ version: "v1" }), since: new Date(Date.now() - 60_000) });
  deepEqual(sequences(await take(feed, 1)), [1], "what was read");
  await place.tell(2);
  deepEqual(sequences(await take(feed, 2)), [1, 2], "what was streamed");
  ok(place.reads().includes("/v1/notifications"), "it was read there");
  feed.close();
}

/** What is told and listed is the same, and the same as the play's own answer says. */
const ofPlays = (version) => async (t, place) => {
  const client = place.client({ version, token: () => t.jwt({ playerId: "newbie" }) });
  const feed = await live(place, { client });
  const { events } = await client.runtime.play("collect", { variables: { n: 60 } });
  const told = await take(feed, 2);
  deepEqual(told.map(({ event }) => event), ["level", "achievement"], "events");
  for (const one of told) deepEqual(one, events.local.find(({ id }) => id === one.id), `${one.event}, as the play's`);
  const [badge, total] = told[1].changes;
  deepEqual([badge.type, badge.delta[0]?.newText], ["set", "1"], "the badge");
  deepEqual([total.type, typeof total.delta.new, typeof total.delta.newText], ["compound", "number", "string"], "points");

  const newestFirst = told.map((event) => ({ ...event, seen: false })).reverse();
  deepEqual(await client.runtime.notificationList().toArray(), newestFirst, "the list");
  const pages = [];
  for await (const page of client.runtime.notificationList({ limit: 1 }).pages()) pages.push(page);
  deepEqual(pages.map(({ total, data }) => [total, data]), newestFirst.map((one) => [2, [one]]), "its pages");
  const root = version === "v1" ? "/v1" : "/v2/runtime";
  deepEqual([...new Set(place.reads())], [`${root}/notifications`], "where they were read");
};

/** Ends while there is no connection yet. */
async function endedWhileItConnects(t, place) {
  const ends = { close: (feed) => feed.close(), dispose: (_, client) => client.dispose() };
  for (const [name, end] of Object.entries(ends)) {
    const [client, tokens] = [place.client(), place.streamTokens().length];
    await place.stream.silence({ ms: 500, newcomers: true });
    const feed = place.open({ client });
    const told = feed.next().catch((error) => error);
    await until(() => place.streamTokens().length > tokens, { what: "a token of the stream" });
    // The socket is there once the answer was read.
    await turn(100);
    equal(feed.state, "connecting", name);
    end(feed, client);
    const came = await told;
    if (name === "dispose") t.checkError(came, { name: "ConfigError", code: "disposed" });
    else deepEqual(came, { done: true, value: undefined }, name);
    equal(feed.state, "ended", name);
    await turn(600);
    const log = await whatHappened(place);
    ok(!log.includes("authenticated"), `${name}: it says nothing any more`);
    equal(log.filter((what) => what === "opened").length, log.filter((what) => what === "closed").length, "connections");
  }
}

/** Where there is no WebSocket. */
function withoutWebSocket(open) {
  const { WebSocket } = globalThis;
  globalThis.WebSocket = undefined;
  try {
    return open({ webSocket: undefined });
  } finally {
    globalThis.WebSocket = WebSocket;
  }
}

async function polling(t, place) {
  const feed = withoutWebSocket((more) => place.open({ ...more, poll: { interval: 50 } }));
  await until(() => feed.state === "polling", { what: "a polling feed" });
  await place.tell(5);
  deepEqual(sequences(await take(feed, 5)), upTo(5), "sequences");
  await place.tell(2);
  deepEqual(sequences(await take(feed, 2)), upTo(2), "sequences later");
  deepEqual(await whatHappened(place), [], "what happened at the stream");
  feed.close();
  const reads = place.reads().length;
  await turn(200);
  equal(place.reads().length, reads, "reads after its end");
}

async function refusedOptions(t, place) {
  const open = (options) => failure(() => place.open(options).next());
  const invalid = { name: "ConfigError", code: "invalid_option" };
  for (const [options, message] of [
    [{ environment: undefined }, /environment/],
    [{ environment: "test" }, /"production" or "staging"/],
    [{ gameId: undefined }, /gameId/],
    [{ gameId: "a b" }, /gameId/],
    [{ playerId: "a b" }, /playerId/],
    [{ since: "yesterday" }, /since/],
    [{ poll: 5 }, /poll/],
    [{ poll: {} }, /poll/],
    [{ signal: {} }, /signal/],
    [{ webSocket: "ws" }, /webSocket/],
  ])
    t.checkError(await open(options), { ...invalid, message });
  t.checkError(await open({ transports: [] }), { name: "ConfigError", code: "unknown_option", message: /transports/ });
  const none = withoutWebSocket((more) => failure(() => place.open(more).next()));
  t.checkError(await none, { name: "ConfigError", code: "no_web_socket", message: /webSocket/ });
  deepEqual(await whatHappened(place), [], "what happened at the stream");
  const feed = place.open();
  t.checkError(await failure(() => feed.on("message", () => {})), { ...invalid, message: /"notification"/ });
}

const CASES = [
  ["what happens is told when it happens, and nothing is read", tellsWhatHappens],
  ["1,000 over three restarts and a silence: each once, in order", survivesAlmostAnything],
  ["a connection on which nothing is told stays", quiet],
  ["events are in the typed form, streamed and read", typed],
  ["a refused token ends it with one error", refusedTokens],
  ["a wrong token of the stream ends it with one error", wrongTokens],
  ["a wrong token of the service ends it with one error", strangers],
  ["break, close, signal, dispose and logout close the socket", leaving],
  ["a slow reader misses nothing", slowReaders],
  ["listeners hear, and their states", listeners],
  ["what was told before, since a date", sinceThen],
  ["without a WebSocket it polls, if that is wanted", polling],
  ["options that can't be used", refusedOptions],
];

const caseOf = (title, run, [name, open]) => ({
  name: `feed, at ${name}: ${title}`,
  run: async (t) => {
    const place = await open(t);
    await run(t, place).finally(place.leave);
  },
});

export const feedCases = [
  ...CASES.flatMap(([title, run]) => places.map((place) => caseOf(title, run, place))),
  caseOf("a client of v1", ofVersion1, places[0]),
  caseOf("what plays tell, streamed and listed", ofPlays("v2"), places[0]),
  caseOf("what plays tell, streamed and listed, in v1", ofPlays("v1"), places[0]),
  caseOf("close and dispose while it connects", endedWhileItConnects, places[0]),
];
