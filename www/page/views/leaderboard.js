import { playoff } from "../client.js";
import { byId, h, keep } from "../dom.js";
import { rowsOf } from "../game.js";
import { panel } from "../panel.js";
import { formatNumber } from "../words.js";
import { createChart } from "./chart.js";

const LIMIT = 50;
const SHORT = 10;
const CYCLES = { alltime: "All time", daily: "Day", weekly: "Week", monthly: "Month", yearly: "Year" };

/** The ranking of the players: a choice of board and cycle, a chart and a table. */
export function createLeaderboard({ onChoice }) {
  const boardChoice = byId("board-choice");
  const cycles = byId("cycles");
  const more = byId("ranking-more");
  const chart = createChart(byId("chart"));
  let boards = null;
  let board = null;
  let cycle = null;
  let ranking = null;
  let me = null;
  let long = false;

  async function load() {
    if (!boards) showBoards(rowsOf(await playoff.get("/runtime/leaderboards")));
    if (!board) return { data: [] };
    return playoff.get(["runtime", "leaderboards", board.id], { query: { cycle, limit: LIMIT } });
  }

  function showBoards(answer) {
    boards = answer.filter(({ scope }) => !scope || scope.type === "game");
    boardChoice.hidden = boards.length < 2;
    boardChoice.querySelector("select").replaceChildren(...boards.map(({ id, name }) => h("option", { value: id }, name)));
    chooseBoard(boards[0]);
  }

  function chooseBoard(chosen) {
    board = chosen ?? null;
    cycle = board?.cycles.includes(cycle) ? cycle : board?.cycles[0];
    cycles.hidden = !board || board.cycles.length < 2;
    cycles.replaceChildren(cycles.firstElementChild, ...(board?.cycles ?? []).map(cycleOption));
  }

  function cycleOption(name) {
    return h("label", {}, h("input", { type: "radio", name: "cycle", value: name, checked: name === cycle }), h("span", {}, CYCLES[name] ?? name));
  }

  boardChoice.addEventListener("change", ({ target }) => {
    chooseBoard(boards.find(({ id }) => id === target.value));
    onChoice();
  });
  cycles.addEventListener("change", ({ target }) => {
    cycle = target.value;
    onChoice();
  });
  more.addEventListener("click", () => {
    long = !long;
    draw();
  });

  function show(answer) {
    ranking = { rows: rowsOf(answer).map(toRow), total: answer?.total ?? 0 };
    draw();
  }

  function draw() {
    if (!ranking) return;
    const { rows } = ranking;
    const summary = describeStanding(rows, me, board);
    byId("standing").textContent = summary;
    chart.draw(rows.slice(0, SHORT), { me, title: `${board?.name ?? "Leaderboard"}. ${summary}` });
    drawTable(long ? rows : withMe(rows, me));
    more.hidden = rows.length <= SHORT;
    more.textContent = long ? `Only the first ${SHORT}` : `All ${rows.length}`;
  }

  function drawTable(rows) {
    byId("ranking").hidden = rows.length === 0;
    keep(byId("ranking").tBodies[0], rows, {
      key: ({ id }) => id,
      create: () => h("tr", {}, h("td", {}), h("th", { scope: "row" }), h("td", { class: "number" })),
      update: (line, row) => {
        line.toggleAttribute("aria-current", row.id === me);
        [row.rank, row.name, formatNumber(row.score)].forEach((text, column) => (line.cells[column].textContent = text));
      },
    });
  }

  function setPlayer(playerId) {
    me = playerId;
    draw();
  }

  return { ...panel(byId("leaderboard"), { load, show }), setPlayer };
}

/** Boards rank players or teams. */
function toRow({ rank, score, player, team }) {
  const { id, alias, name } = player ?? team;
  return { rank, score: Number(score), id, name: alias ?? name ?? id };
}

/** The first ten, and the reader's own row wherever it is. */
function withMe(rows, me) {
  return rows.filter((row, index) => index < SHORT || row.id === me);
}

function describeStanding(rows, me, board) {
  if (rows.length === 0) return "Nobody is on this board yet.";
  const metric = board?.metric?.name ?? "points";
  const mine = rows.find(({ id }) => id === me);
  if (!mine) return board?.entity_type === "teams" ? `${rows[0].name} leads with ${formatNumber(rows[0].score)} ${metric}.` : "You aren't on this board yet: play something.";
  const ahead = rows.findLast(({ score }) => score > mine.score);
  if (ahead) return `You are number ${mine.rank}, ${formatNumber(ahead.score - mine.score)} ${metric} behind ${ahead.name}.`;
  const behind = rows.find(({ score, id }) => id !== me && score <= mine.score);
  if (!behind) return "You lead, and nobody else is on the board.";
  if (behind.score === mine.score) return `You share the lead with ${behind.name}.`;
  return `You lead, ${formatNumber(mine.score - behind.score)} ${metric} ahead of ${behind.name}.`;
}
