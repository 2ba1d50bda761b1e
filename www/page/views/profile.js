import { playoff } from "../client.js";
import { byId, h, keep } from "../dom.js";
import { findScore, levelOf, shelfOf } from "../game.js";
import { panel } from "../panel.js";
import { formatNumber, initialsOf } from "../words.js";
import { badge } from "./badge.js";
import { drawLevel } from "./level.js";

const stillness = matchMedia("(prefers-reduced-motion: reduce)");

/** Who is signed in, and how they stand: the scoreboard at the top. */
export function createProfile({ getPlayer, onPlayer }) {
  const avatar = byId("avatar");
  let metrics = null;
  let shown = null; // whose image it is

  async function load() {
    const [definitions, player] = await Promise.all([metrics ?? playoff.runtime.metrics(), getPlayer()]);
    metrics = definitions;
    return player;
  }

  function show(player) {
    onPlayer(player);
    byId("player-name").textContent = player.alias ?? player.id;
    document.title = `${player.alias ?? player.id} · Playoff demo`;
    byId("player-teams").replaceChildren(...describeTeams(player));
    showScores(player);
    if (shown !== player.id) showAvatar(player);
  }

  function showScores(player) {
    const [main, ...others] = metrics.filter(({ type }) => type === "point" || type === "compound");
    keep(byId("score-main"), main ? [main] : [], {
      key: ({ id }) => id,
      create: ({ name }) => h("div", {}, h("span", { class: "score-label" }, name), h("data", {})),
      update: (score, metric) => showNumber(score.lastChild, metric, player),
    });
    keep(byId("score-tiles"), others, {
      key: ({ id }) => id,
      create: ({ name, description }) =>
        h("div", { title: description }, h("dt", {}, name), h("dd", {}, h("data", {}))),
      update: (tile, metric) => showNumber(tile.lastChild.firstChild, metric, player),
    });
    const state = player.scores.find(({ type }) => type === "state");
    drawLevel(byId("level"), state && levelOf(state, player));
    showBadges(player);
  }

  function showBadges(player) {
    const sets = metrics.filter(({ type }) => type === "set");
    byId("badges").replaceChildren(
      ...sets.map((set) => {
        const items = shelfOf(set, findScore(player, set.id));
        return h(
          "div",
          { "data-metric": set.id },
          h("h2", {}, set.name),
          h(
            "ul",
            {},
            items.map((item) => h("li", {}, badge(item))),
          ),
        );
      }),
    );
  }

  async function showAvatar(player) {
    shown = player.id;
    avatar.replaceChildren(initialsOf(player.alias ?? player.id));
    const image = await loadImage();
    if (image && shown === player.id) avatar.replaceChildren(image);
  }

  return panel(byId("profile"), { load, show });
}

/** A number that changes gives a little jump. */
function showNumber(element, metric, player) {
  const { value, valueText } = findScore(player, metric.id) ?? { value: 0, valueText: "0" };
  const jumps = element.value && element.value !== valueText && !stillness.matches;
  element.value = valueText;
  element.dataset.metric = metric.id;
  element.textContent = formatNumber(value);
  if (jumps)
    element.animate([{ transform: "scale(1.14)" }, { transform: "none" }], { duration: 500, easing: "ease-out" });
}

const describeTeams = ({ teams }) =>
  teams.map(({ name, roles }) =>
    h("span", { class: "team" }, name, roles.length ? h("small", {}, roles.join(", ")) : null),
  );

/** The player's image, or null: the initials are there already. */
async function loadImage() {
  try {
    const blob = await playoff.runtime.playerImage({ size: "small" });
    const image = h("img", { alt: "", src: URL.createObjectURL(blob) });
    await image.decode();
    URL.revokeObjectURL(image.src);
    return image;
  } catch (error) {
    if (error.code !== "image_not_found") console.info("No image of the player:", error.message);
    return null;
  }
}
