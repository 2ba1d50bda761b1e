// Calls that are ended from outside: by their caller, at every stage they can be at, or by the clock.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";
import { withLimit } from "../../lib/limits.mjs";
import { createGate, turn } from "../gate.mjs";

const ROUTE = "/runtime/player";
const PLAY = "/runtime/actions/collect/play";
const SLOW = 8_000;

// How a signal is aborted, and whether that was before the call.
const ABORTS = {
  "abort()": (controller) => controller.abort(),
  'abort("text")': (controller) => controller.abort("changed my mind"),
  "abort(new Error())": (controller) => controller.abort(new Error("stop")),
};

/** Does something once only, and `otherwise` ever after. */
function once(first, otherwise) {
  let done = false;
  return (...args) => {
    if (done) return otherwise(...args);
    done = true;
    return first(...args);
  };
}

/** A response whose body begins, and then nothing more comes. `stalled` is called when the rest is waited for. */
function stalling(stalled) {
  let pulled = 0;
  const body = new ReadableStream({
    pull(controller) {
      pulled += 1;
      if (pulled === 1) return controller.enqueue(new TextEncoder().encode('{"id":'));
      stalled();
      return new Promise(() => {});
    },
  });
  return new Response(body, { headers: { "content-type": "application/json" } });
}

/** A service that is out until later than anybody waits. */
const outage = (t) =>
  t.control.fail({
    count: 1,
    method: "GET",
    path: `/v2${ROUTE}`,
    status: 503,
    headers: { "retry-after": "50", "access-control-expose-headers": "retry-after" },
  });

// Where a call may be when it is ended: the options that make it wait there, once, and what goes before.
const STAGES = {
  "waiting for a token": (t, arrive) => ({ token: once(arrive, () => t.jwt()) }),
  "in flight": async (t, arrive) => {
    await t.control.fail({ count: 1, delay: SLOW, method: "GET", path: `/v2${ROUTE}` });
    return { fetch: (...args) => (arrive(), fetch(...args)) };
  },
  "reading the body": (t, arrive) => ({ fetch: once(() => stalling(arrive), fetch) }),
  "waiting between tries": async (t, arrive) => {
    await outage(t);
    return { on: ["retry", arrive] };
  },
  "in the hook beforeRequest": (t, arrive) => ({ hooks: { beforeRequest: once(arrive, () => {}) } }),
  "in the hook afterResponse": (t, arrive) => ({ hooks: { afterResponse: once(arrive, () => {}) } }),
  "in the hook beforeRetry": async (t, arrive) => {
    await outage(t);
    return { hooks: { beforeRetry: once(arrive, () => {}) } };
  },
};

/** The call rejects with the signal's reason, before a timer of 0 ms that was set right after it was aborted. */
async function rejectsAtOnce(call, signal) {
  let late = false;
  setTimeout(() => (late = true), 0);
  const error = await call;
  ok(error === signal.reason, `rejects with signal.reason, not ${error}`);
  ok(!late, "rejects before a timer of 0 ms");
}

async function clientAt(t, stage) {
  const gate = createGate();
  const { on, ...options } = await stage(t, gate.arrive);
  const client = t.client(options);
  if (on) client.on(...on);
  return { client, reached: gate.reached };
}

async function endsAt(t, stage, abort) {
  const { client, reached } = await clientAt(t, stage);
  const controller = new AbortController();
  const call = failure(() => client.get(ROUTE, { signal: controller.signal }));
  await reached;
  await turn(30);
  abort(controller);
  await rejectsAtOnce(call, controller.signal);
  await t.control.clearFaults();
  await t.works(client);
}

async function neverBegins(t, stage) {
  const { client } = await clientAt(t, stage);
  for (const reason of [undefined, "changed my mind", new Error("stop"), { any: "value" }]) {
    const signal = AbortSignal.abort(reason);
    await rejectsAtOnce(
      failure(() => client.get(ROUTE, { signal })),
      signal,
    );
  }
  deepEqual(await t.calls(), [], "calls that the sandbox got");
}

