import { byId, h } from "../dom.js";
import { live } from "../live.js";
import { beginStory, endStory } from "../story.js";
import { TROUBLES } from "../troubles.js";
import { explain } from "../words.js";
import { drawStrip } from "./strip.js";

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
    try {
      await trouble.run({ read, me: getMe(), wait: (ms) => until(running.enough.signal, ms) });
    } catch (error) {
      fault.replaceChildren(h("p", {}, explain(error)));
      fault.hidden = false;
    }
    endStory();
    byId("strip").dataset.state = "over";
    byId("strip-title").textContent = `${trouble.name}: all is well again`;
    running = null;
    showRunning();
  }

  /** The one that runs can be ended, where there is something to end; the others wait. */
  function showRunning() {
    for (const [trouble, button] of buttons) {
      const isOwn = trouble === running?.trouble;
      button.textContent = (isOwn && trouble.stop) || trouble.name;
      button.setAttribute("aria-disabled", running !== null && !(isOwn && trouble.stop));
      button.toggleAttribute("aria-busy", isOwn);
    }
  }

  drawStrip();
}

function until(signal, milliseconds) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", resolve);
  });
}
