// The rules of Tic-Tac-Toe, as far as tests need them.

const LINES = ["012", "345", "678", "036", "147", "258", "048", "246"];

/** Whether nobody can move any more by the rules of the game; an error ends a contest before that. */
export function isPlayedOut(positions) {
  const isWon = (line) => ["XXX", "OOO"].includes([...line].map((at) => positions[at]).join(""));
  return /^[XO_]{9}$/.test(positions) && (!positions.includes("_") || LINES.some(isWon));
}
