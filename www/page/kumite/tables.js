import { byId, h, keep } from "../dom.js";
import { formatNumber } from "../words.js";
import { SEATS, formatEnd, nameOf } from "./words.js";

/** Who came first, and what was called for whom by which token. */
export function createTables() {
  const scores = byId("scores").tBodies[0];
  const seats = byId("seats").tBodies[0];
  let calls = {};

  function clear() {
    calls = {};
    scores.replaceChildren(h("tr", {}, h("td", { colspan: 3 }, "The service tells when the game is over.")));
    listSeats();
  }

  function show(told) {
    if (told.kind === "call") {
      const { count = 0 } = calls[told.who] ?? {};
      calls[told.who] = { count: count + 1, until: told.until };
      listSeats();
    }
    if (told.kind === "scores") listScores(told);
  }

  /** The service has the least score first, which of Tic-Tac-Toe is the loser's. */
  function listScores({ playerScores, robot }) {
    const best = playerScores.toSorted((one, other) => other.score - one.score);
    const rankOf = (score) => 1 + best.filter((other) => other.score > score).length;
    const rows = best.map(({ playerId, score }) => {
      const cells = [h("td", {}, rankOf(score)), h("th", { scope: "row" }, nameOf(playerId, robot))];
      const isRobots = playerId === robot ? "true" : null;
      return h("tr", { "aria-current": isRobots }, cells, h("td", { class: "number" }, formatNumber(score)));
    });
    scores.replaceChildren(...rows);
  }

  function listSeats() {
    keep(seats, Object.entries(SEATS), {
      key: ([who]) => who,
      create: ([, name]) =>
        h("tr", {}, h("th", { scope: "row" }, name), h("td", { class: "number" }), h("td", { class: "number" })),
      update: (row, [who]) => {
        const { count = 0, until } = calls[who] ?? {};
        row.cells[1].textContent = formatNumber(count);
        row.cells[2].textContent = formatEnd(until) || "none yet";
      },
    });
  }

  clear();
  return { clear, show };
}
