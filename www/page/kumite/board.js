import { byId, h, keep } from "../dom.js";
import { nextSymbol } from "./game.js";
import { nameOf } from "./words.js";

const EMPTY = "_________";

/** The board, how the game stands, and its moves. */
export function createBoard() {
  const fields = [...EMPTY].map((_, at) => h("li", {}, String(at + 1)));
  let moves = [];
  byId("board").append(...fields);

  function clear() {
    moves = [];
    draw(EMPTY, null);
    listMoves();
    say("The worker opens a contest…");
  }

  const say = (text) => (byId("outcome").textContent = text);

  function show(told) {
    if (told.kind !== "board") return;
    const { positions, playerIdToSymbol: symbols, robot, winner, isOver } = told;
    const nameSide = (symbol) => nameOf(Object.keys(symbols).find((id) => symbols[id] === symbol), robot);
    moves = [...moves, ...told.moves.map((move) => ({ ...move, who: nameSide(move.symbol) }))];
    draw(positions, winner);
    listMoves();
    say(isOver ? describeEnd(positions, winner, nameSide) : `${nameSide(nextSymbol(positions))} is to move`);
  }

  function draw(positions, winner) {
    fields.forEach((field, at) => {
      const symbol = positions[at] === "_" ? "" : positions[at];
      field.dataset.symbol = symbol;
      field.dataset.wins = winner?.includes(at) ?? false;
      field.textContent = symbol || String(at + 1);
    });
  }

  function listMoves() {
    keep(byId("moves"), moves, {
      key: ({ field }) => field,
      create: ({ symbol, field, who }) =>
        h("li", {}, h("b", { "data-symbol": symbol }, symbol), h("span", {}, who), h("span", { class: "number" }, `to ${field}`)),
    });
  }

  return { clear, show, say };
}

function describeEnd(positions, winner, nameSide) {
  if (winner) return `${nameSide(positions[winner[0]])} wins`;
  return positions.includes("_") ? "An error ended the contest" : "A draw";
}
