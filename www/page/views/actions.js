import { playoff } from "../client.js";
import { isPassing } from "../connection.js";
import { byId, h, keep } from "../dom.js";
import { sumOfDeltas } from "../game.js";
import { panel } from "../panel.js";
import { describeDelta, describeReward, explain } from "../words.js";
import { readVariables, variableField } from "./variables.js";

/** What the player can do, each with its inputs and a button. */
export function createActions({ play }) {
  const list = byId("action-list");

  function show(actions) {
    keep(list, actions, { key: ({ id }) => id, create: card, update: updateCard });
  }

  function card(action) {
    const form = h(
      "form",
      { "data-action": action.id },
      h(
        "div",
        { class: "about" },
        h("h3", { id: `action-${action.id}` }, action.name),
        action.description ? h("p", { class: "aside" }, action.description) : null,
        h(
          "ul",
          { class: "chips" },
          action.rewards.map((reward) => h("li", {}, describeReward(reward))),
        ),
      ),
      fieldsOf(action),
      h("button", { type: "submit", "aria-describedby": `action-${action.id}` }, "Play"),
      h("p", { class: "result", role: "status" }),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      submit(form, action);
    });
    return h("li", {}, form);
  }

  async function submit(form, action) {
    const button = form.querySelector("button");
    if (button.hasAttribute("aria-disabled") || form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    try {
      const events = await play(action, readVariables(form, action));
      say(form, "good", sumOfDeltas(events).map(describeDelta).join(", ") || "Played.");
    } catch (error) {
      showRefusal(form, button, error);
    }
    form.removeAttribute("aria-busy");
  }

  return {
    ...panel(byId("play"), {
      load: () => playoff.runtime.actions(),
      show: (actions) => {
        show(actions);
        forget(list);
      },
    }),
    show,
  };
}

function fieldsOf(action) {
  const fields = action.variables.map((variable) => variableField(action, variable));
  return fields.length ? h("div", { class: "fields" }, fields) : null;
}

/** A limit stays until the page is loaded again; everything else may be tried once more. */
function showRefusal(form, button, error) {
  const limited = error.code === "rate_limit_exceeded";
  if (limited) button.setAttribute("aria-disabled", "true");
  say(
    form,
    limited ? "limit" : "bad",
    isPassing(error)
      ? "The connection was lost before the answer came. The scores will tell whether it counted."
      : explain(error),
  );
}

function say(form, tone, text) {
  const result = form.querySelector(".result");
  result.dataset.tone = tone;
  result.textContent = text;
}

function forget(list) {
  for (const form of list.querySelectorAll("form:not([aria-busy])")) {
    form.querySelector("button").removeAttribute("aria-disabled");
    say(form, "", "");
  }
}

function updateCard(item, { count }) {
  const button = item.querySelector("button");
  button.title = count ? `Played ${count} ${count === 1 ? "time" : "times"}` : "Not played yet";
}
