// In the page: clients by options that can be written as JSON.

import * as pkg from "playoff-wasm";
import { readTraces } from "./read-traces.mjs";

const STORAGES = {
  session: pkg.webStorage("session"),
  local: pkg.webStorage("local"),
  promises: { load: async () => null, store: async () => {}, remove: async () => {} },
  forgetful: { load: () => null, store: () => {}, remove: () => {} },
};

/** A client; a storage is named by its kind. `told` collects its events. */
globalThis.makeClient = ({ storage, login, ...options }) => {
  const client = pkg.createClient({
    ...options,
    ...(storage ? { storage: STORAGES[storage] } : {}),
    ...(login ? { login: { ...login, ...(login.storage ? { storage: STORAGES[login.storage] } : {}) } } : {}),
  });
  const told = [];
  for (const type of ["token", "signedOut", "warning"])
    client.on(type, ({ reason, code }) => told.push(`${type}: ${reason ?? code}`));
  return { client, told };
};

/** What comes of something, as JSON. */
globalThis.outcome = async (promise) => {
  try {
    return { value: (await promise) ?? null };
  } catch (error) {
    if (!pkg.isPlayoffError(error)) throw error;
    return { error: error.code, class: error.name, message: error.message };
  }
};

globalThis.readTraces = readTraces;

// A frame is asked by the page around it.
addEventListener("message", async ({ data, source }) => {
  if (!data?.loginWith) return;
  source.postMessage({ told: await globalThis.outcome(globalThis.makeClient(data.loginWith).client.login()) }, "*");
});
