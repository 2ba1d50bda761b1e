// Tokens in the caller's storage: kept, found again, and done without where it doesn't work.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { nowSeconds } from "../forge.mjs";
import { turn } from "../gate.mjs";
import { leaks } from "../leaks.mjs";

/** What hears all events of a client. */
function listen(client) {
  const heard = { token: [], signedOut: [], retry: [], warning: [] };
  for (const type of Object.keys(heard)) client.on(type, (event) => heard[type].push(event));
  return heard;
}

/** A storage whose content the case sees, and the keys that were asked for. */
function openStorage(later = (value) => value) {
  const held = new Map();
  const keys = new Set();
  const under = (key, action) => (keys.add(key), later(action()));
  return {
    held,
    keys,
    storage: {
      load: (key) => under(key, () => held.get(key)),
      store: (key, token) => under(key, () => void held.set(key, structuredClone(token))),
      remove: (key) => under(key, () => void held.delete(key)),
    },
  };
}

/** A client that counts how often its callback is asked; every token is another text. */
function counting(t, options) {
  const made = [];
  const token = async ({ reason, playerId }) => {
    const text = await t.jwt({ expiresIn: 3600 + made.length, ...(playerId && { playerId }) });
    made.push({ reason, text });
    return text;
  };
  return { made, client: t.client({ token, ...options }) };
}

const reject = () => Promise.reject(new Error("no room"));
const fail = () => {
  throw new Error("no room");
};
const failWith = (key, token) => {
  throw Object.assign(new Error(`can't keep ${token?.access_token}`), { token, cause: token?.access_token });
};

const BROKEN = {
  throws: { load: fail, store: fail, remove: fail },
  rejects: { load: reject, store: reject, remove: reject },
  "throws what it was given": { load: fail, store: failWith, remove: fail },
};

const WORKING = {
  "one that answers at once": () => openStorage().storage,
  "one that answers later": () => openStorage(async (value) => (await turn(5), value)).storage,
  memoryStorage: (t) => t.pkg.memoryStorage(),
};

/** What a first client stores, a second one finds; after a logout nobody finds it. */
async function serves(t, storage) {
  const first = counting(t, { storage });
  await t.works(first.client);
  const second = counting(t, { storage });
  const heard = listen(second.client);
  await t.works(second.client);
  await t.works(second.client);
  deepEqual([first.made.length, second.made.length], [1, 0], "times asked");
  deepEqual(heard.warning, [], "warnings");
  await second.client.logout();
  const third = counting(t, { storage });
  await t.works(third.client);
  equal(third.made.length, 1, "times asked after a logout");
}

// What `load` gives: nothing of it can be used.
const GARBAGE = {
  "a text": "garbage",
  "a number": 7,
  "an array": [1],
  "an empty object": {},
  "a record without text": { access_token: 7 },
  "a record with an empty text": { access_token: "" },
  "a record with an error page": { access_token: "<html> no" },
  "a record whose end is no date": { access_token: "", expires_at: "soon" },
};

// What `load` gives, of a token that is good for an hour or ended an hour ago.
const ENDS = {
  "a number of seconds": (seconds) => seconds,
  "a Date": (seconds) => new Date(seconds * 1000),
  "a Date as JSON writes it": (seconds) => new Date(seconds * 1000).toISOString(),
};

