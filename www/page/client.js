import { createClient } from "playoff-wasm";
import { apiUrl, fetch } from "./setup.js";

const connect = () => createClient({ apiUrl, fetch, token: () => fetch("/player-token", { method: "POST" }) });
export let playoff = connect();
export const getPlayer = () => playoff.get("/runtime/player");

/** A client stands for one player: who signs in as somebody else makes another one. */
export const startOver = () => {
  playoff = connect();
};
