// createWebhookHandler by itself: what it answers, and whom it tells. launch-webhooks.mjs has the sandbox call it.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { streamOf } from "../handler.mjs";

const SECRET = "webhook-secret-not-a-real-one";
const OTHER = "another-secret-not-a-real-one";
const URL_OF_HOOK = "https://game.example/hooks/7";
const EVENT = { name: "participant.created", object_type: "participant", object_id: "1", scope: "project" };

async function sign(text, secret = SECRET) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text + secret));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A receiver; `told` has what it was told. `envOf` gives each call's `env`, which is the same one in workers. */
function receiverOf(t, options = { secret: SECRET }, onEvent = () => {}, envOf = () => undefined) {
  const told = [];
  const handler = t.edge.createWebhookHandler(() => ({
    ...options,
    onEvent(event) {
      told.push(event);
      return onEvent(event);
    },
  }));
  const send = async (init) => {
    const response = await handler.fetch(new Request(URL_OF_HOOK, init), envOf());
    const text = await response.text();
    for (const shown of [text, ...(init.method === "HEAD" ? [] : [JSON.stringify([...response.headers])])]) {
      ok(!shown.includes(SECRET), "the answer shows no secret");
    }
    const { status, headers } = response;
    return { status, headers, error: text === "" ? undefined : JSON.parse(text).error };
  };
  return {
    told,
    send,
    head: async (secret) => {
      const headers = secret === undefined ? {} : { "x-webhook-secret": secret };
      return (await send({ method: "HEAD", headers })).status;
    },
    async post(event = EVENT, { secret = SECRET, signature } = {}) {
      const body = typeof event === "string" ? event : JSON.stringify(event);
      const headers = { "x-webhook-signature": signature ?? (await sign(body, secret)) };
      const { status, error } = await send({ method: "POST", body, headers });
      return error === undefined ? status : `${status} ${error}`;
    },
  };
}

/** What is said to the worker's owner while `run` runs. */
async function logged(run) {
  const { error } = console;
  const said = [];
  console.error = (...words) => void said.push(words.map(String).join(" "));
  try {
    await run();
  } finally {
    console.error = error;
  }
  return said.join("\n");
}

const OPTIONS = [
  ["neither secret nor storage", {}, /`secret` or option `storage`/],
  ["both", { secret: SECRET, storage: { load() {}, store() {}, remove() {} } }, /`secret` or option `storage`/],
  ["a secret that is none", { secret: "a b" }, /`secret`/],
  ["a storage that is none", { storage: {} }, /`storage`/],
  ["an option that there isn't", { secret: SECRET, path: "/hook" }, /`path`/],
  ["a limit that is none", { secret: SECRET, maxBodySize: 0 }, /`maxBodySize`/],
  ["a window that is none", { secret: SECRET, replayWindow: -1 }, /`replayWindow`/],
];

