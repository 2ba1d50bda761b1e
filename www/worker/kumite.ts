// Plays one game of Tic-Tac-Toe at Kumite for each request: the account's first player is a robot, the second one looks on.
// The refresh token stays here; the page hears what happens.

import { createEdge, type KumiteEdge, type TicTacToe } from "playoff-wasm/edge";
import { isFromOwnPage, readBody, refuse } from "./answers";
import { answerByLines, type Tell } from "./lines";
import { play } from "./robot";

const TIC_TAC_TOE = "39cf37f9-09bd-402a-9d61-de63010d7354";
const LONGEST_PAUSE = 2_000;

/** `POST /kumite/play` with `{pause}`, the milliseconds that the robot waits before it moves. */
export async function playAtKumite(request: Request, env: Env): Promise<Response> {
  if (request.method !== "POST") return refuse(405, "method_not_allowed", "Use POST.", { allow: "POST" });
  if (!isFromOwnPage(request)) return refuse(403, "foreign_origin", "Only this page may have the robot play.");
  const { pause } = await readBody(request);
  if (!(pause >= 0 && pause <= LONGEST_PAUSE))
    return refuse(400, "invalid_request", `The body must be {"pause": 0…${LONGEST_PAUSE}}.`);

  return answerByLines(async (tell, signal) => {
    const account = createEdge({ provider: "kumite", apiUrl: env.KUMITE_URL, refreshToken: env.KUMITE_REFRESH_TOKEN });
    const { playerIds } = account.claims() as { playerIds: string[] };
    const robot = clientOf(account, { who: "robot", playerId: playerIds[0], pause }, tell);
    const onlooker = clientOf(account, { who: "onlooker", playerId: playerIds[1], pause: 0 }, tell);

    const [game] = await robot.kumite.games({ gameId: TIC_TAC_TOE, signal });
    const { contestId } = await robot.kumite.createContest(TIC_TAC_TOE, { name: "The demo's" });
    tell({ kind: "contest", contestId, title: game.title, robot: playerIds[0] });
    const ending = new AbortController(); // neither goes on without the other
    const both = AbortSignal.any([signal, ending.signal]);
    try {
      await Promise.all([play(robot.kumite, contestId, (text) => tell({ kind: "says", text }), both), show()]);
    } finally {
      ending.abort();
    }
    tell({ kind: "scores", ...(await onlooker.kumite.leaderboard(contestId)) });

    async function show() {
      for await (const { board, dynamicMetadata } of onlooker.kumite.watch(contestId, { signal: both })) {
        tell({ kind: "board", ...board, isOver: dynamicMetadata.gameOver });
      }
    }
  });
}

type Seat = { who: "robot" | "onlooker"; playerId: string; pause: number };

/** A client for one of the account's players, which tells what it does. */
function clientOf(account: KumiteEdge, { who, playerId, pause }: Seat, tell: Tell) {
  const client = account.client<TicTacToe>({
    playerId,
    hooks: {
      // So that somebody can watch: a hook may take its time.
      beforeRequest: ({ method, url }) =>
        method === "POST" && url.includes("/board/move?") && new Promise((resolve) => setTimeout(resolve, pause)),
      afterResponse: ({ status }, { method, url, attempt }) => {
        const route = new URL(url).pathname.replace(/^.*\/api\/v1/, "");
        const until = client.claims()?.exp;
        tell({ kind: "call", who, playerId, method, route, status, attempt, until });
      },
    },
  });
  client.on("retry", ({ method, route, retry, delay, code, status }) =>
    tell({ kind: "retry", who, method, route, retry, delay, code, status }),
  );
  client.on("token", ({ reason }) => tell({ kind: "token", who, reason }));
  return client;
}
