import { byId, h } from "../dom.js";

const CYCLES = { alltime: "All time", daily: "Day", weekly: "Week", monthly: "Month", yearly: "Year" };

/** Which leaderboard, and over which cycle. */
export function createBoardChoice({ onChoice }) {
  const select = byId("board-choice").querySelector("select");
  const cycles = byId("cycles");
  const choice = { boards: null, board: null, cycle: null, offer };

  /** `boards` are the definitions that the API lists; those of custom scopes need more than a cycle. */
  function offer(boards) {
    choice.boards = boards.filter(({ scope }) => !scope || scope.type === "game");
    byId("board-choice").hidden = choice.boards.length < 2;
    select.replaceChildren(...choice.boards.map(({ id, name }) => h("option", { value: id }, name)));
    choose(choice.boards[0] ?? null);
  }

  function choose(board) {
    const offered = board?.cycles ?? [];
    choice.board = board;
    choice.cycle = offered.includes(choice.cycle) ? choice.cycle : (offered[0] ?? null);
    cycles.hidden = offered.length < 2;
    cycles.replaceChildren(cycles.firstElementChild, ...offered.map(option));
  }

  const option = (name) =>
    h(
      "label",
      {},
      h("input", { type: "radio", name: "cycle", value: name, checked: name === choice.cycle }),
      h("span", {}, CYCLES[name] ?? name),
    );

  select.addEventListener("change", () => {
    choose(choice.boards.find(({ id }) => id === select.value));
    onChoice();
  });
  cycles.addEventListener("change", ({ target }) => {
    choice.cycle = target.value;
    onChoice();
  });

  return choice;
}
