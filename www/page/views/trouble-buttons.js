import { byId, h } from "../dom.js";
import { beginStory, endStory } from "../story.js";
import { drawStrip } from "./strip.js";

/**
 * A button for each of the ways to fail, one at a time, and the strip of what the SDK did about it. `run(trouble)` has it
 * happen, and gives how that ended, in words. What `start` is given needn't have a button.
 */
export function createTroubleButtons({ troubles, lanes, run }) {
  const buttons = new Map(troubles.map((trouble) => [trouble, createButton(trouble)]));
  let isRunning = false;

  byId("troubles").append(
    ...troubles.map((trouble) =>
      h("li", {}, buttons.get(trouble), h("p", { class: "aside", id: `trouble-${trouble.id}` }, trouble.does)),
    ),
  );

  function createButton(trouble) {
    const { id, name } = trouble;
    const onclick = () => isRunning || start(trouble);
    return h("button", { type: "button", "data-trouble": id, "aria-describedby": `trouble-${id}`, onclick }, name);
  }

  async function start(trouble) {
    showRunning(trouble);
    byId("strip").dataset.state = "running";
    byId("strip-title").textContent = trouble.name;
    beginStory();
    byId("strip-title").textContent = `${trouble.name}: ${await run(trouble)}`;
    endStory();
    byId("strip").dataset.state = "over";
    showRunning(null);
  }

  function showRunning(running) {
    isRunning = running !== null;
    for (const [trouble, button] of buttons) {
      button.setAttribute("aria-disabled", isRunning);
      button.setAttribute("aria-busy", trouble === running);
    }
  }

  drawStrip(lanes);
  return { start };
}
