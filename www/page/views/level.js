import { h } from "../dom.js";
import { formatNumber } from "../words.js";

const NONE = { name: "No level yet", beginning: true };

/** The level's name, a bar to the next one and how much is missing. */
export function drawLevel(root, level = NONE) {
  if (!root.firstChild)
    root.append(
      h("p", { class: "level-name" }),
      h("div", { class: "track" }, h("span", {})),
      h("p", { class: "level-rest" }),
    );
  const [name, track, rest] = root.children;
  name.textContent = level.name;
  rest.textContent = describeRest(level);
  track.hidden = level.share === undefined;
  track.firstChild.style.setProperty("--share", level.share ?? 0);
  setAttributes(track, {
    role: "progressbar",
    "aria-label": `Progress to ${level.next ?? "the next level"}`,
    "aria-valuemin": 0,
    "aria-valuemax": 100,
    "aria-valuenow": Math.round((level.share ?? 0) * 100),
    "aria-valuetext": rest.textContent,
  });
}

function describeRest({ missing, next, share, baseName, beginning }) {
  if (beginning) return "Play something to begin.";
  if (missing === undefined) return share === undefined ? "" : "The highest level there is";
  return `${formatNumber(missing)} ${baseName} to ${next ?? "the next level"}`;
}

const setAttributes = (element, attributes) =>
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
