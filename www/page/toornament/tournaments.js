import { byId, h, keep } from "../dom.js";
import { createList } from "./list.js";
import { describeTournament } from "./words.js";

/** The tournaments, of which one is chosen. */
export function createTournaments({ onChoice }) {
  let known = [];
  let chosen = null;
  const list = createList("tournaments", { draw });

  /** With the first tournaments there is something to show. */
  async function reload() {
    await list.reload();
    if (!chosen && known.length > 0) choose(known[0]);
  }

  function choose(tournament) {
    chosen = tournament;
    draw(byId("tournaments").querySelector("[data-rows]"), known);
    byId("tournament-name").textContent = tournament.name;
    byId("tournament-about").textContent = describeTournament(tournament);
    byId("tournament").removeAttribute("aria-busy");
    onChoice();
  }

  function draw(place, tournaments) {
    known = tournaments;
    keep(place, tournaments, { key: ({ id }) => id, create: createItem, update: updateItem });
  }

  function createItem(tournament) {
    const { id, name, status } = tournament;
    const find = () => known.find((one) => one.id === id) ?? tournament;
    const onclick = () => choose(find());
    return h("li", {}, h("button", { type: "button", onclick }, h("b", {}, name), h("span", {}, status)));
  }

  const updateItem = (item, { id }) => item.firstChild.setAttribute("aria-pressed", id === chosen?.id);

  return { reload, getChosen: () => chosen };
}
