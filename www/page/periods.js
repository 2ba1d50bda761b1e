// The periods of a leaderboard's cycles, which begin in the platform's time zone: UTC here.

const NAMES = {
  daily: ["Today", "Yesterday"],
  weekly: ["This week", "Last week"],
  monthly: ["This month", "Last month"],
  yearly: ["This year", "Last year"],
};
const DAY = 86_400_000;

/** A moment in the period that was so many ago; undefined for the present one, of which the service knows itself. */
export function momentIn(cycle, ago, now = new Date()) {
  if (ago === 0) return undefined;
  if (cycle === "daily") return new Date(now - ago * DAY);
  if (cycle === "weekly") return new Date(now - ago * 7 * DAY);
  if (cycle === "monthly") return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago));
  return new Date(Date.UTC(now.getUTCFullYear() - ago, 0));
}

/** "This week", "Last week", "Week of 3 Mar". */
export function nameOfPeriod(cycle, ago) {
  return NAMES[cycle]?.[ago] ?? format(cycle, momentIn(cycle, ago));
}

const format = (cycle, moment) => (cycle === "weekly" ? `Week of ${days.format(mondayOf(moment))}` : FORMATS[cycle].format(moment));

const mondayOf = (moment) => new Date(moment - ((moment.getUTCDay() + 6) % 7) * DAY);

const inUtc = (options) => new Intl.DateTimeFormat("en", { timeZone: "UTC", ...options });
const days = inUtc({ day: "numeric", month: "short" });
const FORMATS = {
  daily: inUtc({ weekday: "short", day: "numeric", month: "short" }),
  monthly: inUtc({ month: "long", year: "numeric" }),
  yearly: inUtc({ year: "numeric" }),
};
