import { isPassing } from "./connection.js";
import { h } from "./dom.js";
import { explain } from "./words.js";

/** A part of the page with data of its own: loads it, shows it, and says so when it can't be had. */
export function panel(root, { load, show }) {
  const fault = root.querySelector("[data-fault]");
  let latest = 0;

  async function reload() {
    const turn = (latest += 1);
    root.setAttribute("aria-busy", "true");
    try {
      const data = await load();
      if (turn !== latest) return; // somebody else signed in meanwhile, or another cycle was chosen
      fault.hidden = true;
      show(data);
    } catch (error) {
      if (isPassing(error)) throw error;
      if (turn === latest) showFault(error);
    }
    if (turn === latest) root.removeAttribute("aria-busy");
  }

  function showFault(error) {
    const again = h(
      "button",
      { type: "button", class: "quiet", onclick: () => reload().catch(showFault) },
      "Try again",
    );
    fault.replaceChildren(h("p", {}, explain(error)), again);
    fault.hidden = false;
  }

  return { reload };
}
