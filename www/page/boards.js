import { playoff } from "./client.js";

let asked = null;

/** The leaderboards that the game has: asked for once, since a game's design stays. */
export function getBoards() {
  asked ??= playoff.runtime.leaderboards().catch((error) => {
    asked = null;
    throw error;
  });
  return asked;
}
