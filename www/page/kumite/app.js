import { byId, h } from "../dom.js";
import { clearFaults, setOpponent } from "../sandbox.js";
import { beginStory, endStory } from "../story.js";
import "../views/wire.js";
import { drawStrip } from "../views/strip.js";
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
const playButton = byId("play");
const fault = byId("game").querySelector("[data-fault]");
const troubleButtons = TROUBLES.map((trouble) =>
  h(
    "button",
    {
      type: "button",
      "data-trouble": trouble.id,
      "aria-describedby": `trouble-${trouble.id}`,
      onclick: () => running || play(trouble),
    },
    trouble.name,
  ),
);

let running = null;

/** Plays a game; with a `trouble`, one in which that happens. */
async function play(trouble) {
  running = new AbortController();
  showRunning(trouble);
  const title = trouble?.name ?? "What the SDK did in this game";
  byId("strip").dataset.state = "running";
  byId("strip-title").textContent = title;
  beginStory();
  const outcome = await outcomeOf(trouble);
  byId("strip-title").textContent = trouble ? `${title}: ${outcome}` : title;
  endStory();
  byId("strip").dataset.state = "over";
  running = null;
  showRunning();
}

/** How a game ended, in words. */
async function outcomeOf(trouble) {
  try {
    await playThrough(trouble);
    return "the game went on to its end";
  } catch (error) {
    if (running.signal.aborted) {
      board.say("The game was left");
      return "the game was left";
    }
    board.say("The game broke off");
    fault.replaceChildren(h("p", {}, explain(error)));
    fault.hidden = false;
    return "it didn't go as it should";
  }
}

async function playThrough(trouble) {
  const wishes = new FormData(byId("wishes"));
  const pace = PACES[wishes.get("pace")];
  board.clear();
  tables.clear();
  try {
    await setOpponent(wishes.get("opponent"), pace.opponent);
    await trouble?.before?.();
    let boards = 0;
    for await (const told of playGame(pace.robot, running.signal)) {
      tellLine(told);
      board.show(told);
      tables.show(told);
      if (told.kind === "board" && (boards += 1) === 1) await trouble?.during?.();
    }
  } finally {
    await clearFaults();
  }
}

/** One game at a time: it can be left, and the others wait. */
function showRunning(trouble) {
  playButton.textContent = running ? "Leave" : "Play";
  if (running) fault.hidden = true;
  TROUBLES.forEach((one, index) => {
    troubleButtons[index].setAttribute("aria-disabled", running !== null);
    troubleButtons[index].setAttribute("aria-busy", running !== null && one === trouble);
  });
}

byId("troubles").append(
  ...TROUBLES.map(({ id, does }, index) =>
    h("li", {}, troubleButtons[index], h("p", { class: "aside", id: `trouble-${id}` }, does)),
  ),
);
byId("wishes").addEventListener("submit", (event) => {
  event.preventDefault();
  if (running) running.abort();
  else play();
});
drawStrip(LANES);
