// What a panic of the wasm does to those who called, on a package whose wasm has routes that panic.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";
import { until } from "../../lib/limits.mjs";
import { leaks } from "../leaks.mjs";

const PROFILE = "/runtime/player";
const POLLED = "/panic-switch/polled";
const AT_ONCE = "/panic-switch/at-once";
const THROWN = "/panic-switch/thrown";

// Of calls that are left waiting: Node waits for their timers.
const TIMEOUT = 3_000;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A `fetch` whose answers wait, signal or not, until they are released. */
function slowFetch() {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const slow = {
    sent: 0,
    release,
    async fetch(url, init) {
      slow.sent += 1;
      const answer = await fetch(url, { ...init, signal: undefined });
      await held;
      return answer;
    },
  };
  return slow;
}

function checkFault(t, error, secrets = []) {
  t.checkError(error, { code: "internal", message: /fault in playoff-wasm.*report/ });
  equal(error.constructor, t.pkg.PlayoffError, "class");
  equal(error.retryable, false, "retryable");
  ok(error.cause instanceof Error, "the cause is what was thrown");
  for (const secret of secrets) ok(!leaks(error, secret), "the error shows the token");
}

/** Presses the switch; gives what the call rejects with. */
const press = (client, route = POLLED) => failure(() => client.get(route), "the call that panics");

export const faultCases = [
  {
    name: "panic: ten pending calls reject with `internal`, and the next call works",
    async run(t) {
      const slow = slowFetch();
      const jwt = await t.jwt();
      let now = slow.fetch;
      const client = t.client({ token: () => jwt, fetch: (...given) => now(...given), timeout: TIMEOUT });
      const pending = Array.from({ length: 10 }, () => failure(() => client.get(PROFILE), "a pending call"));
      await until(() => slow.sent === 10, { what: "all calls are sent" });
      const error = await press(client);
      now = fetch;
      equal(client.claims(), undefined, "claims of a client made anew");
      const next = client.get(PROFILE);
      checkFault(t, error, [jwt]);
      ok(error.cause instanceof WebAssembly.RuntimeError, "the cause is the trap");
      for (const one of await Promise.all(pending)) checkFault(t, one, [jwt]);
      deepEqual(await next, await t.profile(), "profile");
      slow.release();
      await wait(100);
      await t.works(client);
    },
  },
  {
    name: "panic: other clients' calls reject too, and the clients go on",
    async run(t) {
      const slow = slowFetch();
      let now = slow.fetch;
      const make = () => t.client({ fetch: (...given) => now(...given), timeout: TIMEOUT });
      const [one, other, idle] = [make(), make(), make()];
      const pending = Promise.all([one, other].map((client) => failure(() => client.get(PROFILE))));
      await until(() => slow.sent === 2, { what: "both calls are sent" });
      checkFault(t, await press(t.client()));
      now = fetch;
      for (const error of await pending) checkFault(t, error);
      slow.release();
      for (const client of [one, other, idle, make()]) await t.works(client);
    },
  },
  {
    name: "panic: again and again",
    async run(t) {
      const client = t.client();
      for (let round = 0; round < 2; round++) {
        checkFault(t, await press(client));
        checkFault(t, await press(client));
        await t.works(client);
      }
      for (let round = 0; round < 40; round++) checkFault(t, await press(client));
      await t.works(client);
    },
  },
  {
    name: "panic: before there is a promise",
    async run(t) {
      const client = t.client();
      const call = client.get(AT_ONCE);
      ok(call instanceof Promise, "a promise all the same");
      checkFault(t, await failure(() => call));
      await t.works(client);
    },
  },
  {
    name: "panic: an exception that nobody in the wasm catches",
    async run(t) {
      const client = t.client();
      const error = await press(client, THROWN);
      checkFault(t, error);
      equal(error.cause.message, "the panic switch was pressed", "message of the cause");
      await t.works(client);
    },
  },
  {
    name: "panic: in a call that the token callback makes",
    async run(t) {
      const broken = t.client();
      let inner;
      const client = t.client({
        token() {
          inner ??= press(broken, AT_ONCE);
          return t.jwt();
        },
      });
      checkFault(t, await failure(() => client.get(PROFILE)));
      checkFault(t, await inner);
      await t.works(client);
      await t.works(broken);
    },
  },
  {
    name: "panic: timers, signals and tokens that come afterwards do no harm",
    async run(t) {
      let giveToken;
      const token = new Promise((resolve) => (giveToken = resolve));
      const slow = slowFetch();
      const client = t.client({ token: () => token, timeout: 300 });
      const other = t.client({ fetch: slow.fetch, timeout: 300 });
      const controller = new AbortController();
      const pending = [
        failure(() => client.get(PROFILE)),
        failure(() => client.get(PROFILE, { signal: controller.signal })),
        failure(() => other.get(PROFILE, { signal: controller.signal })),
      ];
      await until(() => slow.sent === 1, { what: "the call is sent" });
      checkFault(t, await press(t.client()));
      for (const error of await Promise.all(pending)) checkFault(t, error);
      let tokens = 0;
      const countedToken = () => ((tokens += 1), t.jwt());
      const others = Array.from({ length: 5 }, () => t.client({ token: countedToken }));
      await Promise.all(others.map(t.works));
      const sent = (await t.calls()).length;
      equal(tokens, 5, "tokens asked for");
      controller.abort();
      giveToken(await t.jwt());
      slow.release();
      await wait(400);
      equal((await t.calls()).length, sent, "calls that the sandbox got");
      await Promise.all(others.map(t.works));
      equal(tokens, 5, "tokens asked for, since nothing of the new wasm was lost");
      await t.works(client);
    },
  },
  {
    name: "panic: a client made anew has the options it was made with",
    async run(t) {
      const options = { token: () => t.jwt(), apiUrl: t.sandbox.apiUrl, authUrl: t.sandbox.authUrl };
      const client = t.pkg.createClient(options);
      options.token = "another";
      delete options.apiUrl;
      checkFault(t, await press(client));
      await t.works(client);
    },
  },
  {
    name: "panic: who listens goes on listening, and who was disposed of or signed out stays so",
    async run(t) {
      const heard = [];
      const [client, disposed, signedOut] = [t.client(), t.client(), t.client({ token: await t.jwt() })];
      client.on("token", ({ reason }) => heard.push(reason));
      disposed.dispose();
      await signedOut.logout();
      checkFault(t, await press(t.client()));
      await t.works(client);
      equal(heard.length, 1, "tokens that were told of");
      t.checkError(await failure(() => disposed.get(PROFILE)), { code: "disposed" });
      t.checkError(await failure(() => signedOut.get(PROFILE)), { code: "token_missing" });
    },
  },
  {
    name: "panic: what is collected of the old wasm frees nothing of the new one",
    needs: "node",
    async run(t) {
      const clients = Array.from({ length: 50 }, () => t.client());
      checkFault(t, await press(clients[0]));
      // Made anew they lie where the old ones lay, which nobody holds any more.
      await Promise.all(clients.map(t.works));
      for (let round = 0; round < 5; round++) {
        globalThis.gc();
        await wait(20);
      }
      await Promise.all(clients.map(t.works));
    },
  },
];

/** What a package without the switch does. */
export const faultlessCases = [
  {
    name: "the published wasm has no panic switch",
    async run(t) {
      const client = t.client();
      for (const route of [POLLED, AT_ONCE, THROWN]) t.checkError(await press(client, route), { name: "ApiError" });
      await t.works(client);
    },
  },
];
