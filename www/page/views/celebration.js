import { byId, h } from "../dom.js";
import { deltasOf, isByAnother } from "../game.js";
import { describeDelta, earnedItems } from "../words.js";
import { badge } from "./badge.js";

const SHOWN_FOR = 6_000;
const PIECES = 28;
const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** A new level or badge is a moment to stop at, `me` being the player who looks on; a team mate's, too. */
export function celebrate(events, me) {
  for (const event of events) {
    const mate = isByAnother(event, me) ? event.actor.alias : null;
    if (event.event === "level") celebrateLevel(event, mate);
    if (event.event === "achievement") celebrateBadges(event, mate);
  }
}

function celebrateLevel(event, mate) {
  const level = deltasOf(event)
    .filter(({ type }) => type === "state")
    .map(describeDelta)
    .join(", ");
  if (mate) toast(`${mate} levels up!`, `Your team mate is now ${level}.`, "▲");
  else toast("Level up!", `You are now ${level}.`, "▲");
}

function celebrateBadges(event, mate) {
  for (const name of earnedItems(event)) toast(mate ? `A badge for ${mate}!` : "New badge!", name, badge({ name, count: 1 }));
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
