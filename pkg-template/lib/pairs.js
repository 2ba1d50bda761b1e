/**
 * The pairs of what a call takes as `query` or `headers` (an object, or whatever iterates over pairs), and others behind
 * them. What is neither stays as it is: the call refuses it, as it does by itself.
 */
export function withPairs(given, others) {
  if (given == null) return others;
  if (typeof given !== "object") return given;
  return [...(given[Symbol.iterator] ? given : Object.entries(given)), ...others];
}
