import { getBoards } from "../boards.js";
import { playoff } from "../client.js";
import { byId, h, keep } from "../dom.js";
import { panel } from "../panel.js";
import { describeStanding } from "../standing.js";
import { formatNumber } from "../words.js";
import { createBoardChoice } from "./board-choice.js";
import { createChart } from "./chart.js";

const LIMIT = 50;
const SHORT = 10;

/** The ranking: a choice of board, cycle and period, a chart and a table. */
export function createLeaderboard({ onChoice }) {
  const choice = createBoardChoice({ onChoice });
  const chart = createChart(byId("chart"));
  const more = byId("ranking-more");
  let rows = null;
  let me = null;
  let long = false;

  async function load() {
    if (!choice.boards) choice.offer(await getBoards());
    if (!choice.board) return [];
    return playoff.runtime.leaderboard(choice.board.id, choice.options()).toArray({ max: LIMIT });
  }

  function show(answer) {
    rows = answer.map(toRow);
    choice.showRows(rows);
    draw();
  }

  function draw() {
    if (!rows) return;
    const standing = describeStanding(rows, me, choice.board, choice.ago > 0);
    byId("standing").textContent = standing;
    chart.draw(rows.slice(0, SHORT), { me, title: `${choice.board?.name ?? "Leaderboard"}. ${standing}` });
    drawTable(long ? rows : withMe(rows, me), me);
    more.hidden = rows.length <= SHORT;
    more.textContent = long ? `Only the first ${SHORT}` : `All ${rows.length}`;
  }

  more.addEventListener("click", () => {
    long = !long;
    draw();
  });

  function setPlayer(playerId) {
    me = playerId;
    draw();
  }

  return { ...panel(byId("leaderboard"), { load, show }), setPlayer };
}

/** Boards rank players or teams. */
function toRow({ rank, score, player, team }) {
  const { id, alias, name } = player ?? team;
  return { rank, score, id, name: alias ?? name ?? id };
}

/** The first ten, and the reader's own row wherever it is. */
const withMe = (rows, me) => rows.filter((row, index) => index < SHORT || row.id === me);

function drawTable(rows, me) {
  const table = byId("ranking");
  table.hidden = rows.length === 0;
  keep(table.tBodies[0], rows, {
    key: ({ id }) => id,
    create: () => h("tr", {}, h("td", {}), h("th", { scope: "row" }), h("td", { class: "number" })),
    update: (line, row) => {
      if (row.id === me) line.setAttribute("aria-current", "true");
      else line.removeAttribute("aria-current");
      [row.rank, row.name, formatNumber(row.score)].forEach((text, column) => (line.cells[column].textContent = text));
    },
  });
}
