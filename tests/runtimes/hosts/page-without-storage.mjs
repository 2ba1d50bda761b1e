// In a frame that may run scripts and nothing else, so that it has no storage: tells what a client does there.

import { createClient, webStorage } from "playoff-wasm";

/** What touching the storage throws. */
function refusal(name) {
  try {
    return `${globalThis[name]}`;
  } catch (error) {
    return error.name;
  }
}

globalThis.tryStorage = async ({ kind, apiUrl, authUrl, token }) => {
  const client = createClient({ apiUrl, authUrl, token: () => token, storage: webStorage(kind) });
  const warnings = [];
  client.on("warning", ({ code }) => warnings.push(code));
  const players = [await client.get("/runtime/player"), await client.get("/runtime/player")];
  return { refusal: refusal(`${kind}Storage`), players: players.map(({ id }) => id), warnings };
};
