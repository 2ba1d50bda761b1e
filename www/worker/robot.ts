import { isPlayoffError, type Kumite, type KumiteBoard, type TicTacToe } from "playoff-wasm/edge";

type Board = KumiteBoard<TicTacToe>;
type Move = TicTacToe["move"];

/** Plays a contest to its end. `say` hears of what was lost on its way. */
export async function play(
  kumite: Kumite<TicTacToe>,
  contestId: string,
  say: (text: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const hasJoined = ({ playerStatus }: Board) => playerStatus.playerHasJoined;
  if (!hasJoined(await kumite.board(contestId))) await once("joining", () => kumite.join(contestId, { signal }), hasJoined);

  for await (const { board, boardStateId, playerStatus } of kumite.watch(contestId, { signal })) {
    const { moves } = await kumite.moves(contestId, { signal });
    const move = choose(board.positions, board.playerIdToSymbol[playerStatus.playerId], Object.values(moves));
    const hasChanged = (now: Board) => now.boardStateId !== boardStateId;
    if (move) await once(`the move to ${move.position}`, () => kumite.move(contestId, move, { signal }), hasChanged);
  }

  /** What is sent once may be lost, or its answer alone: the board tells which. */
  async function once(what: string, act: () => Promise<unknown>, isDone: (now: Board) => boolean) {
    for (let left = 5; ; left--) {
      try {
        await act();
        return;
      } catch (error) {
        // It is to end, or the service itself said no: then the contest may be lost.
        if (!isPlayoffError(error) || error.name === "ApiError") throw error;
        say(`${error.code}: no word of ${what}, so the board is read`);
        if (isDone(await kumite.board(contestId))) return say(`${what} is on the board: it isn't sent again`);
        if (left === 1) throw error;
        say(`${what} isn't on the board: it is sent again`);
      }
    }
  }
}

const LINES = [[1, 2, 3], [4, 5, 6], [7, 8, 9], [1, 4, 7], [2, 5, 8], [3, 6, 9], [1, 5, 9], [3, 5, 7]];
const BEST_FIRST = [5, 1, 3, 7, 9, 2, 4, 6, 8];

/** Of the moves that the service offers the one that wins, or keeps the other from winning, or takes the best field. */
function choose(positions: string, mine: "X" | "O", moves: Move[]): Move | undefined {
  const wins = (symbol: string) => ({ position }: Move) =>
    LINES.some((line) => line.includes(position) && line.every((at) => at === position || positions[at - 1] === symbol));
  const best = moves.toSorted((one, other) => BEST_FIRST.indexOf(one.position) - BEST_FIRST.indexOf(other.position));
  return best.find(wins(mine)) ?? best.find(wins(mine === "X" ? "O" : "X")) ?? best[0];
}
