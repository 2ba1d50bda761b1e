// How tournaments are said to people.

const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** "running, 2–4 Jan 2026, FR, for 8". */
export function describeTournament({ status, from, to, country, size }) {
  const when = from && to ? day.formatRange(new Date(from), new Date(to)) : null;
  return [status, when, country, `for ${size}`].filter(Boolean).join(" · ");
}

/** "single_elimination" reads "single elimination". */
export const readName = (name) => name.replaceAll("_", " ");