export const storageCases = [
  ...Object.entries(BROKEN).map(([title, storage]) => ({
    name: `storage: ${title} on every call, and calls succeed`,
    async run(t) {
      const { made, client } = counting(t, { storage });
      const heard = listen(client);
      await t.works(client);
      await t.works(client);
      await t.control.revoke({ access_token: made[0].text });
      await t.works(client);
      equal(heard.warning.length, 1, "warnings");
      const [warning] = heard.warning;
      equal(warning.code, "storage_failed", "code");
      match(warning.message, /`storage`/, "message");
      for (const { text } of made) ok(!leaks(warning, text), "the warning shows no token");
    },
  })),
  {
    name: "storage: one that is full is told of whenever it should store, and shows no token",
    async run(t) {
      const storage = { load: () => null, store: failWith, remove: () => {} };
      const { made, client } = counting(t, { storage });
      const heard = listen(client);
      await t.works(client);
      await t.control.revoke({ access_token: made[0].text });
      await t.works(client);
      deepEqual(
        heard.warning.map((warning) => warning.code),
        ["storage_failed", "storage_failed"],
        "codes",
      );
      for (const { text } of made) ok(!leaks(heard.warning, text), "the warnings show no token");
    },
  },
  {
    name: "storage: when it works again and fails again, there is another warning",
    async run(t) {
      let broken = true;
      const { storage } = openStorage((value) => (broken ? fail() : value));
      const { made, client } = counting(t, { storage });
      const heard = listen(client);
      const renew = async () => {
        await t.control.revoke({ access_token: made.at(-1).text });
        await t.works(client);
      };
      await t.works(client);
      broken = false;
      await renew();
      equal(heard.warning.length, 1, "warnings");
      broken = true;
      await renew();
      equal(heard.warning.length, 2, "warnings");
    },
  },
  ...Object.entries(WORKING).map(([title, make]) => ({
    name: `storage: ${title}; a token is found again, until somebody signs out`,
    run: (t) => serves(t, make(t)),
  })),
  {
    name: "storage: what is stored is a record as token endpoints give it, with the time of its end",
    async run(t) {
      const { held, storage } = openStorage();
      const { made, client } = counting(t, { storage });
      await t.works(client);
      const [record] = held.values();
      const { expires_at, ...rest } = record;
      deepEqual(rest, { access_token: made[0].text, token_type: "jwt" }, "record");
      ok(Math.abs(expires_at - nowSeconds() - 3600) < 60, `an hour from now, not ${expires_at}`);
    },
  },
  {
    name: "storage: a stored token that the service refuses isn't used again",
    async run(t) {
      const { storage } = openStorage();
      const first = counting(t, { storage });
      await t.works(first.client);
      const dead = first.made[0].text;
      await t.control.revoke({ access_token: dead });
      await t.control.clearLog();
      // Of the same second as the first one's: another lifetime makes another text.
      const mint = () => t.jwt({ expiresIn: 1800 });
      await t.works(t.client({ storage, token: mint }));
      await t.works(t.client({ storage, token: mint }));
      const calls = await t.calls();
      deepEqual(
        calls.map((call) => call.status),
        [401, 200, 200],
        "statuses",
      );
      equal(calls.filter((call) => call.query.jwt === dead).length, 1, "times the dead token was sent");
    },
  },
  {
    name: "storage: one that gives the refused token again and again doesn't bring it back",
    async run(t) {
      const dead = await t.jwt({ expiresIn: 1800 });
      await t.control.revoke({ access_token: dead });
      const storage = { load: () => ({ access_token: dead }), store: () => {}, remove: () => {} };
      const { made, client } = counting(t, { storage });
      await t.works(client);
      await t.works(client);
      deepEqual(
        made.map((one) => one.reason),
        ["refused"],
        "reasons",
      );
      const dealt = (await t.calls()).filter((call) => call.query.jwt === dead);
      equal(dealt.length, 1, "times the dead token was sent");
    },
  },
  ...Object.entries(GARBAGE).map(([title, garbage]) => ({
    name: `storage: holds ${title}, and calls succeed`,
    async run(t) {
      const storage = { load: () => garbage, store: () => {}, remove: () => {} };
      const { made, client } = counting(t, { storage });
      await t.works(client);
      equal(made.length, 1, "times asked");
    },
  })),
  ...Object.entries(ENDS).flatMap(([title, write]) => [
    {
      name: `storage: a token whose end is ${title} is used while it lasts`,
      async run(t) {
        const record = { access_token: await t.jwt(), expires_at: write(nowSeconds() + 1800) };
        const { made, client } = counting(t, { storage: { load: () => record, store: () => {}, remove: () => {} } });
        await t.works(client);
        equal(made.length, 0, "times asked");
      },
    },
    {
      name: `storage: a token whose end was ${title} isn't used`,
      async run(t) {
        const record = { access_token: "old", expires_at: write(nowSeconds() - 3600) };
        const { made, client } = counting(t, { storage: { load: () => record, store: () => {}, remove: () => {} } });
        await t.works(client);
        equal(made.length, 1, "times asked");
        equal((await t.calls()).length, 1, "calls");
      },
    },
  ]),
  {
    name: "storage: its keys tell neither player nor service, and every player has another one",
    async run(t) {
      const { held, keys, storage } = openStorage();
      const { client } = counting(t, { storage, tokenPer: "player" });
      for (const playerId of ["johny", "mara"]) await client.get("/runtime/player", { playerId });
      equal(held.size, 2, "stored tokens");
      for (const key of keys) match(key, /^playoff-wasm:[0-9a-f]{64}$/, "key");
      const again = counting(t, { storage, tokenPer: "player" });
      for (const playerId of ["johny", "mara"]) await again.client.get("/runtime/player", { playerId });
      deepEqual([keys.size, again.made.length], [2, 0], "keys, and tokens asked for by another client");
    },
  },
  {
    name: "storage: another service, another key",
    async run(t) {
      const { keys, storage } = openStorage();
      await t.works(counting(t, { storage }).client);
      await t.works(counting(t, { storage, provider: "playlyfe" }).client);
      equal(keys.size, 2, "keys");
    },
  },
  {
    name: "logout: removes the stored token, says so, and the callback is asked anew",
    async run(t) {
      const { held, storage } = openStorage();
      const { made, client } = counting(t, { storage });
      const heard = listen(client);
      await t.works(client);
      equal(held.size, 1, "stored tokens");
      equal(await client.logout(), undefined, "what logout gives");
      equal(held.size, 0, "stored tokens after the logout");
      deepEqual(
        heard.signedOut.map((event) => event.reason),
        ["logout"],
        "reasons",
      );
      equal(client.claims(), undefined, "claims");
      await t.works(client);
      deepEqual(
        made.map((one) => one.reason),
        ["initial", "initial"],
        "reasons",
      );
    },
  },
  {
    name: "logout: the token is gone as soon as it is called",
    async run(t) {
      const client = t.client();
      await t.works(client);
      const leaving = client.logout();
      equal(client.claims(), undefined, "claims");
      await leaving;
    },
  },
  {
    name: "logout: what a new client would find is removed, even if this one never made a call",
    async run(t) {
      const { held, storage } = openStorage();
      await t.works(counting(t, { storage }).client);
      await counting(t, { storage }).client.logout();
      equal(held.size, 0, "stored tokens");
    },
  },
  ...[
    ["throws", fail],
    ["rejects", reject],
  ].map(([title, remove]) => ({
    name: `logout: rejects with storage_failed where remove ${title}, and has signed out all the same`,
    async run(t) {
      const { storage } = openStorage();
      const { made, client } = counting(t, { storage: { ...storage, remove } });
      const heard = listen(client);
      await t.works(client);
      const error = await failure(() => client.logout());
      t.checkError(error, { name: "AuthError", code: "storage_failed", message: /no room/ });
      equal(error.cause?.message, "no room", "cause");
      ok(!leaks(error, made[0].text), "the error shows no token");
      equal(heard.signedOut.length, 1, "signed out");
      equal(client.claims(), undefined, "claims");
    },
  })),
  ...["session", "local"].map((kind) => ({
    name: `webStorage: ${kind}; a token is found again, until somebody signs out`,
    needs: "page",
    async run(t) {
      const area = globalThis[`${kind}Storage`];
      area.clear();
      await serves(t, t.pkg.webStorage(kind));
      equal(area.length, 1, "stored tokens");
      match(area.key(0), /^playoff-wasm:[0-9a-f]{64}$/, "key");
      area.setItem(area.key(0), "{ garbage");
      await t.works(t.client({ storage: t.pkg.webStorage(kind) }));
      area.clear();
    },
  })),
  ...["session", "local"].map((kind) => ({
    name: `webStorage: ${kind}; where there is none, there is one warning, and calls succeed`,
    // A page without it has a run of its own: launch-page.mjs.
    except: "page",
    async run(t) {
      const { client } = counting(t, { storage: t.pkg.webStorage(kind) });
      const heard = listen(client);
      await t.works(client);
      await t.works(client);
      // Newer versions of Node have one.
      const expected = globalThis[`${kind}Storage`] === undefined ? ["storage_failed"] : [];
      deepEqual(
        heard.warning.map((one) => one.code),
        expected,
        "warnings",
      );
    },
  })),
];
