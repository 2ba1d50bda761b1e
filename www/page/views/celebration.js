import { byId, h } from "../dom.js";
import { deltasOf } from "../game.js";
import { earnedItems } from "../words.js";
import { badge } from "./badge.js";

const SHOWN_FOR = 6_000;
const PIECES = 28;
const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** A new level or badge is a moment to stop at. */
export function celebrate(events) {
  for (const event of events) {
    if (event.event === "level")
      toast(
        "Level up!",
        `You are now ${deltasOf(event)
          .map(({ to }) => to)
          .join(", ")}.`,
        "▲",
      );
    if (event.event === "achievement")
      earnedItems(event).forEach((name) => toast("New badge!", name, badge({ name, count: "1" })));
  }
}

export const endCelebrations = () => byId("toasts").replaceChildren();

function toast(title, text, symbol) {
  const card = h(
    "div",
    { class: "toast" },
    h("span", { class: "toast-symbol", "aria-hidden": "true" }, symbol),
    h("p", {}, h("strong", {}, title), " ", text),
  );
  byId("toasts").append(card);
  if (!stillness.matches) throwConfetti(card);
  setTimeout(() => card.remove(), SHOWN_FOR);
}

function throwConfetti(card) {
  const pieces = Array.from({ length: PIECES }, () => h("i", { class: "confetti", "aria-hidden": "true" }));
  card.append(...pieces);
  for (const [index, piece] of pieces.entries()) {
    const angle = (index / PIECES) * 2 * Math.PI;
    const reach = 60 + Math.random() * 110;
    const end = `translate(${Math.cos(angle) * reach * 1.6}px, ${Math.sin(angle) * reach + 60}px) rotate(${Math.random() * 720}deg)`;
    const flight = piece.animate(
      [
        { transform: "none", opacity: 1 },
        { transform: end, opacity: 0 },
      ],
      { duration: 900 + Math.random() * 700, easing: "cubic-bezier(.15,.7,.4,1)" },
    );
    flight.onfinish = () => piece.remove();
  }
}
