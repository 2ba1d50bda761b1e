// Kumite's calls by name, at the sandbox: where they lead, what is never sent twice, and boards that are watched.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";
import { until } from "../../lib/limits.mjs";

const TIC_TAC_TOE = "39cf37f9-09bd-402a-9d61-de63010d7354";
const API = "/kumite/api/v1";
const TOKEN_PATH = `${API}/oauth2/token`;
const LONG_AGO = 600_000;

/** The client of a robot at the sandbox, for its first player: a new one, since in an edge worker others share tokens. */
async function robotOf(t, more = {}) {
  const { refreshToken } = await t.control.kumite.refreshToken();
  const robot = t.edge.createEdge({ provider: "kumite", apiUrl: t.kumite.url, refreshToken, ...more });
  return robot.client({ playerId: t.kumite.playerIds[0] });
}

/** What the sandbox was asked, but for tokens: method, path and query. */
async function asked(t) {
  const calls = (await t.calls()).filter(({ path }) => path.startsWith(API) && path !== TOKEN_PATH);
  return calls.map(({ method, path, query }) => ({ method, path: path.slice(API.length), query }));
}

/** A contest of its own, joined, in which the sandbox's player answers after so many milliseconds. */
async function playing(t, kumite, opponentDelay = 0) {
  await t.control.kumite.settings({ opponentDelay });
  const { contestId } = await kumite.createContest(TIC_TAC_TOE, { name: "a case" });
  await kumite.join(contestId);
  return contestId;
}

/** A WebSocket that reaches nothing. */
class Deaf {
  constructor() {
    throw new Error("not here");
  }
}

/** The options of `watch` where its WebSocket is heard. */
const heard = (t) => (t.webSocket === undefined ? {} : { webSocket: t.webSocket });

async function firstMove(kumite, contestId) {
  const { moves } = await kumite.moves(contestId);
  return Object.values(moves)[0];
}

/** Nobody hears the sandbox any more. */
const isLetGo = (t) =>
  until(async () => (await t.control.kumite.settings({})).connections === 0, { what: "a WebSocket that is closed" });

