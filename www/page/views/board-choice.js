import { byId, h } from "../dom.js";
import { momentIn, nameOfPeriod } from "../periods.js";

const CYCLES = { alltime: "All time", daily: "Day", weekly: "Week", monthly: "Month", yearly: "Year" };

/** Which leaderboard, over which cycle, and which period of it. */
export function createBoardChoice({ onChoice }) {
  const select = byId("board-choice").querySelector("select");
  const cycles = byId("cycles");
  const [earlier, later] = byId("period").querySelectorAll("button");
  const choice = { boards: null, board: null, cycle: null, ago: 0, offer, options, showRows };

  /** `boards` are the definitions that the API lists; those of other scopes need more than a cycle. */
  function offer(boards) {
    choice.boards = boards.filter(({ scope }) => scope.type === "game");
    byId("board-choice").hidden = choice.boards.length < 2;
    select.replaceChildren(...choice.boards.map(({ id, name }) => h("option", { value: id }, name)));
    choose(choice.boards[0] ?? null);
  }

  /** What the ranking is asked for with. */
  function options() {
    const { cycle, ago } = choice;
    return { cycle: cycle ?? undefined, timestamp: momentIn(cycle, ago) };
  }

  function choose(board) {
    const offered = board?.cycles ?? [];
    choice.board = board;
    cycles.hidden = offered.length < 2;
    cycles.replaceChildren(cycles.firstElementChild, ...offered.map(option));
    setCycle(offered.includes(choice.cycle) ? choice.cycle : (offered[0] ?? null));
  }

  function setCycle(name) {
    choice.cycle = name;
    for (const input of cycles.querySelectorAll("input")) input.checked = input.value === name;
    setPeriod(0);
  }

  function setPeriod(ago) {
    choice.ago = ago;
    byId("period").hidden = choice.cycle === null || choice.cycle === "alltime";
    if (!byId("period").hidden) byId("period-name").textContent = nameOfPeriod(choice.cycle, ago);
    setDisabled(later, ago === 0);
  }

  /** Before a period in which nobody was on the board there is nothing to look for. */
  function showRows(rows) {
    setDisabled(earlier, rows.length === 0 && choice.ago > 0);
  }

  const option = (name) =>
    h("label", {}, h("input", { type: "radio", name: "cycle", value: name }), h("span", {}, CYCLES[name] ?? name));

  function step(button, by) {
    if (button.getAttribute("aria-disabled") === "true") return;
    setPeriod(choice.ago + by);
    onChoice();
  }

  select.addEventListener("change", () => {
    choose(choice.boards.find(({ id }) => id === select.value));
    onChoice();
  });
  cycles.addEventListener("change", ({ target }) => {
    setCycle(target.value);
    onChoice();
  });
  earlier.addEventListener("click", () => step(earlier, 1));
  later.addEventListener("click", () => step(later, -1));

  return choice;
}

/** It keeps the focus. */
const setDisabled = (button, disabled) => button.setAttribute("aria-disabled", disabled);
