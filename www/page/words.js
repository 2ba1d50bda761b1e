// How the page says things to people.
import { isPlayoffError } from "playoff-wasm";
import { isPassing } from "./connection.js";
import { deltasOf, isByAnother } from "./game.js";

const numbers = new Intl.NumberFormat("en");
const signed = new Intl.NumberFormat("en", { signDisplay: "exceptZero" });
const ago = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
const clock = new Intl.DateTimeFormat("en", { timeStyle: "medium", hourCycle: "h23" });

export const formatNumber = (number) => numbers.format(number);

export const formatTime = (milliseconds) => clock.format(milliseconds);

/** "Mara Lind" is ML, "Johny" is JO. */
export function initialsOf(name) {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? ["?"];
  const letters = words.length > 1 ? words.slice(0, 2).map((word) => [...word][0]) : [...words[0]].slice(0, 2);
  return letters.join("").toUpperCase();
}

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function formatAge(timestamp, now = Date.now()) {
  const seconds = (new Date(timestamp).getTime() - now) / 1_000;
  const unit = UNITS.find(([, length]) => Math.abs(seconds) >= length);
  return unit ? ago.format(Math.trunc(seconds / unit[1]), unit[0]) : "just now";
}

/** "+10 Points", "Quiz Whiz +1", "Champion". */
export function describeDelta({ type, metric, item, from, to }) {
  if (type === "state") return to;
  const amount = signed.format(to - (from ?? 0));
  return item ? `${item} ${amount}` : `${amount} ${metric.name}`;
}

const VERBS = { add: "+", remove: "−", set: "= " };

/** "+25 Points", "+n Coins", "Quiz Whiz +1, 30% chance". */
export function describeReward({ probability, ...reward }) {
  const chance = probability < 1 ? `, ${Math.round(probability * 100)}% chance` : "";
  return rewardText(reward) + chance;
}

function rewardText({ type, metric, verb, value, valueText }) {
  const sign = VERBS[verb] ?? "";
  if (type === "state") return `${metric.name}: ${value}`;
  if (type === "set") return value.map(({ name, countText }) => `${name} ${sign}${readExpression(countText)}`).join(", ");
  return `${sign}${readExpression(valueText)} ${metric.name}`;
}

/** A reward may be a sum of the action's variables: "$vars['n'] * 2" reads "n * 2". */
const readExpression = (text) => text.trim().replace(/\$vars(?:\.|\[['"])(\w+)(?:['"]\])?/g, "$1");

const TEAM_EVENTS = {
  create: "created",
  delete: "deleted",
  join: "joined",
  leave: "left",
  "invite:accept": "accepted an invitation to",
  "join:request": "asked to join",
  "role:assign": "got a role in",
  "role:change": "got another role in",
  transfer: "handed over",
};

/** { kind, text } of an event of the feed. `me` is the id of the player who reads it. */
export function describeEvent(event, me) {
  const who = isByAnother(event, me) ? event.actor.alias : "You";
  const place = event.team ?? event.process;
  if (event.event === "action") return { kind: "action", text: `${who} played ${event.action.name}` };
  if (event.event === "level")
    return { kind: "level", text: `${who} reached ${deltasOf(event).map(describeDelta).join(", ")}` };
  if (event.event === "achievement")
    return { kind: "achievement", text: `${who} earned ${earnedItems(event).join(", ") || "an award"}` };
  if (event.event === "score") return { kind: "other", text: `The game changed ${whoseScores(event.player, me)}` };
  if (event.event === "custom_rule")
    return { kind: "other", text: `${who}: ${event.rule?.name ?? "a rule of the game applied"}` };
  if (place && TEAM_EVENTS[event.event])
    return { kind: "team", text: `${who} ${TEAM_EVENTS[event.event]} ${place.name}` };
  return { kind: "other", text: `${who}: ${event.event.replaceAll(":", " ")}` };
}

const whoseScores = (player, me) => (!player || player.id === me ? "your scores" : `the scores of ${player.alias}`);

export const earnedItems = (event) =>
  deltasOf(event)
    .filter(({ item }) => item)
    .map(({ item }) => item);

const EXPLANATIONS = {
  player_not_found: "The game doesn't know this player.",
  access_denied: "This player isn't allowed to do that.",
  plan_limit_exceeded: "The game has used up its calls for this month.",
  rate_limit_exceeded: "You have played this as often as the game allows for now.",
  wasm_unavailable: "This browser, or this page's security policy, doesn't allow WebAssembly, which the demo needs.",
};

/** What went wrong, for a person. */
export function explain(error) {
  if (isPassing(error)) return "No answer came. Try again in a moment.";
  if (!isPlayoffError(error)) return `Something went wrong in this page: ${error.message}`;
  return EXPLANATIONS[error.code] ?? sentence(error.message || error.code);
}

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
