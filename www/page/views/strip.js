import { byId, h, keep, s } from "../dom.js";
import { story } from "../story.js";

const LANES = { calls: "Calls", token: "Token", stream: "Stream" };
const HEAD = 22; // room for a lane's name
const LANE = 52;
const MARK = 7;
const ROOMY = 52; // as wide a wait is that can be written on
const SHORTEST = 500; // milliseconds that the strip is wide at least

/** The story as a picture: a lane each for calls, tokens and the stream, or others, and time from left to right; below it in words. */
export function drawStrip(lanes = LANES) {
  const height = LANE * Object.keys(lanes).length;
  const root = byId("strip");
  const chart = root.querySelector(".strip-chart");
  const log = root.querySelector(".strip-log");
  const svg = s("svg", { height });
  chart.append(svg);
  story.addEventListener("change", draw);
  new ResizeObserver(draw).observe(chart);

  function draw() {
    root.hidden = story.entries.length === 0;
    const width = chart.clientWidth;
    if (width === 0) return;
    const length = Math.max(SHORTEST, story.length, ...story.entries.map(({ at, wait = 0 }) => at + wait));
    const x = (at) => MARK + (at / length) * (width - 2 * MARK);
    svg.setAttribute("width", width);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.replaceChildren(...Object.entries(lanes).map((lane, index) => drawLane(lane, index * LANE, x, width)));
    keep(log, toLines(story.entries), { key: ({ at, lane }) => `${lane} ${at}`, create: createLine, update: updateLine });
  }
}

function drawLane([lane, name], top, x, width) {
  const entries = story.entries.filter((entry) => entry.lane === lane);
  const middle = top + HEAD + MARK;
  return s(
    "g",
    { class: `lane lane-${lane}` },
    s("text", { x: 0, y: top + 14 }, name),
    s("line", { x1: 0, x2: width, y1: middle, y2: middle }),
    ...(lane === "stream" ? stretches(entries, x, middle) : entries.map((entry) => waitBar(entry, x, middle))),
    ...entries.map((entry) => mark(entry, x, middle)),
  );
}

/** How the stream stood, from each change to the next one. */
function stretches(entries, x, y) {
  const states = entries.filter(({ tone }) => tone !== "told");
  return states.map(({ tone, at }, index) => {
    const end = states[index + 1]?.at ?? story.length;
    return s("rect", { class: `stretch ${tone}`, x: x(at), y: y - 4, width: Math.max(1, x(end) - x(at)), height: 8, rx: 4 });
  });
}

function waitBar({ at, wait }, x, y) {
  if (wait === undefined) return null;
  const width = Math.max(2, x(at + wait) - x(at));
  const name = width < ROOMY ? null : s("text", { class: "wait-name", x: x(at) + width / 2, y: y - 8 }, `${Math.round(wait)} ms`);
  return s("g", {}, s("rect", { class: "waited", x: x(at), y: y - 4, width, height: 8 }), name);
}

const mark = ({ tone, lane, at }, x, y) =>
  tone === "wait" || (lane === "stream" && tone !== "told") ? null : s("circle", { class: tone, cx: x(at), cy: y, r: MARK - 1 });

/** What is said; calls that went well at once, one after the other, as those of a page that loads anew, are one line. */
function toLines(entries) {
  const lines = [];
  for (const entry of entries.filter(({ text }) => text !== null)) {
    const last = lines.at(-1);
    if (last?.isPlain && entry.isPlain) last.more += 1;
    else lines.push({ ...entry, more: 0 });
  }
  return lines;
}

const createLine = ({ at, tone }) =>
  h("li", { "data-tone": tone }, h("span", { class: "strip-time" }, `${(at / 1_000).toFixed(2)} s`), h("span", {}));

function updateLine(line, { text, more }) {
  line.lastChild.textContent = more > 0 ? `${text}, and ${more} more` : text;
}
