import { ConfigError } from "../errors.js";
import { openFeed } from "./feed.js";
import { LIMIT, listing } from "./pages.js";
import { withPairs } from "./pairs.js";

/**
 * What a player may do, by name. `call(name, args, options)` makes a typed call: the wasm knows where it leads, and what
 * is made of its answer. `feed(options, port)` opens the notification stream. None of the functions needs its object.
 */
export function runtimeOver(call, feed) {
  const read = (name) => async (options) => call(name, [], optionsOf(options));
  const one = (name) => async (id, options) => call(name, [id], optionsOf(options));
  const two = (name) => (id, given, options) => call(name, [id, given], options);
  const list = (name) => (options) => listing((page) => call(name, [], page), options);
  return Object.freeze({
    player: read("player"),
    updatePlayer: one("updatePlayer"),
    playerImage: read("playerImage"),
    uploadPlayerImage: async (file, options) => call("uploadPlayerImage", [formOf(file)], options),
    players: list("players"),
    activity: read("activity"),

    actions: read("actions"),
    play: one("play"),

    leaderboards: read("leaderboards"),
    // Those around somebody come in one answer.
    leaderboard: (id, options) =>
      listing((page) => call("leaderboard", [id], page), options, options?.ranking === "relative"),
    searchLeaderboard: async (id, playerIds, options) => rows(await call("searchLeaderboard", [id, playerIds], options)),

    metrics: read("metrics"),

    processDefinitions: read("processDefinitions"),
    processes: list("processes"),
    createProcess: async ({ definition, ...process } = {}, options) =>
      call("createProcess", [definition, process], options),
    process: one("process"),
    updateProcess: two("updateProcess"),
    deleteProcess: one("deleteProcess"),
    triggers: one("triggers"),
    playProcess: two("playProcess"),

    teamDefinitions: read("teamDefinitions"),
    teams: list("teams"),
    teamMembers: (id, options) => listing((page) => call("teamMembers", [id], page), options),
    teamActivity: one("teamActivity"),

    notifications: (options) => openFeed(feed, options),
    notificationList: list("notificationList"),
    markAsSeen: one("markAsSeen"),

    gameImage: read("gameImage"),
    playerImageOf: one("playerImageOf"),
    metricImage: one("metricImage"),
  });
}

/**
 * The options of a function that was passed on. TanStack Query gives its functions what it knows of the query or mutation,
 * of which the signal alone is an option.
 */
function optionsOf(given) {
  const isContext = typeof given === "object" && given !== null && ("queryKey" in given || "mutationKey" in given);
  return isContext ? { signal: given.signal } : given;
}

/** The rows of an answer with its head, or without. */
const rows = (answer) => (Array.isArray(answer.data) ? answer.data : { ...answer, data: answer.data.data });

function formOf(file) {
  if (file instanceof FormData) return file;
  // A form would take anything else as text.
  if (!/^(Blob|File)$/.test(file?.[Symbol.toStringTag])) {
    throw new ConfigError("uploadPlayerImage takes a File, a Blob or a FormData", { code: "invalid_body" });
  }
  const form = new FormData();
  form.set("file", file);
  return form;
}

/** `paginate`: the rows of any route that takes `skip` and `limit`, which may stand in the query. */
export function paginateOver(call) {
  return (route, given) => {
    const { query, ...options } = given ?? {};
    const { skip, limit } = options;
    const part = { skip, limit };
    let others = withPairs(query, []);
    if (Array.isArray(others)) {
      const isOfPart = (pair) => Array.isArray(pair) && (pair[0] === "skip" || pair[0] === "limit");
      for (const [name, value] of others.filter(isOfPart)) part[name] ??= value;
      others = others.filter((pair) => !isOfPart(pair));
    }
    const isNamed = part.limit != null;
    // How many there are at a time is the service's matter then.
    const partOf = (asked) => (isNamed || asked.limit !== LIMIT ? asked : { ...asked, limit: undefined });
    const ask = (asked) => call("paginate", [route], partOf(asked));
    return listing(ask, { ...options, ...part, query: others });
  };
}
