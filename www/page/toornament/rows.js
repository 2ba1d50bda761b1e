// How the rows of each list look.
import { h, keep } from "../dom.js";
import { formatNumber } from "../words.js";
import { readName } from "./words.js";

const byTheirId = ({ id }) => id;

export function drawStages(place, stages) {
  keep(place, stages, {
    key: byTheirId,
    create: ({ name, type, status }) => h("li", {}, h("b", {}, name), ` ${readName(type)}`, h("span", {}, status)),
  });
}

export function drawParticipants(place, participants) {
  keep(place, participants, {
    key: byTheirId,
    create: ({ name }) => h("li", {}, name),
    update: (item, { isHere }) => {
      item.dataset.here = isHere === true;
      item.title = isHere ? "checked in" : "not checked in";
    },
  });
}

export function drawRankings(place, items) {
  keep(place, items, {
    key: byTheirId,
    create: ({ rank, name, wins = 0, points }) =>
      h(
        "tr",
        {},
        h("td", {}, rank),
        h("th", { scope: "row" }, name ?? "nobody yet"),
        h("td", { class: "number" }, formatNumber(wins)),
        h("td", { class: "number" }, formatNumber(points)),
      ),
  });
}

export function drawMatches(place, matches) {
  keep(place, matches, {
    key: byTheirId,
    create: ({ number, status, opponents }) =>
      h(
        "li",
        { "data-status": status },
        h("span", { class: "number" }, `#${number}`),
        h("span", {}, opponentsOf(opponents)),
        h("span", {}, scoreOf(opponents) ?? status),
      ),
  });
}

/** Of a match of all against all lists show four. */
const opponentsOf = (opponents) => opponents.map(({ name }) => name ?? "?").join(opponents.length === 2 ? " – " : ", ");

function scoreOf(opponents) {
  const scores = opponents.map(({ score }) => score);
  return scores.length === 2 && !scores.includes(null) ? scores.join(" : ") : null;
}