export const toornamentWebhookCases = [
  ...OPTIONS.map(([title, options, message]) => ({
    name: `toornament: bad options of a webhook: ${title}`,
    needs: "edge",
    async run(t) {
      const { post, told } = receiverOf(t, options);
      const said = await logged(async () => equal(await post(), "500 server_error", "answer"));
      match(said, message, "log");
      ok(!said.includes(SECRET), "the log shows no secret");
      deepEqual(told, [], "told");
    },
  })),
  {
    name: "toornament: createWebhookHandler takes a function",
    needs: "edge",
    async run(t) {
      const error = await failure(async () => t.edge.createWebhookHandler({ secret: SECRET }));
      t.checkError(error, { name: "ConfigError", code: "invalid_option" });
    },
  },
  {
    name: "toornament: a receiver that knows its secret: HEAD with it is 200, else 403",
    needs: "edge",
    async run(t) {
      const { head, send } = receiverOf(t);
      const statuses = [await head(SECRET), await head(OTHER), await head(), await head("x".repeat(257))];
      deepEqual(statuses, [200, 403, 400, 400], "HEAD");
      const { headers } = await send({ method: "HEAD", headers: { "x-webhook-secret": SECRET } });
      equal(headers.get("x-webhook-secret"), SECRET, "the secret comes back to who brought it");
      for (const method of ["GET", "PUT", "OPTIONS"]) {
        const { status, error, headers } = await send({ method });
        deepEqual([status, error, headers.get("allow")], [405, "method_not_allowed", "HEAD, POST"], method);
      }
    },
  },
  {
    name: "toornament: the secret is learnt from the first HEAD, and no other one takes its place",
    needs: "edge",
    async run(t) {
      const storage = t.edge.memoryStorage();
      const { head, post, told } = receiverOf(t, { storage });
      equal(await post(), "503 temporarily_unavailable", "before");
      deepEqual([await head(SECRET), await head(OTHER), await head(SECRET)], [200, 403, 200], "HEAD");
      equal(await post(EVENT, { secret: OTHER }), "401 invalid_signature", "by the other secret");
      equal(await post(), 200, "by the first");
      deepEqual(told, [EVENT], "told");
      const another = receiverOf(t, { storage });
      deepEqual([await another.head(OTHER), await another.head(SECRET)], [403, 200], "of another isolate");
      equal(await another.post(), 200, "the same event");
      deepEqual(another.told, [], "told to the other isolate");
    },
  },
  {
    name: "toornament: of two first secrets that come at once one counts, however slow the storage is",
    needs: "edge",
    async run(t) {
      const envs = [() => undefined, () => ({})];
      for (const [slow, envOf] of [SECRET, OTHER].flatMap((slow) => envs.map((envOf) => [slow, envOf]))) {
        const kept = t.edge.memoryStorage();
        const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
        const storage = {
          ...kept,
          load: async (key) => {
            const record = kept.load(key);
            await after(5);
            return record;
          },
          store: async (key, record) => {
            await after(record.secret === slow ? 20 : 1);
            kept.store(key, record);
          },
        };
        const { head } = receiverOf(t, { storage }, undefined, envOf);
        deepEqual(await Promise.all([head(SECRET), head(OTHER)]), [200, 403], `at once, ${slow} is stored slowly`);
        equal(kept.load("webhook-secret").secret, SECRET, "stored");
        deepEqual([await head(SECRET), await head(OTHER)], [200, 403], "later");
      }
    },
  },
  {
    name: "toornament: the first secret stays while storage doesn't show yet what was stored",
    needs: "edge",
    async run(t) {
      const stored = [];
      const storage = { load: () => undefined, store: (_, { secret }) => void stored.push(secret), remove() {} };
      const { head } = receiverOf(t, { storage });
      deepEqual([await head(SECRET), await head(OTHER), await head(SECRET)], [200, 403, 200], "HEAD");
      ok(!stored.includes(OTHER), "the other one is stored");
    },
  },
  {
    name: "toornament: only events that are signed are told",
    needs: "edge",
    async run(t) {
      const { post, told } = receiverOf(t);
      const good = await sign(JSON.stringify(EVENT));
      for (const signature of ["", "0".repeat(64), good.slice(1), `${good}0`, `sha256=${good}`, await sign("{}")]) {
        equal(await post(EVENT, { signature }), "401 invalid_signature", signature);
      }
      deepEqual(told, [], "told");
      equal(await post(EVENT, { signature: good.toUpperCase() }), 200, "in capitals");
      equal(await post(EVENT, { signature: good }), 200, "again");
      deepEqual(told, [EVENT], "told");
    },
  },
  {
    name: "toornament: what is signed and no event, is none",
    needs: "edge",
    async run(t) {
      const { post, told } = receiverOf(t);
      for (const text of ["", "{", "null", "[]", "{}", '{"name":7}']) equal(await post(text), "400 invalid_body", text);
      deepEqual(told, [], "told");
    },
  },
  {
    name: "toornament: bodies are limited, whether they say so or not",
    needs: "edge",
    async run(t) {
      const { post, send, told } = receiverOf(t);
      equal(await post({ ...EVENT, more: "x".repeat(16_384) }), "413 body_too_large", "by the default");
      const { init, read } = streamOf(1_000_000);
      equal((await send({ method: "POST", ...init })).error, "body_too_large", "a stream");
      ok(read() < 100_000, `${read()} bytes of it were read`);
      const small = receiverOf(t, { secret: SECRET, maxBodySize: 50 });
      equal(await small.post(), "413 body_too_large", "by the option");
      deepEqual([...told, ...small.told], [], "told");
    },
  },
  {
    name: "toornament: an event whose work failed is told again, and nothing shows why",
    needs: "edge",
    async run(t) {
      let failures = 1;
      const work = () => {
        if (failures-- > 0) throw new Error("the database is away");
      };
      const { post, told } = receiverOf(t, { secret: SECRET }, work);
      const said = await logged(async () => equal(await post(), "500 server_error", "answer"));
      match(said, /onEvent failed.*the database is away/, "log");
      equal(await post(), 200, "again");
      equal(await post(), 200, "and again");
      equal(told.length, 2, "times told");
    },
  },
  {
    name: "toornament: of two that come at once one is told, and the other has to come again",
    needs: "edge",
    async run(t) {
      let finish;
      const finished = new Promise((resolve) => (finish = resolve));
      let begun;
      const beginning = new Promise((resolve) => (begun = resolve));
      const { post, told } = receiverOf(t, { secret: SECRET }, () => (begun(), finished));
      const first = post();
      await beginning;
      equal(await post(), "503 temporarily_unavailable", "meanwhile");
      finish();
      equal(await first, 200, "the first");
      equal(await post(), 200, "later");
      equal(told.length, 1, "times told");
    },
  },
  {
    name: "toornament: the window's end, and none at all",
    needs: "edge",
    async run(t) {
      const all = receiverOf(t, { secret: SECRET, replayWindow: 0 });
      for (let time = 0; time < 3; time++) equal(await all.post(), 200, "answer");
      equal(all.told.length, 3, "times told without a window");
      const kept = t.edge.memoryStorage();
      await kept.store("webhook-secret", { secret: SECRET });
      const forgotten = [];
      const storage = { ...kept, remove: (key) => (forgotten.push(key), kept.remove(key)) };
      const short = receiverOf(t, { storage, replayWindow: 0.05 });
      equal(await short.post(), 200, "answer");
      const key = `webhook-event-${await sign(JSON.stringify(EVENT))}`;
      ok(kept.load(key)?.expires_at > 0, "the storage knows of it");
      await new Promise((resolve) => setTimeout(resolve, 60));
      equal(await short.post({ ...EVENT, object_id: "2" }), 200, "another event");
      deepEqual(forgotten, [key], "what the storage is to forget");
    },
  },
  {
    name: "toornament: a storage that fails is told of, and the service comes again",
    needs: "edge",
    async run(t) {
      const storage = { load: () => Promise.reject(new Error("KV is away")), store() {}, remove() {} };
      const { head, post, told } = receiverOf(t, { storage });
      const said = await logged(async () => {
        equal(await post(), "503 temporarily_unavailable", "POST");
        equal(await head(SECRET), 503, "HEAD");
      });
      match(said, /KV is away/, "log");
      deepEqual(told, [], "told");
    },
  },
  {
    name: "toornament: what is begun is finished when the service goes away",
    needs: "edge",
    async run(t) {
      const waited = [];
      const handler = t.edge.createWebhookHandler((env) => ({ secret: env.secret, onEvent() {} }));
      const context = { waitUntil: (promise) => void waited.push(promise) };
      const body = JSON.stringify(EVENT);
      const headers = { "x-webhook-signature": await sign(body) };
      const request = new Request(URL_OF_HOOK, { method: "POST", body, headers });
      equal((await handler.fetch(request, { secret: SECRET }, context)).status, 200, "status");
      equal(waited.length, 1, "promises");
    },
  },
];
