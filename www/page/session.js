import { fetch } from "./setup.js";

// The demo's own session, not the SDK's: a cookie that says who is signed in.

export const signIn = (playerId) =>
  change({ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ playerId }) });

export const signOut = () => change({ method: "DELETE" });

async function change(init) {
  const response = await fetch("/session", init);
  if (!response.ok) throw new Error(`/session answered ${response.status}`);
}
