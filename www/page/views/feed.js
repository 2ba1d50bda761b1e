import { playoff } from "../client.js";
import { byId, h, keep, s } from "../dom.js";
import { deltasOf, rowsOf } from "../game.js";
import { panel } from "../panel.js";
import { describeDelta, describeEvent, formatAge } from "../words.js";

const SHORT = 8;
const SYMBOLS = {
  action: "M8 5.5v9l7-4.5z",
  level: "M10 4.5 15 10h-3v5.5H8V10H5z",
  achievement: "M10 4l1.9 3.9 4.1.6-3 3 .7 4.2L10 13.7l-3.7 2L7 11.5l-3-3 4.1-.6z",
  team: "M7 9.5a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zm6 0a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM3 15c0-2.5 1.7-4 4-4s4 1.5 4 4zm8.8 0c0-1.5-.4-2.7-1.1-3.6.7-.3 1.4-.4 2.3-.4 2.3 0 4 1.5 4 4z",
  other: "M10 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z",
};

/** What happened in the game, newest first. */
export function createFeed() {
  const list = byId("events");
  const more = byId("events-more");
  let events = null;
  let me = null;
  let long = false;

  function show(answer) {
    // Events of one play share their time: the later ones come first, too.
    events = rowsOf(answer).toReversed().toSorted((a, b) => new Date(b.timestamp) - new Date(a.timestamp));
    draw();
  }

  /** Events that an answer brought along; the next reload brings them again, under the same ids. */
  function add(fresh) {
    events = [...fresh.toReversed(), ...(events ?? []).filter(({ id }) => !fresh.some((event) => event.id === id))];
    draw();
  }

  function draw() {
    if (!events) return;
    const rows = events.length ? events : [{ id: "none", none: true }];
    keep(list, long ? rows : rows.slice(0, SHORT), {
      key: ({ id }) => `${me} ${id}`,
      create: createEntry,
      update: updateAge,
    });
    more.hidden = events.length <= SHORT;
    more.textContent = long ? "Only the newest" : `${events.length - SHORT} more`;
  }

  function createEntry(event) {
    if (event.none) return h("li", { class: "nothing" }, "Nothing yet. Play an action and it shows up here.");
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

  function updateAge(entry, { timestamp }) {
    const time = entry.querySelector("time");
    if (time) time.textContent = formatAge(timestamp);
  }

  function setPlayer(playerId) {
    if (me === playerId) return;
    me = playerId;
    draw();
  }

  more.addEventListener("click", () => {
    long = !long;
    draw();
  });

  return { ...panel(byId("feed"), { load: () => playoff.get("/runtime/activity"), show }), add, setPlayer };
}
