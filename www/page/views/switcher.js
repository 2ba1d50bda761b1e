import { playoff } from "../client.js";
import { isPassing } from "../connection.js";
import { byId, h } from "../dom.js";
import { signIn, signOut } from "../session.js";
import { explain } from "../words.js";

/** Who plays: a list of the game's players. */
export function createSwitcher({ switchPlayer }) {
  const form = byId("switcher");
  const select = form.elements.player;
  const fault = h("p", { class: "switcher-fault", role: "alert" });
  let current = null;
  form.append(fault);

  select.addEventListener("change", () => attempt(() => signIn(select.value)));

  async function attempt(changeSession) {
    fault.replaceChildren();
    try {
      await switchPlayer(changeSession);
    } catch (error) {
      select.value = current;
      fault.replaceChildren(explain(error));
    }
  }

  async function reload() {
    try {
      showPlayers(await playoff.runtime.players().toArray({ max: 100 }));
    } catch (error) {
      if (isPassing(error)) throw error;
      offerSignOut(error);
    }
  }

  function showPlayers(players) {
    fault.replaceChildren();
    select.replaceChildren(...players.map(({ id, alias }) => h("option", { value: id }, alias ?? id)));
    select.disabled = false;
    if (current) select.value = current;
  }

  /** Who can't read the list, because the game has forgotten them, can't choose from it either. */
  function offerSignOut(error) {
    const button = h("button", { type: "button", class: "quiet", onclick: () => attempt(signOut) }, "Start over");
    fault.replaceChildren(explain(error), " ", button);
  }

  function setPlayer(playerId) {
    current = playerId;
    select.value = playerId;
  }

  return { reload, setPlayer };
}
