// Calls that are ended from outside: by their caller, or by the clock.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";

const PLAY = "/runtime/actions/collect/play";
const SLOW = 8_000;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function abortsInFlight(t, reason) {
  const client = t.client();
  await t.works(client);
  await t.control.fail({ count: 1, delay: SLOW, method: "POST" });
  const controller = new AbortController();
  const call = client.post(PLAY, {}, { signal: controller.signal });
  const caught = failure(() => call);
  await wait(150);
  if (reason === undefined) controller.abort();
  else controller.abort(reason);
  const error = await caught;
  ok(error === controller.signal.reason, `rejects with signal.reason, not ${error}`);
  await t.control.clearFaults();
  await t.works(client);
}

export const stopCases = [
  { name: "signal: abort() in flight", run: (t) => abortsInFlight(t, undefined) },
  { name: "signal: abort(text) in flight", run: (t) => abortsInFlight(t, "changed my mind") },
  { name: "signal: abort(error) in flight", run: (t) => abortsInFlight(t, new Error("stop")) },
  {
    name: "signal: already aborted",
    async run(t) {
      const client = t.client();
      const reason = { any: "value" };
      const error = await failure(() => client.get("/runtime/player", { signal: AbortSignal.abort(reason) }));
      ok(error === reason, `rejects with signal.reason, not ${error}`);
      deepEqual(await t.calls(), [], "calls that the sandbox got");
      await t.works(client);
    },
  },
  {
    name: "signal: while waiting for a token",
    async run(t) {
      let release;
      const held = new Promise((resolve) => (release = resolve));
      const client = t.client({ token: () => held });
      const controller = new AbortController();
      const caught = failure(() => client.get("/runtime/player", { signal: controller.signal }));
      await wait(50);
      controller.abort("enough");
      equal(await caught, "enough", "rejects with signal.reason");
      deepEqual(await t.calls(), [], "calls that the sandbox got");
      release(await t.jwt());
      await t.works(client);
    },
  },
  {
    name: "signal: one call's signal isn't another's",
    async run(t) {
      let release;
      const held = new Promise((resolve) => (release = resolve));
      const client = t.client({ token: () => held });
      const controller = new AbortController();
      const first = failure(() => client.get("/runtime/player", { signal: controller.signal }));
      const second = client.get("/runtime/player");
      await wait(50);
      controller.abort("mine");
      equal(await first, "mine", "the first rejects");
      release(await t.jwt());
      deepEqual(await second, await t.profile(), "the second gets its answer");
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
];
