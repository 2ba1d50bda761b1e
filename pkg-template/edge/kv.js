// Tokens in Workers KV: what one isolate stored, others find. KV may show what it held up to a
// minute ago; a token that has been refused meanwhile is asked for anew.

import { ConfigError } from "../errors.js";

/** Seconds: KV keeps nothing for less. */
const SHORTEST = 60;

const storages = new WeakMap();

/** The storage in a KV namespace; the same one for the same namespace. */
export function kvStorage(namespace) {
  if (typeof namespace?.get !== "function" || typeof namespace.put !== "function") {
    const message = "kvStorage takes a KV namespace, like env.TOKENS: is it bound in the wrangler configuration?";
    throw new ConfigError(message, { code: "invalid_option" });
  }
  if (!storages.has(namespace)) storages.set(namespace, storageIn(namespace));
  return storages.get(namespace);
}

function storageIn(namespace) {
  return {
    load: (key) => namespace.get(key, "json"),
    store: (key, token) => namespace.put(key, JSON.stringify(token), expiry(token)),
    remove: (key) => namespace.delete(key),
  };
}

/** The key ends with the token, unless what gives another one is stored with it. */
function expiry({ expires_at, refresh_token }) {
  const left = secondsOf(expires_at) - Date.now() / 1000;
  if (Number.isNaN(left) || refresh_token != null) return {};
  return { expirationTtl: Math.max(SHORTEST, Math.ceil(left)) };
}

/** Unix time in seconds: what says a moment may be a Date too, or the text that JSON makes of one. */
function secondsOf(moment) {
  const isDate = moment instanceof Date || /:/.test(moment);
  return isDate ? new Date(moment).getTime() / 1000 : Number.parseFloat(moment);
}
