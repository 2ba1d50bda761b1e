// Reads what the API answers. Numbers come as strings ("128", "Infinity"), lists may be null.

export const rowsOf = (answer) => (Array.isArray(answer) ? answer : (answer?.data ?? []));

/** A new player's scores are `{}`, later they are a list. */
export const scoresOf = (player) => (Array.isArray(player.scores) ? player.scores : []);

export const findScore = (player, metricId) => scoresOf(player).find((score) => score.metric.id === metricId);

/** A set's value is a list of items; older versions of the API answer an object by item name. */
export function itemsOf(value) {
  if (Array.isArray(value)) return value;
  return Object.entries(value ?? {}).map(([name, item]) => ({ name, ...item }));
}

/** All items of a set that the game defines, those the player hasn't got with the count 0. */
export function shelfOf(definition, score) {
  const owned = itemsOf(score?.value);
  const missing = itemsOf(definition?.items).filter((item) => !owned.some(({ name }) => name === item.name));
  return [...owned, ...missing.map((item) => ({ ...item, count: "0" }))];
}

/** Where a player stands between this level and the next one. */
export function levelOf(score, player) {
  const base = score.meta?.base_metric && findScore(player, score.meta.base_metric.id);
  const level = {
    name: score.value.name,
    description: score.value.description,
    baseName: score.meta?.base_metric?.name,
  };
  if (!base) return level;
  const [low, high, at] = [score.meta.low, score.meta.high, base.value].map(Number);
  if (!Number.isFinite(high)) return { ...level, low, at, share: 1 };
  const share = Math.min(1, Math.max(0, (at - low) / (high + 1 - low)));
  return { ...level, low, high, at, share, next: nameOf(score.meta.next), missing: high + 1 - at };
}

const nameOf = (state) => (typeof state === "object" ? state?.name : state);

/** The changes of an event as { metric, item?, from, to }: one for each number, item or state. */
export function deltasOf(event) {
  if (!Array.isArray(event.changes)) return []; // changes of roles are an object
  return event.changes.flatMap(({ metric, delta }) =>
    metric.type === "set"
      ? Object.entries(delta).map(([item, change]) => ({ metric, item, from: change.old, to: change.new }))
      : [{ metric, from: delta.old, to: delta.new }],
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
