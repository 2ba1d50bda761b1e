// What the page makes of what the SDK gives.

export const findScore = (player, metricId) => player.scores.find((score) => score.metric.id === metricId);

/** All items of a set that the game defines, those the player hasn't got with the count 0. */
export function shelfOf({ items = {} }, score) {
  const owned = score?.value ?? [];
  const missing = Object.entries(items).filter(([name]) => !owned.some((item) => item.name === name));
  return [...owned, ...missing.map(([name, item]) => ({ name, ...item, count: 0 }))];
}

/** Where a player stands between this level and the next one. */
export function levelOf({ value, meta }, player) {
  const base = meta && findScore(player, meta.base_metric.id);
  const level = { name: value.name, description: value.description, baseName: meta?.base_metric.name };
  if (!base) return level;
  const { low, high, next } = meta;
  const at = base.value;
  if (high === Infinity) return { ...level, low, at, share: 1 };
  const share = Math.min(1, Math.max(0, (at - low) / (high + 1 - low)));
  return { ...level, low, high, at, share, next, missing: high + 1 - at };
}

/** The changes of an event as { type, metric, item?, from, to }: one for each number, item or state. */
export function deltasOf(event) {
  if (!Array.isArray(event.changes)) return []; // changes of roles are an object
  return event.changes.flatMap(({ type, metric, delta }) =>
    type === "set"
      ? delta.map((item) => ({ type, metric, item: item.name, from: item.old, to: item.new }))
      : [{ type, metric, from: delta.old, to: delta.new }],
  );
}

/** What several events did in sum: the same metric may change more than once. */
export function sumOfDeltas(events) {
  const sums = new Map();
  for (const delta of events.flatMap(deltasOf)) {
    const key = JSON.stringify([delta.metric.id, delta.item]);
    sums.set(key, { ...delta, from: sums.has(key) ? sums.get(key).from : delta.from });
  }
  return [...sums.values()];
}

/** Whether somebody else did it. A player's own feed names no actor; what an admin did has none either. */
export const isByAnother = (event, me) => event.actor !== undefined && event.actor.id !== me;
