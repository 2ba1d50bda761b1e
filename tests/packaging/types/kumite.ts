// What a strict robot writes, and what must not compile: each line after a mark is wrong in one way. Never run.

import {
  createEdge,
  type KumiteBoard,
  type KumiteClient,
  type KumiteContest,
  type KumiteEdge,
  type KumitePlay,
  type TicTacToe,
} from "playoff-wasm/edge";

const robot: KumiteEdge = createEdge({ provider: "kumite", apiUrl: "https://kumite.example", refreshToken: "x" });
const ours: KumiteEdge = createEdge({ provider: { extend: "kumite", apiUrl: "https://kumite.example" }, refreshToken: "x" });
const client: KumiteClient<TicTacToe> = robot.client<TicTacToe>({ playerId: "ada" });
const app = createEdge({ clientId: "app", clientSecret: "not-a-real-secret" }).client();

export async function right(signal: AbortSignal): Promise<void> {
  const { kumite } = client;
  const { tags } = await kumite.metadata();
  tags["1v1"]?.length satisfies number | undefined;
  const [game] = await kumite.games({ tag: ["1v1", "turn-based"], minPlayers: 2, titleRegex: "Tic.*" });
  const contests: KumiteContest[] = await kumite.contests({ gameId: game?.gameId ?? "", acceptPlayers: true, gameOver: false });
  const { contestId } = contests[0] ?? (await kumite.createContest("a game", { name: "Ours" }, { timeout: 1_000 }));
  (await kumite.join(contestId, { viewer: true })).playerHasJoined satisfies boolean;
  const { moves, waiting } = await kumite.moves(contestId);
  if (waiting !== null) waiting.missingPlayers satisfies number | undefined;
  for (const move of Object.values(moves)) {
    const after: KumiteBoard<TicTacToe> = await kumite.move(contestId, move, { playerId: "bob" });
    after.board.positions.charAt(0);
  }
  (await kumite.board(contestId, { full: true })).status satisfies number;
  (await kumite.leaderboard(contestId)).playerScores[0]?.score satisfies number | undefined;
  for await (const { board, dynamicMetadata } of kumite.watch(contestId, { interval: 1_000, signal })) {
    if (dynamicMetadata.gameOver) board.playerIdToSymbol["ada"] satisfies "X" | "O" | undefined;
  }
  await client.get("/players", { query: { contest_id: contestId } });
  robot.claims()?.["playerIds"] satisfies unknown;

  const any: KumiteClient<KumitePlay> = ours.client();
  (await any.kumite.board(contestId)).board satisfies unknown;
}

export async function wrong(): Promise<void> {
  const { kumite } = client;
  // @ts-expect-error what a player may do is Playoff's
  await client.runtime.player();
  // @ts-expect-error so is what an app may do
  await client.admin.players();
  // @ts-expect-error and these contests aren't Playoff's
  await app.kumite.games();
  // @ts-expect-error nobody creates players there
  await robot.ensurePlayer({ id: "ada" });
  // @ts-expect-error a move of another game
  await kumite.move("a contest", { direction: 3 });
  // @ts-expect-error no move
  await kumite.move("a contest");
  // @ts-expect-error a move is sent once
  await kumite.move("a contest", { position: 1 }, { retry: 3 });
  // @ts-expect-error so is joining
  await kumite.join("a contest", { retry: { limit: 1 } });
  // @ts-expect-error no contest
  await kumite.board();
  // @ts-expect-error a contest has a name
  await kumite.createContest("a game", {});
  // @ts-expect-error an unknown filter
  await kumite.contests({ game_id: "a game" });
  // @ts-expect-error a WebSocket is made by a constructor
  kumite.watch("a contest", { webSocket: "ws" });
  // @ts-expect-error what a board of another game holds isn't known
  (await robot.client().kumite.board("a contest")).board.positions;
  // @ts-expect-error no move is a word
  robot.client<{ board: string; move: string }>();
}
