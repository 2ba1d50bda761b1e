import type { ServiceClient } from "../../types/client.js";
import type { WebSocketConstructor } from "../../types/feed.js";
import type { ProviderDefinition } from "../../types/provider.js";
import type { Read, ReadOf, TypedOptions, WriteTo } from "../../types/typed.js";
import type { Edge, EdgeClientOptions, RefreshTokenEdgeOptions } from "./app.js";

/** Options of `createEdge` for Kumite, or what extends its definition. */
export interface KumiteEdgeOptions extends RefreshTokenEdgeOptions {
  provider: "kumite" | (ProviderDefinition & { extend: "kumite" });
  /** The address of the Kumite that is played at. */
  apiUrl?: string;
}

/** A robot at Kumite: it plays for the players of its refresh token. */
export interface KumiteEdge extends Pick<Edge, "claims"> {
  /**
   * A client that calls for a player, each of whom has a token.
   *
   * @example const { kumite } = robot.client<TicTacToe>({ playerId });
   */
  readonly client: <G extends KumitePlay = KumitePlay>(options?: EdgeClientOptions) => KumiteClient<G>;
}

/** A client that calls Kumite for a player. */
export interface KumiteClient<G extends KumitePlay = KumitePlay> extends ServiceClient {
  /** Kumite's own calls, by name. */
  readonly kumite: Kumite<G>;
}

/** What is played: what a board of it holds, and what a move is. */
export interface KumitePlay {
  board: unknown;
  move: object;
}

/** Tic-Tac-Toe, `39cf37f9-09bd-402a-9d61-de63010d7354`. */
export interface TicTacToe {
  board: {
    /** Nine fields, row by row: `X`, `O`, or `_`. */
    positions: string;
    playerIdToSymbol: { readonly [playerId: string]: "X" | "O" };
  };
  /** A field, from 1. */
  move: { position: number };
}

/**
 * Kumite's own calls. Every one takes the options of {@link Client.get} too, and rejects as it does;
 * `playerId`, the client's or the call's, is for whom it is. Answers are as the service writes them.
 */
export interface Kumite<G extends KumitePlay = KumitePlay> {
  /** What the service tells of itself. */
  readonly metadata: Read<KumiteMetadata>;
  /** The games there are. */
  readonly games: Read<KumiteGame[], KumiteGameFilter>;
  /** Contests. */
  readonly contests: Read<KumiteContest[], KumiteContestFilter>;
  /**
   * Opens a contest.
   * @example await kumite.createContest(gameId, { name: "Ada's" });
   */
  readonly createContest: WriteTo<string, NewKumiteContest, KumiteContest, { board?: G["board"] }>;
  /** A contest's board, and how the player stands there. */
  readonly board: ReadOf<string, KumiteBoard<G>>;
  /**
   * Joins a contest, or looks on. It is sent once, whatever comes of it, since joining twice ends the contest: after an
   * error `board` tells.
   */
  readonly join: ReadOf<string, KumitePlayerStatus, KumiteOnce & { viewer?: boolean }>;
  /** What the player can do now, or what is waited for. */
  readonly moves: ReadOf<string, KumiteMoves<G>>;
  /**
   * Makes a move; gives the board after it. It is sent once, whatever comes of it, since an illegal move ends the
   * contest: after an error `board` tells.
   */
  readonly move: WriteTo<string, G["move"], KumiteBoard<G>, KumiteOnce>;
  /** The scores of a contest: the least one first, which of Tic-Tac-Toe is the loser's. */
  readonly leaderboard: ReadOf<string, KumiteLeaderboard>;
  /**
   * A contest's board, and again whenever it has changed, until the game is over. What the WebSocket
   * tells is a hint to read the board, so several changes may be one.
   *
   * It also ends with `break`, and with what reading the board rejects with: the reason of its `signal`,
   * `disposed`. A lost connection is no error.
   *
   * @throws {ConfigError} `no_web_socket`: there is none here, and no `interval`; `invalid_option`
   * @example for await (const { board } of kumite.watch(contestId)) show(board.positions);
   */
  readonly watch: (contestId: string, options?: KumiteWatchOptions) => AsyncIterable<KumiteBoard<G>, undefined, undefined>;
}

