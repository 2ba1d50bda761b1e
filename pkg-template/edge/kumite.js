import { watch } from "./watch.js";

/**
 * What a robot does at Kumite, by name. `call(name, args, options)` makes a typed call; `stream(options)` gives what
 * `watch` needs to know of the client.
 */
export function kumiteOver(call, stream) {
  const read = (name) => (options) => call(name, [], options);
  const one = (name) => (id, options) => call(name, [id], options);
  const two = (name) => (id, given, options) => call(name, [id, given], options);
  const board = one("board");
  return Object.freeze({
    metadata: read("metadata"),
    games: read("games"),
    contests: read("contests"),
    createContest: two("createContest"),
    board,
    join: one("join"),
    moves: one("moves"),
    move: two("move"),
    leaderboard: one("leaderboard"),
    watch: (contestId, options) => watch(board, stream, contestId, options),
  });
}
