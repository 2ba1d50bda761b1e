import { h, s } from "../dom.js";
import { deltasOf } from "../game.js";
import { describeDelta, describeEvent, formatAge } from "../words.js";

const SYMBOLS = {
  action: "M8 5.5v9l7-4.5z",
  level: "M10 4.5 15 10h-3v5.5H8V10H5z",
  achievement: "M10 4l1.9 3.9 4.1.6-3 3 .7 4.2L10 13.7l-3.7 2L7 11.5l-3-3 4.1-.6z",
  team: "M7 9.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zm6 0a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM3 15c0-2.5 1.7-4 4-4s4 1.5 4 4zm8.8 0c0-1.5-.4-2.7-1.1-3.6.7-.3 1.4-.4 2.3-.4 2.3 0 4 1.5 4 4z",
  other: "M10 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
};

/** An event on a line: what it was, in words, what it changed, and when. `me` is the id of the player who reads it. */
export function eventEntry(event, me) {
  const { kind, text } = describeEvent(event, me);
  const changes = kind === "level" || kind === "achievement" ? [] : deltasOf(event);
  return h(
    "li",
    { "data-event": event.id, "data-kind": kind },
    s("svg", { class: "symbol", viewBox: "0 0 20 20", "aria-hidden": "true" }, s("path", { d: SYMBOLS[kind] })),
    h(
      "div",
      {},
      h("p", {}, text),
      changes.length
        ? h(
            "ul",
            { class: "chips" },
            changes.map((delta) => h("li", {}, describeDelta(delta))),
          )
        : null,
    ),
    h("time", { datetime: event.timestamp, title: new Date(event.timestamp).toLocaleString() }),
  );
}

export function updateAge(entry, { timestamp }) {
  const time = entry.querySelector("time");
  if (time) time.textContent = formatAge(timestamp);
}
