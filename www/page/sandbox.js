// The sandbox's own routes, by which it is made to fail: no service has them.
import { controlUrl, fetch } from "./setup.js";

/** `how`: which of the next calls fail, and how. */
export const failCalls = (how) => control("POST", "/fail", how);
export const clearFaults = () => control("DELETE", "/fail");

/** The tokens that were given to this player so far don't count any more. */
export const endTokens = (playerId) => control("POST", "/expire", { player_id: playerId });

/** Ends all streams, and lets nobody in for so many milliseconds. */
export const restartStream = (refuse) => control("POST", "/stream/restart", { refuse });

async function control(method, route, body) {
  const init = body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`${controlUrl}${route}`, { method, ...init });
  if (!response.ok) throw new Error(`the sandbox answered ${response.status} to ${route}`);
}
