// Toornament's calls by name: small tables over `get`, `post` and `paginate`.

import { ConfigError } from "../errors.js";
import { withPairs } from "../lib/pairs.js";

/** Filters of whatever belongs to a stage. */
const STRUCTURE = ["tournamentIds", "stageIds", "stageNumbers", "groupIds", "groupNumbers"];
/** Filters by who plays. */
const PLAYING = ["participantIds", "userIds", "teamIds", "customUserIdentifiers"];

/** The lists: the last part of the route, and what each can be filtered by. Others can stand in `query`. */
const LISTS = {
  tournaments: [
    "tournaments",
    ["tournamentIds", "disciplines", "statuses", "scheduledBefore", "scheduledAfter", "countries", "platforms"],
    ["isOnline", "archived", "userIds", "teamIds", "customUserIdentifiers", "circuitIds", "sort"],
  ],
  participants: ["participants", ["tournamentIds", "name", "isCheckedIn", "sort"], PLAYING],
  stages: ["stages", ["tournamentIds", "stageIds", "stageNumbers"]],
  matches: [
    "matches",
    STRUCTURE,
    PLAYING,
    ["matchIds", "roundIds", "roundNumbers", "disciplines", "circuitIds", "statuses", "sort"],
    ["isScheduled", "scheduledBefore", "scheduledAfter", "playedBefore", "playedAfter"],
  ],
  rankings: ["ranking-items", STRUCTURE, ["participantIds", "minRank", "maxRank"]],
  standings: ["standing-items", ["tournamentIds", "participantIds"]],
};

/** Whether a definition is the preset, or one over it. */
export function extendsToornament(provider) {
  for (let one = provider; one != null; one = one.extend) if (one === "toornament") return true;
  return false;
}

/** The calls over a client. */
export function toornamentOver(client) {
  const of = (options) => ({ base: "organizer", ...options });
  const one = (name) => (id, options) => client.get([name, idOf(id)], of(options));
  const list = (name) => {
    const [route, ...filters] = LISTS[name];
    return (options) => client.paginate([route], of(withFilters(filters.flat(), options)));
  };
  return Object.freeze({
    tournaments: list("tournaments"),
    tournament: one("tournaments"),
    participants: list("participants"),
    participant: one("participants"),
    stages: list("stages"),
    stage: one("stages"),
    matches: list("matches"),
    match: one("matches"),
    games: (matchId, options) => client.paginate(["matches", idOf(matchId), "games"], of(options)),
    game: (matchId, number, options) => client.get(["matches", idOf(matchId), "games", number], of(options)),
    rankings: list("rankings"),
    standings: list("standings"),
    standing: one("standing-items"),

    uploadFile: (file, { context, filename, contentType, headers, query, ...options } = {}) =>
      client.post("/files", file, {
        ...of(options),
        query: withPairs(query, [["context", context]]),
        headers: withPairs(headers, Object.entries(headersOf(file, filename, contentType))),
      }),
  });
}

/** Ids have more digits than numbers can hold: one that came as a number may be another's by now. */
function idOf(id) {
  if (typeof id === "string" && id !== "") return id;
  throw new ConfigError("ids of Toornament are strings that aren't empty", { code: "invalid_option" });
}

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The options with their filters in the query, by the service's names. */
function withFilters(names, given) {
  const { query, ...options } = given ?? {};
  const filters = [];
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) continue;
    const value = options[name];
    if (name.endsWith("Ids") && value != null) [value].flat().forEach(idOf);
    filters.push([snake(name), value]);
    delete options[name];
  }
  return { ...options, query: withPairs(query, filters) };
}

/** What the service wants to know of a file (RFC 6266). */
function headersOf(file, filename = file?.name, contentType = file?.type) {
  if (typeof filename !== "string" || filename === "" || !contentType) {
    const message = "a file is uploaded with its `filename` and `contentType`, unless it is a File that has both";
    throw new ConfigError(message, { code: "invalid_option" });
  }
  const plain = filename.replace(/[^ -~]|["\\]/g, "_");
  const whole = plain === filename ? "" : `; filename*=UTF-8''${encode(filename)}`;
  return { "content-type": contentType, "content-disposition": `attachment; filename="${plain}"${whole}` };
}

/** RFC 8187: what `encodeURIComponent` leaves and a header doesn't take is encoded too. */
const encode = (text) =>
  encodeURIComponent(text.toWellFormed?.() ?? text).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
