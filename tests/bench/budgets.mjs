// What is measured, beside what it may be. A measure is `{ what, value, unit, better, budget, aim, note }`: `better` is
// "more" or "less", and without a budget it is told for comparison.

const UNITS = {
  x: (value) => `${value < 10 ? value.toFixed(value < 2 ? 2 : 1) : Math.round(value)}x`,
  KB: (value) => `${value.toFixed(1)} KB`,
  ms: (value) => `${value.toFixed(1)} ms`,
  "+ms": (value) => `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(1)} ms`,
  "": (value) => value.toLocaleString("en-US"),
};

export const shown = (value, unit) => (value === undefined ? "" : UNITS[unit](value));

/** Whether it is within its budget; undefined without one. */
export function isMet({ value, budget, better }) {
  if (budget === undefined) return undefined;
  return better === "more" ? value >= budget : value <= budget;
}

export function verdict(measure) {
  return { true: "met", false: "over", undefined: "" }[isMet(measure)];
}

const COLUMNS = ["what", "measured", "budget", "aim", ""];

function cells(measure) {
  const { what, value, unit, budget, aim, note } = measure;
  const measured = note ? `${shown(value, unit)} (${note})` : shown(value, unit);
  return [what, measured, shown(budget, unit), shown(aim, unit), verdict(measure)];
}

export function asText(measures) {
  const rows = [COLUMNS, ...measures.map(cells)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd()).join("\n");
}

export function asMarkdown(measures) {
  const rows = [COLUMNS, COLUMNS.map(() => "---"), ...measures.map(cells)];
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}
