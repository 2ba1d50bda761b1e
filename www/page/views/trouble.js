import { byId, h } from "../dom.js";
import { live } from "../live.js";
import { beginStory, endStory } from "../story.js";
import { TROUBLES } from "../troubles.js";
import { explain } from "../words.js";
import { drawStrip } from "./strip.js";

const LIMIT = 45_000;

/** Buttons that make things fail, one at a time, and the strip of what the SDK did about it. */
export function createTrouble({ read, getMe }) {
  const fault = byId("trouble").querySelector("[data-fault]");
  const buttons = new Map(TROUBLES.map((trouble) => [trouble, createButton(trouble)]));
  let running = null;

  byId("troubles").append(
    ...TROUBLES.map((trouble) =>
      h("li", {}, buttons.get(trouble), h("p", { class: "aside", id: `trouble-${trouble.id}` }, trouble.does)),
    ),
  );

  function createButton(trouble) {
    const { id, name } = trouble;
    const onclick = () => (running ? stop(trouble) : start(trouble));
    return h("button", { type: "button", "data-trouble": id, "aria-describedby": `trouble-${id}`, onclick }, name);
  }

  const stop = (trouble) => trouble === running?.trouble && running.enough.abort();

  async function start(trouble) {
    running = { trouble, enough: new AbortController() };
    showRunning();
    fault.hidden = true;
    byId("strip").dataset.state = "running";
    byId("strip-title").textContent = trouble.name;
    beginStory(live.state);
    byId("strip").scrollIntoView({ block: "nearest" });
    byId("strip-title").textContent = `${trouble.name}: ${await outcomeOf(trouble)}`;
    endStory();
    byId("strip").dataset.state = "over";
    running = null;
    showRunning();
  }

  /** Has it happen; gives how that ended, in words. */
  async function outcomeOf(trouble) {
    const { signal } = running.enough;
    try {
      await inTime(trouble.run({ read, me: getMe(), wait: (ms) => until(signal, ms) }));
      return "all is well again";
    } catch (error) {
      fault.replaceChildren(h("p", {}, explain(error)));
      fault.hidden = false;
      return "it didn't go as it should";
    }
  }

  /** The one that runs can be ended, where there is something to end; the others wait. */
  function showRunning() {
    for (const [trouble, button] of buttons) {
      const isOwn = trouble === running?.trouble;
      button.textContent = (isOwn && trouble.stop) || trouble.name;
      button.setAttribute("aria-disabled", running !== null && !(isOwn && trouble.stop));
      button.setAttribute("aria-busy", isOwn);
    }
  }

  drawStrip();
}

/** Somebody may have signed in as another player meanwhile: then it isn't heard any more how it ends. */
async function inTime(work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("it took too long")), LIMIT);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function until(signal, milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", resolve);
  });
}
