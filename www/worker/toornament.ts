// Reads Toornament's lists for the page, by the app's id, secret and key. What the page doesn't show stays here: a
// participant's e-mail address, say.

import { createEdge, type List, type Match, type Toornament } from "playoff-wasm/edge";
import { isFromOwnPage, readBody, refuse } from "./answers";
import { answerByLines, type Tell } from "./lines";

type Read = (toornament: Toornament, tournamentIds: string[]) => AsyncIterable<{ skip: number; total?: number; rows: object[] }>;

/** The lists, and what the page sees of their rows. */
const LISTS: Record<string, Read> = {
  tournaments: (toornament) =>
    pagesOf(toornament.tournaments(), ({ id, name, status, size, country, ...dates }) => ({
      id, name, status, size, country, from: dates.scheduled_date_start, to: dates.scheduled_date_end,
    })),
  stages: (toornament, tournamentIds) =>
    pagesOf(toornament.stages({ tournamentIds }), ({ id, number, name, type, status }) => ({ id, number, name, type, status })),
  participants: (toornament, tournamentIds) =>
    pagesOf(toornament.participants({ tournamentIds }), ({ id, name, checked_in: isHere }) => ({ id, name, isHere })),
  matches: (toornament, tournamentIds) =>
    pagesOf(toornament.matches({ tournamentIds }), ({ id, number, type, status, opponents }) => ({
      id, number, type, status, opponents: opponents.map(nameOpponent),
    })),
  rankings: (toornament, tournamentIds) =>
    pagesOf(toornament.rankings({ tournamentIds }), ({ id, rank, participant, points, properties: { wins, losses } }) => ({
      id, rank, name: participant?.name, points, wins, losses,
    })),
};

/** `POST /toornament/list` with `{list, tournamentId}`: the list's pages, as they come. */
export async function readFromToornament(request: Request, env: Env): Promise<Response> {
  if (request.method !== "POST") return refuse(405, "method_not_allowed", "Use POST.", { allow: "POST" });
  if (!isFromOwnPage(request)) return refuse(403, "foreign_origin", "Only this page may read here.");
  const { list, tournamentId } = await readBody(request);
  if (!Object.hasOwn(LISTS, list) || (list !== "tournaments" && typeof tournamentId !== "string"))
    return refuse(400, "invalid_request", `The body must be {"list": ${Object.keys(LISTS).join(" | ")}, "tournamentId": "…"}.`);

  return answerByLines(async (tell) => {
    const { toornament } = clientOf(env, list, tell);
    for await (const page of LISTS[list](toornament, [tournamentId])) tell({ kind: "page", ...page });
  });
}

async function* pagesOf<T>(list: List<T>, show: (row: T) => object) {
  for await (const { data, ...place } of list.pages()) yield { ...place, rows: data.map(show) };
}

const nameOpponent = ({ participant, score, result }: Match["opponents"][number]) => ({ name: participant?.name, score, result });

/** A client of the app, which tells what it does. */
function clientOf(env: Env, list: string, tell: Tell) {
  const app = createEdge({
    provider: "toornament",
    apiUrl: env.TOORNAMENT_URL,
    clientId: env.TOORNAMENT_CLIENT_ID,
    clientSecret: env.TOORNAMENT_CLIENT_SECRET,
    apiKey: env.TOORNAMENT_API_KEY,
    scope: ["organizer:view", "organizer:participant", "organizer:result"],
  });
  const client = app.client({
    hooks: {
      afterResponse: ({ status, headers }, { method, url, attempt }) => {
        const route = new URL(url).pathname.replace(/^.*\/organizer\/v2/, "");
        tell({ kind: "call", list, method, route, status, attempt, range: headers.get("content-range") });
      },
    },
  });
  client.on("retry", ({ method, route, retry, delay, code, status }) =>
    tell({ kind: "retry", list, method, route, retry, delay, code, status }),
  );
  client.on("token", ({ reason }) => tell({ kind: "token", list, reason }));
  return client;
}
