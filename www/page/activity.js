// The player's own feed. Nobody has seen this route of v2 answer, so the SDK has no typed call for it: it is read as
// any route is, and its events come as the service writes them.
import { playoff } from "./client.js";

/** What the player did and got in the last day, oldest first. */
export async function getActivity() {
  const events = await playoff.get("/runtime/activity");
  return (events ?? []).map((event) => ({ ...event, changes: event.changes?.map?.(changeOf) ?? event.changes }));
}

/** A change in the form that typed calls give it. */
function changeOf({ metric, delta, ...change }) {
  const type = metric.type;
  if (type === "state") return { ...change, type, metric, delta };
  if (type !== "set") return { ...change, type, metric, delta: numbersOf(delta) };
  return { ...change, type, metric, delta: Object.entries(delta).map(([name, item]) => ({ name, ...numbersOf(item) })) };
}

const numbersOf = ({ old, new: now }) => ({ old: old === null ? null : Number(old), new: Number(now) });
