import { byId, h } from "../dom.js";
import { clearFaults, setOpponent } from "../sandbox.js";
import "../views/wire.js";
import { createTroubleButtons } from "../views/trouble-buttons.js";
import { explain } from "../words.js";
import workerSource from "../../worker/kumite.ts" with { type: "text" };
import robotSource from "../../worker/robot.ts" with { type: "text" };
import { createBoard } from "./board.js";
import { playGame } from "./game.js";
import { createTables } from "./tables.js";
import { TROUBLES } from "./troubles.js";
import { LANES, tellLine } from "./witness.js";

/** Milliseconds that each side takes for a move. */
const PACES = { watch: { robot: 350, opponent: 650 }, full: { robot: 0, opponent: 0 } };

/** What the page shows of its source is its source. */
byId("source-robot").textContent = robotSource.trimEnd();
byId("source-worker").textContent = workerSource.trimEnd();

const board = createBoard();
const tables = createTables();
const fault = byId("game").querySelector("[data-fault]");
const troubles = createTroubleButtons({ troubles: TROUBLES, lanes: LANES, run });

let leaving = null;

/** Plays a game in which that happens; gives how it ended, in words. */
async function run(trouble) {
  leaving = new AbortController();
  byId("play").textContent = "Leave";
  fault.hidden = true;
  try {
    await play(trouble, leaving.signal);
    return "the game went on to its end";
  } catch (error) {
    return leaving.signal.aborted ? tellLeft() : tellFault(error);
  } finally {
    leaving = null;
    byId("play").textContent = "Play";
  }
}

function tellLeft() {
  board.say("The game was left");
  return "the game was left";
}

function tellFault(error) {
  board.say("The game broke off");
  fault.replaceChildren(h("p", {}, explain(error)));
  fault.hidden = false;
  return "it didn't go as it should";
}

async function play({ before, during }, signal) {
  const wishes = new FormData(byId("wishes"));
  const pace = PACES[wishes.get("pace")];
  board.clear();
  tables.clear();
  try {
    await setOpponent(wishes.get("opponent"), pace.opponent);
    await before?.();
    let boards = 0;
    for await (const told of playGame(pace.robot, signal)) {
      tellLine(told);
      board.show(told);
      tables.show(told);
      if (told.kind === "board" && (boards += 1) === 1) await during?.();
    }
  } finally {
    await clearFaults();
  }
}

byId("wishes").addEventListener("submit", (event) => {
  event.preventDefault();
  if (leaving) leaving.abort();
  else troubles.start({ name: "A game" });
});
