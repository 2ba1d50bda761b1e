import { h, s } from "../dom.js";
import { initialsOf } from "../words.js";

const HEXAGON = "M24 2 43 13v22L24 46 5 35V13z";

/** One item of a set: a hexagon with its initials; an outline as long as the player hasn't got it. */
export function badge({ name, description, count }) {
  const owned = count > 0;
  const label = owned ? `${name}${count > 1 ? `, ${count} times` : ""}` : `${name}, not yet earned`;
  return h(
    "span",
    { class: owned ? "badge" : "badge locked", title: description || null, "data-item": name, "data-count": count },
    s(
      "svg",
      { viewBox: "0 0 48 48", "aria-hidden": "true" },
      s("path", { d: HEXAGON }),
      s("text", { x: 24, y: 29.5, "text-anchor": "middle" }, initialsOf(name)),
    ),
    h("span", { "aria-hidden": "true" }, name, count > 1 ? h("b", {}, ` ×${count}`) : null),
    h("span", { class: "unseen" }, label),
  );
}
