// The sandbox's own routes, by which it is made to fail: no service has them.
import { controlUrl, fetch } from "./setup.js";

/** `how`: which of the next calls fail, and how. */
export const failCalls = (how) => control("POST", "/fail", how);
export const clearFaults = () => control("DELETE", "/fail");

/** The tokens that were given to this player so far don't count any more. */
export const endTokens = (playerId) => control("POST", "/expire", { player_id: playerId });

/** Ends all streams, and lets nobody in for so many milliseconds. */
export const restartStream = (refuse) => control("POST", "/stream/restart", { refuse });

/** How the sandbox's player of Kumite plays, and how long it takes. */
export const setOpponent = (opponent, opponentDelay) => control("POST", "/kumite", { opponent, opponentDelay });

/** The tokens that a service gave so far don't count any more. */
export const endTokensOf = (service) => control("POST", "/expire", { service });

/** Cuts the WebSockets of all who watch at Kumite. */
export const cutWatchers = () => control("POST", "/kumite/drop", {});

/** How Toornament answers lists. */
export const setLists = (how) => control("POST", "/toornament", how);

async function control(method, route, body) {
  const init = body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`${controlUrl}${route}`, { method, ...init });
  if (!response.ok) throw new Error(`the sandbox answered ${response.status} to ${route}`);
}
