// The measures as a picture, in light and dark: every place in it comes from the measures alone.

import { isMet, shown } from "./budgets.mjs";

const WIDTH = 860;
const LABELS = 345;
const CHART = 385;
const LINE = 22;
const BAR = 12;
const GAP = 34;
const MARGIN = 16;
const LEGEND = "dashed: the budget. green: within it, orange: over it, grey: for comparison";

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .head { font-weight: 600; }
  .soft { fill: #59636e; }
  .axis { stroke: #d1d9e0; }
  .one, .budget { stroke: #1f2328; stroke-width: 1.5; }
  .budget { stroke-dasharray: 3 2; }
  .met { fill: #1a7f64; } .over { fill: #bc4c00; } .plain { fill: #8c959f; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .soft { fill: #9198a1; }
    .axis { stroke: #3d444d; }
    .one, .budget { stroke: #e6edf3; }
    .met { fill: #3fb68b; } .over { fill: #f0883e; } .plain { fill: #6e7681; }
  }
`;

const escaped = (text) => text.replaceAll("`", "").replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const round = (number) => Number(number.toFixed(1));
const kind = (measure) => ({ true: "met", false: "over", undefined: "plain" })[isMet(measure)];

const text = (x, y, words, more = "") => `<text x="${round(x)}" y="${round(y)}"${more}>${escaped(words)}</text>`;
const line = (x, from, to, name) =>
  `<line class="${name}" x1="${round(x)}" x2="${round(x)}" y1="${round(from)}" y2="${round(to)}"/>`;

const bar = (name, x, middle, width) =>
  `<rect class="${name}" x="${round(x)}" y="${middle - BAR / 2}" width="${round(Math.max(width, 1))}" height="${BAR}" rx="2"/>`;

/** A measure's line: what it is, its bar from `from` to `to`, its budget's place, and its value. */
function row(measure, y, from, to, budget) {
  const [left, right] = [Math.min(from, to), Math.max(from, to)];
  const middle = y + LINE / 2;
  const over = isMet(measure) === false ? " (over)" : "";
  const beyond = Math.max(right, budget ?? 0) + 8;
  return [
    text(LABELS - 10, middle + 4, measure.what, ' text-anchor="end"'),
    bar(kind(measure), left, middle, right - left),
    budget === undefined ? "" : line(budget, middle - BAR / 2 - 3, middle + BAR / 2 + 3, "budget"),
    text(beyond, middle + 4, `${shown(measure.value, measure.unit)}${over}`, ' class="soft"'),
  ];
}

/** A panel of bars: `place(value)` is where a value lies, of 0 to 1; bars begin at `origin`. */
function panel(title, measures, top, { place, origin, ticks }) {
  const at = (value) => LABELS + CHART * Math.min(Math.max(place(value), 0), 1);
  const bottom = top + GAP + measures.length * LINE;
  const drawn = [text(MARGIN, top + 12, title, ' class="head"')];
  for (const [value, label] of ticks) {
    drawn.push(line(at(value), top + GAP - 4, bottom, value === origin ? "one" : "axis"));
    drawn.push(text(at(value), top + GAP - 8, label, ' text-anchor="middle" class="soft"'));
  }
  measures.forEach((measure, index) => {
    const budget = measure.budget === undefined ? undefined : at(measure.budget);
    drawn.push(...row(measure, top + GAP + index * LINE, at(origin), at(measure.value), budget));
  });
  return { drawn, bottom };
}

/** Ratios, by their order of magnitude, from a third on; what costs less than another's is to the left of 1. */
function ratios(title, measures, top) {
  const last = Math.max(3, ...measures.flatMap(({ value, budget = 1 }) => [value, budget]));
  const [low, high] = [Math.log10(0.3), Math.log10(last * 1.4)];
  const ticks = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500].filter((tick) => tick <= last * 1.2);
  return panel(title, measures, top, {
    place: (value) => (Math.log10(value) - low) / (high - low),
    origin: 1,
    ticks: ticks.map((tick) => [tick, `${tick}x`]),
  });
}

function sizes(title, measures, top) {
  const last = Math.max(...measures.flatMap(({ value, budget = 0 }) => [value, budget])) * 1.1;
  const step = last > 80 ? 20 : 10;
  const ticks = Array.from({ length: Math.floor(last / step) + 1 }, (_, index) => index * step);
  return panel(title, measures, top, {
    place: (value) => value / last,
    origin: 0,
    ticks: ticks.map((tick) => [tick, `${tick} KB`]),
  });
}

/** What is a number and no bar. */
function numbers(title, measures, top) {
  const drawn = [text(MARGIN, top + 12, title, ' class="head"')];
  measures.forEach((measure, index) => {
    const y = top + GAP - 10 + index * LINE + LINE / 2 + 4;
    const budget = measure.budget === undefined ? "" : `, budget ${shown(measure.budget, measure.unit)}`;
    const over = isMet(measure) === false ? " (over)" : "";
    const note = measure.note === undefined ? "" : `; ${measure.note}`;
    drawn.push(text(LABELS - 10, y, measure.what, ' text-anchor="end"'));
    drawn.push(text(LABELS, y, `${shown(measure.value, measure.unit)}${over}${budget}${note}`, ' class="soft"'));
  });
  return { drawn, bottom: top + GAP - 10 + measures.length * LINE };
}

/** The picture, as SVG. */
export function picture(measures) {
  const panels = [
    [ratios, "How many times as fast", ({ unit, better }) => unit === "x" && better === "more"],
    [ratios, "How many times the cost (less is better)", ({ unit, better }) => unit === "x" && better === "less"],
    [sizes, "How much is loaded (less is better)", ({ unit }) => unit === "KB"],
    [numbers, "And besides", ({ unit }) => !["x", "KB"].includes(unit)],
  ];
  const drawn = [];
  let top = MARGIN;
  for (const [draw, title, belongs] of panels) {
    const mine = measures.filter(belongs);
    if (mine.length === 0) continue;
    const made = draw(title, mine, top);
    drawn.push(...made.drawn);
    top = made.bottom + MARGIN;
  }
  drawn.push(text(MARGIN, top + 12, LEGEND, ' class="soft"'));
  const height = top + LINE + MARGIN / 2;
  const size = `viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">
<title>playoff-wasm beside other libraries: what cargo xtask bench measured</title>
<style>${STYLE}</style>
${drawn.filter(Boolean).join("\n")}
</svg>
`;
}
