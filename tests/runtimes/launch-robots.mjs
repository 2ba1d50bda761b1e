// Node again: the manual's robot plays, for two players of one refresh token, while answers are lost and tokens end.

import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { WebSocket } from "ws";
import { deepEqual, equal, ok } from "../lib/assert.mjs";
import { claimsOf } from "../lib/claims.mjs";
import { controlClient } from "../lib/control.mjs";
import { casesWanted, full } from "../lib/settings.mjs";
import { isPlayedOut } from "../lib/tic-tac-toe.mjs";
import { fileOf, manualBlocks } from "../packaging/manual.mjs";

const GAMES = full ? 100 : 20;
const LIMIT = full ? 300_000 : 90_000;
const NAME = `node: kumite: the manual's robot plays ${GAMES} games while every tenth answer is lost and tokens end`;
const TIC_TAC_TOE = "39cf37f9-09bd-402a-9d61-de63010d7354";
const API = "/kumite/api/v1";
const WATCHING = { webSocket: WebSocket, interval: 500 };
/** The part of the calls before which the player's token ends. */
const ENDS = 1 / 6;
/** Of a thousand reads one would lose its answer three times, which is all that the SDK tries by itself. */
const RETRY = 5;

/** The calls, each of which leaves its name in `told`, and its error; before some of them `endToken` is called. */
function toldBy(kumite, told, endToken) {
  const telling = (name, call) => async (...args) => {
    const one = { name };
    told.push(one);
    if (Math.random() < ENDS) await endToken();
    try {
      return await call(...args);
    } catch (error) {
      one.error = error;
      throw error;
    }
  };
  const calls = Object.entries(kumite).map(([name, call]) => [name, name === "watch" ? call : telling(name, call)]);
  return Object.fromEntries(calls);
}

/** A contest of its own: one whose answer is lost is left to whoever finds it. */
async function contestOf(kumite) {
  for (let left = 5; ; left--) {
    try {
      return (await kumite.createContest(TIC_TAC_TOE, { name: "robots" })).contestId;
    } catch (error) {
      if (left === 1) throw error;
    }
  }
}

/** What happened: for each player the last boards and what the robot did; and the sandbox's log. */
async function play({ consumer, folder, sandbox }) {
  const control = controlClient(sandbox.control.url);
  await control.reset();
  await control.fail({ path: "/kumite", every: 10, count: 1_000_000, drop: "body" });
  const installed = join(consumer, "node_modules", "playoff-wasm");
  await mkdir(folder, { recursive: true });
  const file = join(folder, "play.mjs");
  await writeFile(file, fileOf(await manualBlocks(installed, "kumite"), "play.mjs"));
  const robotOf = await import(pathToFileURL(file).href);
  const { resolve } = createRequire(join(consumer, "package.json"));
  const { createEdge } = await import(pathToFileURL(resolve("playoff-wasm/edge")).href);

  const { url, refreshToken } = sandbox.kumite;
  const robot = createEdge({ provider: "kumite", apiUrl: url, refreshToken });
  const playFor = async (playerId) => {
    const told = [];
    const endToken = () => control.expire({ service: "kumite", player_id: playerId });
    const kumite = toldBy(robot.client({ playerId, retry: RETRY }).kumite, told, endToken);
    const boards = [];
    for (let game = 0; game < GAMES / 2; game++) {
      boards.push(await robotOf.play(kumite, await contestOf(kumite), WATCHING));
    }
    return { playerId, told, boards };
  };
  try {
    const players = await Promise.all(robot.claims().playerIds.map(playFor));
    return { players, log: (await control.log()).filter(({ path }) => path.startsWith(API)) };
  } finally {
    await control.clearFaults();
  }
}

export async function launchRobots(report, { consumer, folder, sandbox }) {
  if (casesWanted([NAME]).length === 0) return;
  const begun = Date.now();
  const played = await report.test(NAME, () => play({ consumer, folder, sandbox }), { limit: LIMIT });
  if (played === undefined) return;
  const { players, log } = played;
  const told = players.flatMap((player) => player.told);
  const lost = (one) => one.error?.name === "NetworkError";
  const refused = (one) => one.error?.name === "AuthError";
  const moves = told.filter(({ name }) => name === "move");
  report.note(
    `${GAMES} games in ${((Date.now() - begun) / 1000).toFixed(1)} s: ${log.length} calls, ${moves.length} moves, of which ` +
      `${moves.filter(lost).length} lost and ${moves.filter(refused).length} refused`,
  );

  await report.test("node: kumite: every game is played out, and no move was illegal", () => {
    for (const { boards } of players) {
      equal(boards.length, GAMES / 2, "games");
      for (const { board, contestId } of boards) ok(isPlayedOut(board.positions), `${contestId}: ${board.positions}`);
    }
    const changes = log.filter(({ method, path }) => method === "POST" && path.startsWith(`${API}/board/`));
    const other = changes.filter(({ status }) => status !== 200 && status !== 401);
    deepEqual(other, [], "joins and moves that failed");
  });
  await report.test("node: kumite: each field of the players' was taken by one move", () => {
    for (const { playerId, boards } of players) {
      for (const { board, contestId } of boards) {
        const mine = ({ path, status, query }) =>
          path === `${API}/board/move` &&
          status === 200 &&
          query.contest_id === contestId &&
          query.player_id === playerId;
        const fields = [...board.positions].filter((symbol) => symbol === board.playerIdToSymbol[playerId]);
        equal(log.filter(mine).length, fields.length, `moves in ${contestId}`);
      }
    }
  });
  await report.test("node: kumite: after a move whose answer was lost, the robot reads the board", () => {
    for (const kind of [lost, refused]) {
      ok(moves.some(kind), `no move of ${moves.length} was ${kind.name}`);
    }
    for (const { told } of players) {
      told.forEach(({ name, error }, index) => {
        if (name === "move" && error) equal(told[index + 1].name, "board", "what the robot does next");
      });
    }
  });
  await report.test("node: kumite: each call carries its own player's token", () => {
    const calls = log.filter(({ path }) => path !== `${API}/oauth2/token`);
    const tokens = new Set();
    for (const { path, query, headers } of calls) {
      const token = headers.authorization.slice("Bearer ".length);
      tokens.add(token);
      equal(claimsOf(token).playerId, query.player_id, `whose token goes with ${path}`);
    }
    const named = new Set(calls.map(({ query }) => query.player_id));
    deepEqual([...named].sort(), players.map(({ playerId }) => playerId).sort(), "players");
    ok(tokens.size > 2 * players.length, `tokens ended: there were ${tokens.size}`);
  });
}
