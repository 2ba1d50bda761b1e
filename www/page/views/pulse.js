import { byId } from "../dom.js";
import { playRound } from "../others.js";
import { describeEvent, explain } from "../words.js";

const BETWEEN = 1_400;
const STATES = {
  connecting: "Connecting…",
  live: "Live",
  waiting: "Reconnecting…",
  polling: "Asking now and then",
  ended: "Not live",
};

/**
 * What comes by itself: how the stream stands, the newest that it told, and a way to have others play. Of the ranking
 * nobody tells, so `onRoundEnd()` is called when they have played.
 */
export function createPulse({ onRoundEnd }) {
  const news = byId("news");
  const button = byId("others");
  let round = null;

  function showState(state) {
    const live = byId("live");
    live.dataset.state = state;
    live.textContent = STATES[state];
  }

  const say = (text) => (news.textContent = text);

  button.addEventListener("click", () => (round ? round.abort() : start()));

  /** One of them after the other, until all had their turn, or somebody has seen enough. */
  async function start() {
    round = new AbortController();
    button.textContent = "Let them rest";
    try {
      for await (const text of playRound(round.signal, pause)) say(`${text}.`);
    } catch (error) {
      say(explain(error));
    }
    round = null;
    button.textContent = "Let the others play";
    await onRoundEnd();
  }

  return { showState, showEvent: (event, me) => say(`${describeEvent(event, me).text}.`), stop: () => round?.abort() };
}

function pause(signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, BETWEEN);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
