import { playoff } from "../client.js";
import { byId, h, keep } from "../dom.js";
import { panel } from "../panel.js";
import { eventEntry, updateAge } from "./event-entry.js";

const SHORT = 8;
const TOLD = 50;

/** What happened: what the player did, and what the player was told, newest first. */
export function createFeed() {
  const list = byId("events");
  const more = byId("events-more");
  let events = null;
  let me = null;
  let long = false;

  /** The first page of what was told holds the newest. */
  async function load() {
    const { activity, notificationList } = playoff.runtime;
    const [own, told] = await Promise.all([activity(), notificationList().toArray({ max: TOLD })]);
    return [...told, ...own.toReversed()];
  }

  /** Events that an answer or the stream brought, oldest first; gives those that are new here. */
  const add = (fresh) => merge(fresh.toReversed());

  /** What comes in several ways has the same id. Events of one play share their time: the later ones come first. */
  function merge(fresh) {
    const known = new Set(events?.map(({ id }) => id));
    const added = fresh.filter(({ id }) => !known.has(id) && known.add(id));
    events = [...added, ...(events ?? [])].toSorted((a, b) => new Date(b.timestamp) - new Date(a.timestamp));
    draw();
    return added;
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
    return eventEntry(event, me);
  }

  function setPlayer(playerId) {
    if (me === playerId) return;
    me = playerId;
    draw();
  }

  /** Another player's events aren't this one's. */
  function forget() {
    events = null;
  }

  more.addEventListener("click", () => {
    long = !long;
    draw();
  });

  return { ...panel(byId("feed"), { load, show: merge }), add, setPlayer, forget };
}
