// kvStorage, on a namespace that writes down what it is told.

import { deepEqual, equal, ok } from "../../lib/assert.mjs";
import { newApp } from "../new-app.mjs";
import { tokenRequests } from "../sign-in.mjs";

const ROUTE = "/admin/players";

/** A namespace; `broken` names the methods that fail. */
function openNamespace(broken = []) {
  const held = new Map();
  const puts = [];
  const unless =
    (name, action) =>
    async (...args) => {
      if (broken.includes(name)) throw new Error(`KV ${name} failed: 429 Too Many Requests`);
      return action(...args);
    };
  const namespace = {
    get: unless("get", (key, type) => {
      equal(type, "json", "type");
      return held.has(key) ? JSON.parse(held.get(key)) : null;
    }),
    put: unless("put", (key, value, options) => {
      ok(!(options.expirationTtl < 60), `KV PUT failed: expiration_ttl ${options.expirationTtl}`);
      held.set(key, value);
      puts.push(options);
    }),
    delete: unless("delete", (key) => void held.delete(key)),
  };
  return { held, puts, namespace };
}

async function edgeOf(t, namespace) {
  const { apiUrl, authUrl } = t.sandbox;
  const options = { apiUrl, authUrl, ...(await newApp(t.control)), storage: t.edge.kvStorage(namespace) };
  return () => t.edge.createEdge(options);
}

const cases = [
  ...Object.entries({ 3600: [3_540, 3_600], 120: [60, 120], 5: [60, 60], 1: [60, 60] }).map(
    ([life, [least, most]]) => ({
      name: `a token of ${life} s is kept for ${least} to ${most} s`,
      async run(t) {
        await t.control.seed({ accessTokenSeconds: Number(life) });
        const { puts, namespace } = openNamespace();
        const edge = await edgeOf(t, namespace);
        await edge().client().get(ROUTE);
        equal(puts.length, 1, "puts");
        const { expirationTtl } = puts[0];
        ok(Number.isInteger(expirationTtl) && expirationTtl >= least && expirationTtl <= most, `${expirationTtl} s`);
      },
    }),
  ),
  {
    name: "a token's end may be a date, or the text of one",
    async run(t) {
      const { puts, namespace } = openNamespace();
      const storage = t.edge.kvStorage(namespace);
      const end = Math.ceil(Date.now() / 1000) + 600;
      const date = new Date(end * 1000);
      for (const expires_at of [end, date, date.toISOString(), String(end)]) {
        await storage.store("key", { access_token: "a", expires_at });
        const { expirationTtl } = puts.pop();
        ok(Number.isInteger(expirationTtl) && expirationTtl > 590 && expirationTtl <= 601, `${expires_at}: ${expirationTtl}`);
      }
      for (const more of [{}, { expires_at: "soon" }, { expires_at: new Date(Number.NaN) }, { expires_at: end, refresh_token: "r" }]) {
        await storage.store("key", { access_token: "a", ...more });
        deepEqual(puts.pop(), {}, "when it ends");
      }
    },
  },
  {
    name: "one namespace, one storage; and logout removes the token",
    async run(t) {
      const { held, namespace } = openNamespace();
      equal(t.edge.kvStorage(namespace), t.edge.kvStorage(namespace), "storage");
      const edge = await edgeOf(t, namespace);
      await edge().client().get(ROUTE);
      await edge().client().get(ROUTE);
      equal((await tokenRequests(t)).length, 1, "token requests");
      equal(held.size, 1, "keys");
      await edge().client().logout();
      equal(held.size, 0, "keys after logout");
    },
  },
  ...[["get"], ["put"], ["get", "put", "delete"]].map((broken) => ({
    name: `KV fails (${broken}): calls work, and a warning says so`,
    async run(t) {
      const edge = await edgeOf(t, openNamespace(broken).namespace);
      const client = edge().client();
      const warnings = [];
      client.on("warning", ({ code }) => warnings.push(code));
      await client.get(ROUTE);
      deepEqual([...new Set(warnings)], ["storage_failed"], "warnings");
    },
  })),
];

export const kvStorageCases = cases.map(({ name, run }) => ({ name: `kvStorage: ${name}`, needs: "edge", run }));
