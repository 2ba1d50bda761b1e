/** What ends that which a signal was for. Signals have had reasons since 2022, and a caller's own may have none. */
export const reasonOf = ({ reason }) =>
  reason === undefined ? new DOMException("the signal was aborted", "AbortError") : reason;
