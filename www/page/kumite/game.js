// A game, as the worker tells of it.
import { askForLines } from "../lines.js";

/** Has the robot play; gives what happens, each board with the moves that made it. */
export async function* playGame(pause, signal) {
  let isTold = false;
  let robot;
  let former = "_________";
  for await (const told of askForLines("/kumite/play", { pause }, signal)) {
    if (told.kind === "contest") robot = told.robot;
    if (told.kind === "board") {
      yield { ...told, robot, moves: movesBetween(former, told.positions), winner: winningLine(told.positions) };
      former = told.positions;
    } else if (told.kind === "scores") {
      isTold = true;
      yield { ...told, robot };
    } else yield told;
  }
  if (!isTold) throw new TypeError("the worker told only a part of the game");
}

/** Several changes may come as one: then the sides took turns, X first. */
function movesBetween(former, now) {
  const fresh = { X: [], O: [] };
  [...now].forEach((symbol, at) => symbol !== former[at] && fresh[symbol].push({ symbol, field: at + 1 }));
  const moves = [];
  let turn = nextSymbol(former);
  while (fresh[turn].length > 0) {
    moves.push(fresh[turn].shift());
    turn = turn === "X" ? "O" : "X";
  }
  return moves;
}

const count = (positions, symbol) => positions.split(symbol).length - 1;

/** Whose turn it is. */
export const nextSymbol = (positions) => (count(positions, "X") > count(positions, "O") ? "O" : "X");

const LINES = ["012", "345", "678", "036", "147", "258", "048", "246"];

/** The fields, from 0, of three in a row; null where there are none. */
function winningLine(positions) {
  const line = LINES.find((fields) => /^(XXX|OOO)$/.test([...fields].map((at) => positions[at]).join("")));
  return line ? [...line].map(Number) : null;
}
