// The page "Kumite": games to their end by legal moves, whatever is lost on the way, and no token in the page.

import { readFile } from "node:fs/promises";
import { deepEqual, equal, match, ok } from "../lib/assert.mjs";
import { isPlayedOut } from "../lib/tic-tac-toe.mjs";
import { askWorker } from "./demo-page.mjs";
import { gamesOf } from "./kumite-page.mjs";
import { secretsOf } from "./serving.mjs";
import { expectLines } from "./story-steps.mjs";

const WWW = new URL("../../www/", import.meta.url);
/** The sources that the page shows, in its order. */
const SHOWN = ["worker/robot.ts", "worker/kumite.ts"];

async function openGame({ openPage }, options) {
  const visitor = await openPage("/kumite", options);
  const games = gamesOf(visitor.page);
  await visitor.eventually("the page is there", async () => (await games.positions()) === "_________");
  return { visitor, games };
}

/** The moves that the sandbox was sent, and those that it was sent and made. */
async function movesSent(control) {
  const isMove = ({ method, path }) => method === "POST" && path === "/kumite/api/v1/board/move";
  const moves = (await control.log()).filter(isMove).map(({ status, body }) => ({ status, field: body.position }));
  const fieldsOf = (some) => some.map(({ field }) => field);
  return { sent: fieldsOf(moves), made: fieldsOf(moves.filter(({ status }) => status === 200)) };
}

/** The game that the page shows was played by the rules, to its end; and what was sent is what it shows. */
async function expectWholeGame(games, control) {
  const [positions, moves] = [await games.positions(), await games.moves()];
  ok(isPlayedOut(positions), `the board ${positions}`);
  const rebuilt = [..."_________"];
  moves.forEach(([symbol, field], index) => {
    equal(symbol, index % 2 === 0 ? "X" : "O", `whose move ${index + 1} is`);
    equal(rebuilt[field - 1], "_", `field ${field} before move ${index + 1}`);
    rebuilt[field - 1] = symbol;
  });
  equal(rebuilt.join(""), positions, "what the moves come to");
  const { made } = await movesSent(control);
  const robots = moves.filter(([symbol]) => symbol === "X").map(([, field]) => Number(field));
  deepEqual(made.toSorted(), robots.toSorted(), "the robot's moves");
  match(await games.outcome(), /^(The robot wins|The sandbox wins|A draw)$/, "the outcome");
  equal(await games.fault.isVisible(), false, "a fault");
}