export const stopCases = [
  ...Object.entries(STAGES).flatMap(([title, stage]) => [
    ...Object.entries(ABORTS).map(([how, abort]) => ({
      name: `signal: ${how} while ${title}`,
      run: (t) => endsAt(t, stage, abort),
    })),
    {
      name: `signal: already aborted, of a call that would be ${title}`,
      run: (t) => neverBegins(t, stage),
    },
  ]),
  {
    name: "signal: already aborted, and the client works afterwards",
    async run(t) {
      const client = t.client();
      const signal = AbortSignal.abort();
      await rejectsAtOnce(
        failure(() => client.post(PLAY, {}, { signal })),
        signal,
      );
      deepEqual(await t.calls(), [], "calls that the sandbox got");
      await t.works(client);
    },
  },
  {
    name: "signal: one without a reason ends a call, a list and a feed with an AbortError",
    async run(t) {
      const signal = { aborted: true, addEventListener() {}, removeEventListener() {} };
      const client = t.client();
      const feed = { environment: "production", gameId: "g" };
      for (const wait of [
        () => client.get(ROUTE, { signal }),
        () => client.getToken({ signal }),
        () => client.runtime.players({ signal }).toArray(),
        () => client.runtime.notifications({ ...feed, signal }).next(),
      ]) {
        const error = await failure(wait);
        ok(error instanceof DOMException, `a DOMException, not ${error}`);
        equal(error.name, "AbortError", "name");
      }
      deepEqual(await t.calls(), [], "calls that the sandbox got");
    },
  },
  {
    name: "signal: one call's signal isn't another's",
    async run(t) {
      const gate = createGate();
      const client = t.client({ token: gate.arrive });
      const controller = new AbortController();
      const first = failure(() => client.get(ROUTE, { signal: controller.signal }));
      const second = client.get(ROUTE);
      await gate.reached;
      controller.abort("mine");
      equal(await first, "mine", "the first rejects");
      gate.open(await t.jwt());
      deepEqual(await second, await t.profile(), "the second gets its answer");
    },
  },
  {
    name: "signal: of getToken",
    async run(t) {
      const gate = createGate();
      const client = t.client({ token: once(gate.arrive, () => t.jwt()) });
      const controller = new AbortController();
      const call = failure(() => client.getToken({ signal: controller.signal }));
      await gate.reached;
      controller.abort("enough");
      await rejectsAtOnce(call, controller.signal);
      await t.works(client);
    },
  },
  {
    name: "signal: of a POST in flight, which isn't sent again",
    async run(t) {
      await t.control.fail({ count: 1, delay: SLOW, method: "POST" });
      const client = t.client();
      const controller = new AbortController();
      const call = failure(() => client.post(PLAY, {}, { signal: controller.signal }));
      await turn(150);
      controller.abort();
      await rejectsAtOnce(call, controller.signal);
      await t.control.clearFaults();
      await t.works(client);
      const plays = (await t.calls()).filter((one) => one.method === "POST");
      ok(plays.length <= 1, "sent once");
    },
  },
  {
    name: "signal: aborted after the answer, it does nothing",
    async run(t) {
      const client = t.client();
      const controller = new AbortController();
      const profile = await client.get(ROUTE, { signal: controller.signal });
      controller.abort();
      deepEqual(profile, await t.profile(), "profile");
      await t.works(client);
    },
  },
  {
    name: "signal: ends the body of a response that was handed out",
    async run(t) {
      const client = t.client({ apiUrl: t.elsewhere });
      const read = {
        "that nobody reads yet": (response) => response,
        "that is being read": (response) => response.text(),
      };
      for (const [which, begin] of Object.entries(read)) {
        const controller = new AbortController();
        const response = await client.get("/stalls", { as: "response", signal: controller.signal, timeout: 5_000 });
        const begun = begin(response);
        await turn(30);
        controller.abort();
        const error = await withLimit(
          failure(async () => (await begun).text()),
          5_000,
          `the end of a body ${which}`,
        );
        ok(error !== undefined, which);
      }
      await t.works(t.client());
    },
  },
  {
    name: "timeout: doesn't end the body of a response that was handed out",
    async run(t) {
      const client = t.client({ apiUrl: t.elsewhere });
      const controller = new AbortController();
      const response = await client.get("/stalls", { as: "response", timeout: 1_000, signal: controller.signal });
      const reader = response.body.getReader();
      equal(new TextDecoder().decode((await reader.read()).value), "[1,", "what came");
      const rest = failure(() => reader.read());
      equal(await Promise.race([rest, turn(1_200).then(() => "nothing yet")]), "nothing yet", "after the timeout");
      controller.abort();
      ok((await rest) !== undefined, "it ends by the signal");
    },
  },
  {
    name: "timeout: of the client",
    async run(t) {
      const client = t.client({ timeout: 300 });
      await t.works(client);
      await t.control.fail({ count: 1, delay: SLOW, method: "POST" });
      const error = await failure(() => client.post(PLAY, {}));
      t.checkError(error, { name: "TimeoutError", code: "timeout", message: /300/ });
      equal(error.retryable, true, "retryable");
      await t.control.clearFaults();
      await t.works(client);
    },
  },
  {
    name: "timeout: of one call",
    async run(t) {
      const client = t.client();
      await t.control.fail({ count: 1, delay: SLOW, method: "POST" });
      const error = await failure(() => client.post(PLAY, {}, { timeout: 250 }));
      t.checkError(error, { name: "TimeoutError", code: "timeout", message: /250/ });
      await t.control.clearFaults();
      await t.works(client);
    },
  },
  {
    name: "timeout: of a body that stalls",
    async run(t) {
      const client = t.client({ fetch: once(() => stalling(() => {}), fetch) });
      const error = await failure(() => client.get(ROUTE, { timeout: 250, retry: 0 }));
      t.checkError(error, { name: "TimeoutError", code: "timeout", message: /250/ });
      await t.works(client);
    },
  },
];