/** What is sent once takes no rules of retrying. */
type KumiteOnce = { retry?: never };

/** Options of {@link Kumite.watch}: those of reading the board, and when it is read. */
export interface KumiteWatchOptions extends TypedOptions {
  /**
   * Milliseconds after which the board is read again, whatever the WebSocket tells. Without it the board
   * is read when something was told, and, where the WebSocket can't be reached, whenever that is tried:
   * after 1 second at first, after 30 at most.
   */
  interval?: number;
  /** The constructor of WebSockets; else the platform's own. Node has one since version 22. */
  webSocket?: WebSocketConstructor;
}

/** Which games are wanted. */
export interface KumiteGameFilter {
  gameId?: string;
  minPlayers?: number;
  maxPlayers?: number;
  /** A regular expression, in Java's spelling, for the whole title. */
  titleRegex?: string;
  /** A tag, or several that it must all have. */
  tag?: string | readonly string[];
}

/** Which contests are wanted. */
export interface KumiteContestFilter {
  contestId?: string;
  gameId?: string;
  /** Whether there is a place. A contest that was ended by an error has one, too: ask for `gameOver: false` as well. */
  acceptPlayers?: boolean;
  /** Whether players are missing. */
  requiresPlayers?: boolean;
  gameOver?: boolean;
}

/** What the service tells of itself. */
export interface KumiteMetadata {
  /** What tags of games mean. */
  tags: { readonly [tag: string]: string };
}

/** A game. */
export interface KumiteGame {
  gameId: string;
  title: string;
  shortDescription: string;
  icon: string | null;
  references: string[];
  tags: string[];
  /** How long a turn is, where it has one: an ISO 8601 duration. */
  pace: string | null;
  minPlayers: number;
  maxPlayers: number;
}

/** What a contest is to be; the rest is the game's. */
export interface NewKumiteContest {
  name: string;
  minPlayers?: number;
  maxPlayers?: number;
  timeout?: string;
}

/** A contest. */
export interface KumiteContest {
  contestId: string;
  constantMetadata: {
    gameId: string;
    name: string;
    minPlayers: number;
    maxPlayers: number;
    /** The account that opened it. */
    author: string;
    created: string | null;
    timeout: string | null;
  };
  dynamicMetadata: KumiteContestState;
}

/** How a contest stands. */
export interface KumiteContestState {
  /** Who plays. */
  contenders: string[];
  acceptingPlayers: boolean;
  requiringPlayers: boolean;
  gameOver: boolean;
}

/** How a player stands in a contest. */
export interface KumitePlayerStatus {
  playerId: string;
  playerHasJoined: boolean;
  playerCanJoin: boolean;
  accountIsViewing: boolean;
}

/** A contest's board, for a player. */
export interface KumiteBoard<G extends KumitePlay = KumitePlay> {
  contestId: string;
  playerStatus: KumitePlayerStatus;
  dynamicMetadata: KumiteContestState;
  /** Changes whenever the board does. */
  boardStateId: string;
  board: G["board"];
}

/** What a player can do. */
export interface KumiteMoves<G extends KumitePlay = KumitePlay> {
  /** Moves by their labels, as {@link Kumite.move} takes them; none while somebody is waited for. */
  moves: { readonly [label: string]: G["move"] };
  /** What is waited for; null when it is the player's turn. */
  waiting: KumiteWaiting | null;
}

/** What a player waits for: others who have to join (0 when the game is over), or to move. */
export interface KumiteWaiting {
  wait: true;
  missingPlayers?: number;
  waitedPlayers?: string[];
}

/** The scores of a contest. */
export interface KumiteLeaderboard {
  playerScores: {
    playerId: string;
    /** From 0, for the least score. */
    rank: number;
    score: number;
  }[];
}
