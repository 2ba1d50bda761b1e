import { keep, s } from "../dom.js";
import { formatNumber, initialsOf } from "../words.js";

const HEIGHT = 220;
const HEAD = 26; // room for the score above a column
const FOOT = 26; // room for the initials below it
const LOWEST = 4; // a score of nothing is still a line to look at

/** Columns side by side, one for each row of the ranking: drawn again when the page gets wider or narrower. */
export function createChart(root) {
  const columns = s("g", {});
  const svg = s("svg", { role: "img", height: HEIGHT }, columns);
  root.append(svg);
  let drawn = null;
  new ResizeObserver(() => drawn && draw(...drawn)).observe(root);

  function draw(rows, options) {
    drawn = [rows, options];
    root.hidden = rows.length === 0;
    const width = root.clientWidth;
    if (width === 0) return;
    svg.setAttribute("width", width);
    svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    svg.setAttribute("aria-label", options.title);
    const scale = createScale(rows, width);
    keep(columns, rows, {
      key: ({ id }) => id,
      create: createColumn,
      update: (column, row) => updateColumn(column, row, rows.indexOf(row), scale, options.me),
    });
  }

  return { draw };
}

function createScale(rows, width) {
  const step = width / Math.max(rows.length, 6);
  const most = Math.max(1, ...rows.map(({ score }) => score));
  return {
    step,
    column: step - Math.max(4, Math.min(14, step * 0.2)),
    height: (score) => Math.max(LOWEST, (Math.max(0, score) / most) * (HEIGHT - HEAD - FOOT)),
  };
}

function createColumn() {
  return s(
    "g",
    { class: "column" },
    s("title"),
    s("rect", { rx: 5 }),
    s("text", { class: "column-score" }),
    s("text", { class: "column-name", y: HEIGHT - 6 }),
  );
}

/** Placed by style properties, so that a change of rank or score glides. */
function updateColumn(column, row, index, scale, me) {
  const [title, bar, score, name] = column.children;
  const height = scale.height(row.score);
  const middle = scale.column / 2;
  column.classList.toggle("mine", row.id === me);
  column.classList.toggle("first", row.rank === 1);
  column.style.setProperty("transform", `translateX(${index * scale.step + (scale.step - scale.column) / 2}px)`);
  title.textContent = `${row.rank}. ${row.name}: ${formatNumber(row.score)}`;
  bar.setAttribute("width", scale.column);
  bar.style.setProperty("height", `${height}px`);
  bar.style.setProperty("transform", `translateY(${HEIGHT - FOOT - height}px)`);
  score.textContent = formatNumber(row.score);
  score.setAttribute("x", middle);
  score.style.setProperty("transform", `translateY(${HEIGHT - FOOT - height - 8}px)`);
  name.textContent = initialsOf(row.name);
  name.setAttribute("x", middle);
}