const cases = [
  {
    name: "every call leads to its route, for the client's player",
    async run(t) {
      const { kumite } = await robotOf(t);
      const [player_id] = t.kumite.playerIds;
      const { tags } = await kumite.metadata();
      equal(typeof tags["1v1"], "string", "tags");
      const [game] = await kumite.games({ tag: ["1v1", "perfect_information"], minPlayers: 2, titleRegex: "Tic.*" });
      equal(game.gameId, TIC_TAC_TOE, "game");
      const { contestId } = await kumite.createContest(TIC_TAC_TOE, { name: "a case" });
      const open = await kumite.contests({ gameId: TIC_TAC_TOE, acceptPlayers: true, gameOver: false });
      ok(open.some((one) => one.contestId === contestId), "the contest is one of those");
      const { moves, waiting } = await kumite.moves(contestId);
      deepEqual([moves, waiting], [{}, { wait: true, missingPlayers: 2 }], "moves before anybody joined");
      equal((await kumite.join(contestId)).playerHasJoined, true, "joined");
      const { data } = await kumite.moves(contestId, { full: true });
      deepEqual([Object.keys(data.moves).length, data.waiting], [9, null], "moves with the head");
      const after = await kumite.move(contestId, { position: 5 });
      equal(after.board.positions[4], "X", "the board after a move");
      equal((await kumite.board(contestId)).contestId, contestId, "board");
      const { playerScores } = await kumite.leaderboard(contestId);
      deepEqual(playerScores.map(({ score }) => score), [0, 0], "scores");
      deepEqual(
        await asked(t),
        [
          ["GET", "/public/metadata", {}],
          ["GET", "/games", { min_players: "2", title_regex: "Tic.*", tag: ["1v1", "perfect_information"] }],
          ["POST", "/contests", { game_id: TIC_TAC_TOE }],
          ["GET", "/contests", { game_id: TIC_TAC_TOE, accept_players: "true", game_over: "false" }],
          ["GET", "/board/moves", { contest_id: contestId }],
          ["POST", "/board/player", { contest_id: contestId }],
          ["GET", "/board/moves", { contest_id: contestId }],
          ["POST", "/board/move", { contest_id: contestId }],
          ["GET", "/board", { contest_id: contestId }],
          ["GET", "/leaderboards", { contest_id: contestId }],
        ].map(([method, path, query]) => ({ method, path, query: { ...query, player_id } })),
        "calls",
      );
    },
  },
  {
    name: "a call names another player, or is refused without an id",
    async run(t) {
      const { kumite } = await robotOf(t);
      const [, playerId] = t.kumite.playerIds;
      const [{ contestId }] = await kumite.contests();
      equal((await kumite.board(contestId, { playerId })).playerStatus.playerId, playerId, "player");
      const sent = (await asked(t)).length;
      for (const call of [kumite.board, kumite.join, kumite.moves, kumite.move, kumite.createContest]) {
        t.checkError(await failure(() => call("")), { name: "ConfigError", code: "invalid_route" });
      }
      equal((await asked(t)).length, sent, "calls");
    },
  },
  {
    name: "joins and moves are sent once, whatever the caller wants; what only reads is sent again",
    async run(t) {
      const { kumite } = await robotOf(t, { retry: { limit: 3, methods: ["GET", "POST"] } });
      const { contestId } = await kumite.createContest(TIC_TAC_TOE, { name: "a case" });
      const retry = { limit: 3, methods: ["POST"] };
      const join = () => kumite.join(contestId, { retry });
      const move = () => kumite.move(contestId, { position: 1 }, { retry });
      for (const [path, act] of [["/board/player", join], ["/board/move", move]]) {
        for (const how of [{ status: 503 }, { drop: "connection" }]) {
          await t.control.fail({ path: `${API}${path}`, ...how });
          await failure(act);
        }
        await t.control.expire({ service: "kumite" });
        t.checkError(await failure(act), { name: "AuthError", status: 401 });
        await act();
        equal((await asked(t)).filter((call) => call.path === path).length, 4, `calls of ${path}`);
      }
      await t.control.fail({ path: `${API}/board`, status: 503 });
      await t.control.expire({ service: "kumite" });
      equal((await kumite.board(contestId)).contestId, contestId, "board");
    },
  },
  {
    name: "a board is watched by the WebSocket alone, until the game is over",
    async run(t) {
      const { kumite } = await robotOf(t);
      const contestId = await playing(t, kumite, 20);
      const boards = [];
      for await (const now of kumite.watch(contestId, heard(t))) {
        boards.push(now);
        const move = await firstMove(kumite, contestId);
        if (move) await kumite.move(contestId, move);
      }
      ok(boards.at(-1).dynamicMetadata.gameOver, "the last one is over");
      const ids = boards.map(({ boardStateId }) => boardStateId);
      equal(new Set(ids).size, ids.length, "boards, each once");
      const reads = (await asked(t)).filter(({ path }) => path === "/board").length;
      // Joining, moves, and the end are told by three words each at most.
      ok(reads <= 60, `${reads} reads`);
      await isLetGo(t);
    },
  },
  {
    name: "a watch goes on when its WebSocket is lost",
    async run(t) {
      const { kumite } = await robotOf(t);
      const contestId = await playing(t, kumite);
      const boards = kumite.watch(contestId, heard(t))[Symbol.asyncIterator]();
      const first = (await boards.next()).value;
      await until(async () => (await t.control.kumite.settings({})).connections === 1, { what: "a WebSocket" });
      const next = boards.next();
      await t.control.kumite.drop();
      await kumite.move(contestId, await firstMove(kumite, contestId));
      const second = (await next).value;
      ok(second.boardStateId !== first.boardStateId, "another board");
      deepEqual(await boards.return(), { done: true, value: undefined }, "its end");
      await isLetGo(t);
    },
  },
  {
    name: "where the WebSocket is never reached, a board is read whenever it is tried",
    async run(t) {
      const { kumite } = await robotOf(t);
      const contestId = await playing(t, kumite);
      const boards = kumite.watch(contestId, { webSocket: Deaf })[Symbol.asyncIterator]();
      const first = (await boards.next()).value;
      const next = boards.next();
      await kumite.move(contestId, await firstMove(kumite, contestId));
      ok((await next).value.boardStateId !== first.boardStateId, "another board");
      await boards.return();
    },
  },
  {
    name: "without a WebSocket a board is read at intervals, and told when it has changed",
    async run(t) {
      const { kumite } = await robotOf(t);
      const contestId = await playing(t, kumite);
      const boards = kumite.watch(contestId, { webSocket: Deaf, interval: 20 })[Symbol.asyncIterator]();
      const first = (await boards.next()).value;
      const next = boards.next();
      const reads = async () => (await asked(t)).filter(({ path }) => path === "/board").length;
      await until(async () => (await reads()) >= 4, { what: "reads of a board that doesn't change" });
      await kumite.move(contestId, await firstMove(kumite, contestId));
      ok((await next).value.boardStateId !== first.boardStateId, "another board");
      await boards.return();
    },
  },
  {
    name: "a watch ends by its signal and with its client, and says at once what it can't do",
    async run(t) {
      const client = await robotOf(t);
      const { kumite } = client;
      const contestId = await playing(t, kumite, LONG_AGO);
      const stop = new AbortController();
      const waiting = async (options) => {
        const boards = kumite.watch(contestId, { ...heard(t), ...options })[Symbol.asyncIterator]();
        await boards.next();
        return boards.next();
      };
      const bySignal = failure(() => waiting({ signal: stop.signal }));
      const byClient = failure(() => waiting({}));
      await until(async () => (await t.control.kumite.settings({})).connections === 2, { what: "two WebSockets" });
      stop.abort(new Error("enough"));
      equal((await bySignal).message, "enough", "reason");
      client.dispose();
      t.checkError(await byClient, { code: "disposed" });
      await isLetGo(t);

      const refused = (options) => failure(async () => kumite.watch(contestId, options));
      for (const options of [{ interval: 0 }, { interval: "1" }, { interval: 2 ** 31 }, { webSocket: {} }]) {
        t.checkError(await refused(options), { name: "ConfigError", code: "invalid_option" });
      }
      const { WebSocket } = globalThis;
      globalThis.WebSocket = undefined;
      try {
        t.checkError(await refused({}), { name: "ConfigError", code: "no_web_socket" });
      } finally {
        globalThis.WebSocket = WebSocket;
      }
    },
  },
  {
    name: "an app of another service has none of these routes",
    async run(t) {
      const { clientId, clientSecret } = t.seeded("sandbox-app");
      const { apiUrl, authUrl } = t.sandbox;
      const { kumite } = t.edge.createEdge({ apiUrl, authUrl, clientId, clientSecret }).client();
      const expected = { name: "ConfigError", code: "unsupported_version", message: /kumite\.leaderboard/ };
      await t.refuses(() => kumite.leaderboard("main"), expected);
      const robot = await robotOf(t);
      const other = { name: "ConfigError", code: "unsupported_version", message: /player/ };
      await t.refuses(() => robot.runtime.player(), other);
    },
  },
];

export const kumiteCases = cases.map((one) => ({ ...one, name: `kumite: ${one.name}`, needs: "edge" }));
