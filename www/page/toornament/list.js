import { byId, h, keep } from "../dom.js";
import { askForLines } from "../lines.js";
import { panel } from "../panel.js";
import { formatNumber } from "../words.js";
import { tellLine } from "./witness.js";

/** A part of the page with a list that the worker reads: `draw(place, rows)` draws what has come so far, page by page. */
export function createList(name, { draw, getTournamentId = () => undefined }) {
  const root = byId(name);
  const place = root.querySelector("[data-rows]");
  const range = root.querySelector("[data-range]");
  const ranges = root.querySelector("[data-ranges]");
  let reading = null;
  let count = 0;

  const { reload } = panel(root, { load, show });

  async function load() {
    reading?.abort(); // another tournament was chosen meanwhile
    reading = new AbortController();
    const pages = [];
    const body = { list: name, tournamentId: getTournamentId() };
    for await (const told of askForLines("/toornament/list", body, reading.signal)) {
      tellLine(told);
      if (told.kind !== "page") continue;
      pages.push(told);
      show(pages);
    }
    return pages;
  }

  function show(pages) {
    const rows = pages.flatMap((page) => page.rows);
    const total = pages.at(-1)?.total;
    count = rows.length;
    draw(place, rows);
    if (range) range.textContent = describeCount(count, total);
    if (ranges) keep(ranges, pages, { key: ({ skip }) => skip, create: () => h("li"), update: updateRange });
  }

  return { reload, getCount: () => count };
}

const describeCount = (count, total = count) =>
  count < total ? `${formatNumber(count)} of ${formatNumber(total)}` : formatNumber(count);

/** The service counts from 0, and names the last one. */
function updateRange(item, { skip, total, rows }) {
  const last = skip + rows.length - 1;
  item.textContent = total === undefined ? `items ${skip}–${last}` : `items ${skip}–${last} of ${total}`;
}
