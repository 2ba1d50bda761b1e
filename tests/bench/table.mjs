// A row's own outcome as people read it: ratios first.

const number = (value) => Math.round(value).toLocaleString("en-US");

/** Rates by name, ours among them, as lines: how many times as fast ours is, and what each makes a second. */
export function rateTable(title, rates) {
  const ours = rates["playoff-wasm"];
  const rows = Object.entries(rates).map(
    ([name, rate]) => `${(ours / rate).toFixed(1).padStart(8)}x ${number(rate).padStart(11)}/s  ${name}`,
  );
  return [title, ...rows, ""].join("\n");
}

/** Costs by name as lines: how many times the first one's, or the one's that is named, and how much. */
export function costTable(title, costs, unit, { than = Object.keys(costs)[0], digits = 2 } = {}) {
  const rows = Object.entries(costs).map(([name, cost]) => {
    const times = (cost / costs[than]).toFixed(2);
    return `${times.padStart(8)}x ${cost.toFixed(digits).padStart(9)} ${unit}  ${name}`;
  });
  return [title, ...rows, ""].join("\n");
}
