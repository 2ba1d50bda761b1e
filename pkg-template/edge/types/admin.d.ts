import type { PlayScope } from "../../types/actions.js";
import type { Client } from "../../types/client.js";
import type { AnyGame, MetricId, Variables } from "../../types/game.js";
import type { GameEvent, GameEvents } from "../../types/game-events.js";
import type { List, PageOptions } from "../../types/pages.js";
import type { PlayerReference, PlayerRow, Profile } from "../../types/player.js";
import type { Process, ProcessId } from "../../types/processes.js";
import type { TimeOptions } from "../../types/runtime.js";
import type { Access, Team } from "../../types/teams.js";
import type { FullAnswer, Message, NoHead, Read, ReadOf, TypedOptions, WriteTo } from "../../types/typed.js";
import type { FullResponse } from "../../types/calls.js";
import type { NewPlayer } from "./app.js";

/** A client that acts as the app. */
export interface AppClient<G = AnyGame> extends Client<G> {
  /** What only an app may do. */
  readonly admin: Admin<G>;
}

/**
 * What only an app may do, by name. Every call takes the options of {@link Client.get} too, and rejects
 * as it does. In v1 there are known routes for players alone: the list, creating, deleting, resetting.
 */
export interface Admin<G = AnyGame> {
  /** The game, and whether it runs. */
  readonly game: Read<GameStatus>;
  /** What happened in the game, within the last day unless you say otherwise. */
  readonly activity: Read<GameEvent<G>[], TimeOptions>;

  /** All players. */
  readonly players: (options?: PageOptions & TypedOptions) => List<PlayerRow>;
  /** Creates a player: {@link Edge.ensurePlayer} also takes one who exists. */
  readonly createPlayer: ReadOf<NewPlayer & { alias: string }, Profile<G>>;
  /** A player's profile. */
  readonly player: ReadOf<string, Profile<G>>;
  /** Deletes a player. */
  readonly deletePlayer: ReadOf<string, Message>;
  /** What happened to a player, within the last day unless you say otherwise. */
  readonly playerActivity: ReadOf<string, GameEvent<G>[], TimeOptions>;
  /**
   * Changes a player's scores by hand.
   * @example await admin.changeScores("johny", [{ metric: { id: "points", type: "point" }, verb: "add", value: "5" }]);
   */
  readonly changeScores: WriteTo<string, readonly ScoreChange<G>[], unknown>;
  /** Takes everything from a player. */
  readonly resetPlayer: ReadOf<string, unknown>;
  /** Takes back what events changed, by their ids. */
  readonly revertPlayer: WriteTo<string, readonly string[], unknown>;

  /** All teams. */
  readonly teams: (options?: PageOptions & TypedOptions) => List<Team>;
  /** Creates a team. */
  readonly createTeam: ReadOf<NewTeam, Team>;
  /** A team. */
  readonly team: ReadOf<string, Team>;
  /** Deletes a team. */
  readonly deleteTeam: ReadOf<string, Message>;
  /** Who is in a team. */
  readonly teamMembers: (id: string, options?: PageOptions & TypedOptions) => List<PlayerReference>;
  /**
   * Lets a player into a team.
   * @param roles the roles that the player gets there
   */
  readonly joinTeam: {
    (
      team: string,
      playerId: string,
      roles: { readonly [role: string]: boolean },
      options: TypedOptions & FullAnswer,
    ): Promise<FullResponse<unknown>>;
    (
      team: string,
      playerId: string,
      roles: { readonly [role: string]: boolean },
      options?: TypedOptions & NoHead,
    ): Promise<unknown>;
  };
  /** Lets a player go from a team. */
  readonly leaveTeam: WriteTo<string, string, unknown>;
  /** What happened in a team, within the last day unless you say otherwise. */
  readonly teamActivity: ReadOf<string, GameEvent<G>[], TimeOptions>;

  /** The processes of the player for whom the app acts. */
  readonly processes: (options?: PageOptions & TypedOptions) => List<Process>;
  /** Ends a process. */
  readonly deleteProcess: ReadOf<ProcessId, Message>;
  /** Applies a custom rule to players; gives what it did, for each run and in it for each player. */
  readonly runRule: WriteTo<string, readonly RuleRun[], { events: GameEvents<G> }[][]>;
}

/** The game, and whether it runs. */
export interface GameStatus {
  name: string;
  status: string;
  /** What the service calls its version: it doesn't tell the API's. */
  version: string;
  game: {
    id: string;
    title: string;
    description?: string;
    /** Its name in the IANA's list. */
    timezone: string;
    type: string;
    template?: string;
    listed: boolean;
    access: string;
    image?: string;
    created: string;
  };
}

/** A change of a score by hand: numbers as texts, items and states by their ids. */
export type ScoreChange<G = AnyGame> =
  | {
      metric: { id: MetricId<G, "point">; type: "point" };
      verb: "add" | "remove" | "set";
      /** A number as text. */
      value: string;
    }
  | {
      metric: { id: MetricId<G, "set">; type: "set" };
      verb: "add" | "remove" | "set";
      /** How many, as text, by the items' ids. */
      value: { readonly [item: string]: string };
    }
  | {
      metric: { id: MetricId<G, "state">; type: "state" };
      verb: "set";
      /** The state's id. */
      value: string;
    };

/** What a team is to be. */
export interface NewTeam {
  /** The definition's id. */
  definition: string;
  name: string;
  /** Its id; by default the service chooses one. */
  id?: string;
  access?: Access;
}

/** A run of a custom rule. */
export interface RuleRun {
  /** The rule's variables. */
  variables: Variables;
  /** To whom it is applied. */
  player_ids: readonly string[];
  /** Additional leaderboards on which it counts. */
  scopes?: readonly PlayScope[];
}
