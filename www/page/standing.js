import { formatNumber } from "./words.js";

/** Where `me` stands on a board, or stood in a period that is over, in a sentence. */
export function describeStanding(rows, me, board, isOver) {
  const tense = isOver ? PAST : PRESENT;
  if (rows.length === 0) return tense.empty;
  const metric = board.metric?.name ?? "points";
  const mine = rows.find(({ id }) => id === me);
  if (!mine && board.entity_type === "teams")
    return `${rows[0].name} ${tense.leads} with ${formatNumber(rows[0].score)} ${metric}.`;
  if (!mine) return tense.absent;
  const ahead = rows.findLast(({ score }) => score > mine.score);
  if (ahead)
    return `You ${tense.are} number ${mine.rank}, ${formatNumber(ahead.score - mine.score)} ${metric} behind ${ahead.name}.`;
  const next = rows.find(({ id }) => id !== me);
  return describeLead(mine, next, metric, tense);
}

function describeLead(mine, next, metric, { lead, share, is }) {
  if (!next) return `You ${lead}, and nobody else ${is} on the board.`;
  if (next.score === mine.score) return `You ${share} the lead with ${next.name}.`;
  return `You ${lead}, ${formatNumber(mine.score - next.score)} ${metric} ahead of ${next.name}.`;
}

const PRESENT = {
  empty: "Nobody is on this board yet.",
  absent: "You aren't on this board yet: play something.",
  are: "are",
  is: "is",
  lead: "lead",
  leads: "leads",
  share: "share",
};
const PAST = {
  empty: "Nobody was on this board then.",
  absent: "You weren't on this board then.",
  are: "were",
  is: "was",
  lead: "led",
  leads: "led",
  share: "shared",
};
