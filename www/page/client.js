import { createClient } from "playoff-wasm";
import { apiUrl, fetch } from "./setup.js";
import { hooks, listenTo } from "./witness.js";

function connect() {
  const client = createClient({ apiUrl, fetch, hooks, token: () => fetch("/player-token", { method: "POST" }) });
  listenTo(client);
  return client;
}

export let playoff = connect();
export const getPlayer = () => playoff.runtime.player();

/** A client stands for one player: who signs in as somebody else makes another one. */
export const startOver = () => {
  playoff = connect();
};
