import { h, keep } from "../dom.js";
import { formatNumber, formatTime } from "../words.js";

const LOGGED = 12;

/** What a way of signing in shows: who is signed in, the buttons, what is where, and what happened. */
export function createView(root, actions) {
  const find = (selector) => root.querySelector(selector);
  const buttons = Object.fromEntries([...root.querySelectorAll("[data-do]")].map((button) => [button.dataset.do, button]));
  const message = find(".message");
  const glance = document.querySelector(`[data-of="${root.id}"]`);
  let entries = [];

  for (const [name, button] of Object.entries(buttons)) {
    button.addEventListener("click", () => button.getAttribute("aria-disabled") === "true" || actions[name]());
  }

  /** "in", "out", or "away" once the page is being left. */
  function showState(state, player) {
    root.dataset.state = state;
    const hadFocus = root.contains(document.activeElement);
    buttons.signIn.hidden = state === "in";
    for (const name of ["renew", "signOut"]) buttons[name].hidden = state !== "in";
    const [who, ...score] = state === "in" ? describePlayer(player) : [IDLE[state]];
    find(".who").replaceChildren(h("strong", {}, who), ...score);
    glance.textContent = who;
    if (hadFocus && !root.contains(document.activeElement)) (state === "in" ? buttons.renew : buttons.signIn).focus();
  }

  /** The buttons wait for what one of them began. */
  function showBusy(busy) {
    for (const button of Object.values(buttons)) button.setAttribute("aria-disabled", busy);
  }

  function say(text, tone = "good") {
    message.dataset.tone = tone;
    message.textContent = text;
  }

  const hasMessage = () => message.textContent !== "";

  function showPlaces(rows) {
    keep(find(".places tbody"), rows, {
      key: ({ id }) => id,
      create: ({ what, where }) =>
        h("tr", {}, h("th", { scope: "row" }, what), h("td", {}, where), h("td", { class: "now" })),
      update: updatePlace,
    });
  }

  function log({ name, text }) {
    const time = Date.now();
    entries = [{ number: (entries[0]?.number ?? 0) + 1, time, name, text }, ...entries].slice(0, LOGGED);
    keep(find(".log"), entries, { key: ({ number }) => number, create: createEntry });
  }

  const scrollHere = () => message.scrollIntoView({ block: "nearest" });

  return { showState, showBusy, say, hasMessage, showPlaces, log, scrollHere };
}

const IDLE = { out: "Nobody is signed in", away: "Leaving for the sandbox…" };

function describePlayer(player) {
  const score = player.scores.find(({ type }) => type === "point");
  return [
    player.alias ?? player.id,
    h("span", {}, h("data", { value: score?.valueText ?? "0" }, formatNumber(score?.value ?? 0)), ` ${score?.metric.name ?? "Points"}`),
  ];
}

function updatePlace(line, { where, now }) {
  line.dataset.there = now !== "";
  line.children[1].textContent = where;
  line.children[2].textContent = now || "none";
}

const createEntry = ({ time, name, text }) =>
  h("li", { "data-event": name }, h("time", {}, formatTime(time)), h("code", {}, name), h("span", {}, text));