export async function kumite(check) {
  await check("kumite: a game is drawn as it is played, to its end, with its scores", async (t) => {
    const { visitor, games } = await openGame(t);
    await games.observeMoves();
    const lines = await games.play();
    await expectWholeGame(games, t.control);
    const counts = [...new Set(await games.seenMoves())].filter(Boolean);
    ok(counts.length > 3, `the moves came one after the other: ${counts}`);
    expectLines(lines, [/GET \/games: 200/, /POST \/contests: 200/, /POST \/board\/player: 200/, /POST \/board\/move: 200/]);
    const scores = (await games.scores()).map(([, who, score]) => [who, Number(score)]);
    const expected = { "The robot wins": { "The robot": 3, "The sandbox": 1 }, "The sandbox wins": { "The robot": 1, "The sandbox": 3 } };
    deepEqual(Object.fromEntries(scores), expected[await games.outcome()] ?? { "The robot": 2, "The sandbox": 2 }, "scores");
    ok(scores[0][1] >= scores[1][1], "the best comes first");
    equal((await t.control.kumite.tokens()).length, 2, "tokens: one for each player");
    deepEqual(visitor.problems, [], "problems");
  });

  await check("kumite: nobody wins against who never loses", async (t) => {
    const { games } = await openGame(t);
    await games.atFullSpeed();
    await games.againstTheBest();
    await games.play();
    await expectWholeGame(games, t.control);
    ok((await games.outcome()) !== "The robot wins", "the outcome");
  });

  await check("kumite: an answer that is dropped: the board is read, and the move isn't made again", async (t) => {
    const { games } = await openGame(t);
    await games.atFullSpeed();
    const lines = await games.trouble("answer");
    const told = [/network_error: no word of the move to 5/, /the move to 5 is on the board: it isn't sent again/];
    expectLines(lines, [...told, /POST \/board\/move: 200/]);
    match(await games.title(), /^Drop an answer: the game went on to its end$/, "the title");
    await expectWholeGame(games, t.control);
    const { sent } = await movesSent(t.control);
    equal(new Set(sent).size, sent.length, "moves that were sent twice");
    equal((await t.control.faults()).left, 0, "calls that are still to fail");
  });

  await check("kumite: a move that is dropped: the board is read, and it is made", async (t) => {
    const { games } = await openGame(t);
    await games.atFullSpeed();
    const lines = await games.trouble("move");
    const told = [/network_error: no word of the move to 5/, /the move to 5 isn't on the board: it is sent again/];
    expectLines(lines, [...told, /POST \/board\/move: 200/]);
    await expectWholeGame(games, t.control);
    deepEqual((await movesSent(t.control)).sent.slice(0, 2), [5, 5], "what was sent");
  });

  await check("kumite: tokens that end in the middle of a game are replaced", async (t) => {
    const { games } = await openGame(t);
    const lines = await games.trouble("tokens");
    expectLines(lines, [/: 401$/, /gets another token, the old one was refused$/, /POST \/board\/move: 200/]);
    await expectWholeGame(games, t.control);
  });

  await check("kumite: WebSockets that are cut cost nothing", async (t) => {
    const { games } = await openGame(t);
    await games.trouble("watchers");
    await expectWholeGame(games, t.control);
  });

  await check("kumite: a game can be left, and another one played", async (t) => {
    const { visitor, games } = await openGame(t);
    await games.playButton.click();
    await visitor.eventually("a move", async () => (await games.moves()).length > 0);
    equal(await games.playButton.textContent(), "Leave", "the button");
    await games.playButton.click();
    await games.story();
    equal(await games.outcome(), "The game was left", "the outcome");
    await visitor.eventually("nobody watches any more", async () => (await t.control.kumite.state()).connections === 0);
    await t.control.clearLog();
    await games.play();
    await expectWholeGame(games, t.control); // so nobody moves in the other one
    deepEqual(visitor.problems, [], "problems");
  });

  await check("kumite: a service that refuses, or that nobody reaches, is told as that", async (t) => {
    const { visitor, games } = await openGame(t);
    await games.atFullSpeed();
    await t.control.fail({ path: "/kumite/api/v1/contests", status: 500, body: { error_message: "Not today" } });
    await games.play();
    match(await games.fault.textContent(), /^Not today\.$|^No answer came/, "the fault");
    equal(await games.outcome(), "The game broke off", "the outcome");
    await visitor.context.setOffline(true);
    await games.play();
    match(await games.fault.textContent(), /^No answer came/, "the fault");
    await visitor.context.setOffline(false);
    await t.control.clearLog();
    await games.play();
    await expectWholeGame(games, t.control);
  });

  await check("kumite: the page is found from the game, says what runs, and has no secret", async (t) => {
    const visitor = await t.open();
    await visitor.page.getByRole("link", { name: "Kumite" }).click();
    const games = gamesOf(visitor.page);
    await games.atFullSpeed();
    await games.play();
    const shown = await visitor.page.locator("pre code").allTextContents();
    const running = await Promise.all(SHOWN.map((file) => readFile(new URL(file, WWW), "utf8")));
    deepEqual(shown, running.map((source) => source.trimEnd()), "sources");
    const calls = (await t.control.log()).filter(({ path }) => path.startsWith("/kumite/"));
    const tokens = new Set(calls.flatMap(({ headers }) => headers.authorization?.split(" ")[1] ?? [])); // WebSockets have none
    ok(tokens.size >= 3, `tokens that the sandbox saw: ${tokens.size}`);
    const texts = [await askWorker(t.url, "/kumite/play", { pause: 0 }), await visitor.page.content()];
    match(texts[0], /"kind":"board"/, "what the worker tells");
    for (const secret of [...tokens, ...secretsOf(t.sandbox)]) ok(!texts.some((text) => text.includes(secret)), "a secret reached the page");
    deepEqual(visitor.problems, [], "problems");
  });
}
