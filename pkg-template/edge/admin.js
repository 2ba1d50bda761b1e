import { Client } from "../lib/client.js";
import { listing } from "../lib/pages.js";
import { kumiteOver } from "./kumite.js";

/** A client that acts as the app, and so may do what no player may. */
export class AppClient extends Client {
  #inside;
  #admin;
  #kumite;
  /** What ends the waits of those who watch something. */
  #stops = new Set();

  constructor(insideOf) {
    let inside;
    super((...ways) => (inside = insideOf(...ways)));
    this.#inside = inside;
    const dispose = this.dispose;
    this.dispose = () => {
      dispose();
      for (const stop of this.#stops) stop();
    };
  }

  get admin() {
    return (this.#admin ??= adminOver(this.#typed("admin")));
  }

  get kumite() {
    return (this.#kumite ??= kumiteOver(this.#typed("kumite"), () => ({
      url: this.#inside.use((inner) => inner.streamUrl()),
      stops: this.#stops,
    })));
  }

  #typed(family) {
    return async (name, args, options) => this.#inside.use((inner) => inner.typed(`${family}.${name}`, args, options));
  }
}

function adminOver(call) {
  const one = (name) => (id, options) => call(name, [id], options);
  const two = (name) => (id, given, options) => call(name, [id, given], options);
  const list = (name) => (options) => listing((page) => call(name, [], page), options);
  return Object.freeze({
    game: (options) => call("game", [], options),
    activity: (options) => call("activity", [], options),

    players: list("players"),
    createPlayer: one("createPlayer"),
    player: one("player"),
    deletePlayer: one("deletePlayer"),
    playerActivity: one("playerActivity"),
    changeScores: two("changeScores"),
    resetPlayer: one("resetPlayer"),
    revertPlayer: two("revertPlayer"),

    teams: list("teams"),
    createTeam: ({ definition, ...team } = {}, options) => call("createTeam", [definition, team], options),
    team: one("team"),
    deleteTeam: one("deleteTeam"),
    teamMembers: (id, options) => listing((page) => call("teamMembers", [id], page), options),
    joinTeam: (id, playerId, roles, options) => call("joinTeam", [id, playerId, roles], options),
    leaveTeam: two("leaveTeam"),
    teamActivity: one("teamActivity"),

    processes: list("processes"),
    deleteProcess: one("deleteProcess"),
    runRule: two("runRule"),
  });
}
