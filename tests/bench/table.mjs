// The outcome as people read it: ratios first.

export function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

const number = (value) => Math.round(value).toLocaleString("en-US");

/** Rates by name, ours among them, as lines: how many times as fast ours is, and what each makes a second. */
export function table(title, rates) {
  const ours = rates.get("playoff-wasm");
  const rows = [...rates].map(
    ([name, rate]) => `${(ours / rate).toFixed(1).padStart(8)}x ${number(rate).padStart(11)}/s  ${name}`,
  );
  return [title, ...rows, ""].join("\n");
}
