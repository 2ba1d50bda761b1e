import { playoff } from "../client.js";
import { byId, h } from "../dom.js";
import { rowsOf } from "../game.js";
import { explain } from "../words.js";

/** Who plays: a list of the game's players. */
export function createSwitcher({ onSwitch }) {
  const form = byId("switcher");
  const select = form.elements.player;
  let current = null;

  select.addEventListener("change", async () => {
    form.querySelector(".switcher-fault")?.remove();
    try {
      await onSwitch(select.value);
    } catch (error) {
      select.value = current;
      form.append(h("p", { class: "switcher-fault", role: "alert" }, explain(error)));
    }
  });

  async function reload() {
    const players = rowsOf(await playoff.get("/runtime/players", { query: { limit: 100 } }));
    select.replaceChildren(...players.map(({ id, alias }) => h("option", { value: id }, alias ?? id)));
    select.disabled = false;
    if (current) select.value = current;
  }

  function setPlayer(playerId) {
    current = playerId;
    select.value = playerId;
  }

  return { reload, setPlayer };
}
