import type { Action, Play } from "./actions.js";
import type { Notifications, PlayerNotification } from "./feed.js";
import type { AnyGame, MetricId, MetricType } from "./game.js";
import type { GameEvent } from "./game-events.js";
import type {
  AbsoluteRankingOptions,
  CycleOptions,
  LeaderboardDefinition,
  LeaderboardRow,
  RelativeRankingOptions,
} from "./leaderboards.js";
import type { List, PageOptions } from "./pages.js";
import type { PlatformType } from "./platform.js";
import type { PlayerChange, PlayerReference, Profile } from "./player.js";
import type {
  NewProcess,
  Process,
  ProcessChange,
  ProcessDefinition,
  ProcessId,
  ProcessPlayed,
  Trigger,
} from "./processes.js";
import type { Team, TeamDefinition } from "./teams.js";
import type { Message, Picture, PictureOf, PictureOptions, Read, ReadOf, TypedOptions, WriteTo } from "./typed.js";

/**
 * What a player may do, by name. Every call takes the options of {@link Client.get} too, and rejects
 * as it does. Its functions may be passed on detached, `queryFn: playoff.runtime.player`: of what TanStack Query gives
 * them they take the `signal`.
 *
 * Answers are in one form, whatever form the service chose: numbers that it writes as texts are
 * numbers, with the exact text beside (`value`, `valueText`); what it leaves out of lists is an empty
 * one. Members that the SDK doesn't know stay.
 */
export interface Runtime<G = AnyGame> {
  /**
   * The player's profile.
   * @example const { alias, scores } = await playoff.runtime.player();
   */
  readonly player: Read<Profile<G>, {
    /** Also items of sets of which the player has none. */
    detailed?: boolean;
  }>;
  /** Changes the player's name or address, and gives the profile. Not in v1. */
  readonly updatePlayer: ReadOf<PlayerChange, Profile<G>>;
  /** The player's own picture. Not in v1. */
  readonly playerImage: Picture;
  /**
   * Takes a picture for the player: a `Blob` or `File`, or a form with a `file`. Not in v1.
   * @example await playoff.runtime.uploadPlayerImage(input.files[0]);
   */
  readonly uploadPlayerImage: ReadOf<PlatformType<"Blob"> | PlatformType<"FormData">, unknown>;
  /** All players. */
  readonly players: (options?: PageOptions & TypedOptions) => List<PlayerReference>;
  /**
   * What the player did, within the last day unless you say otherwise. Seen in v1; the route in v2 is
   * the one that is like it.
   */
  readonly activity: Read<GameEvent<G>[], TimeOptions>;

  /** What the player may play. Not in v1. */
  readonly actions: Read<Action<G>[]>;
  /** Plays an action. */
  readonly play: Play<G>;

  /** The leaderboards that there are. Not in v1. */
  readonly leaderboards: Read<LeaderboardDefinition<G>[]>;
  /**
   * A ranking, from its top or around somebody.
   *
   * @example const top = await playoff.runtime.leaderboard("points", { cycle: "weekly" }).toArray({ max: 10 });
   * @example playoff.runtime.leaderboard("points", { ranking: "relative", entityId: "johny", radius: 2 })
   */
  readonly leaderboard: (
    id: string,
    options?: ((AbsoluteRankingOptions & PageOptions) | RelativeRankingOptions) & TypedOptions,
  ) => List<LeaderboardRow>;
  /** Where these players are in a ranking. Not in v1. */
  readonly searchLeaderboard: WriteTo<string, readonly string[], LeaderboardRow[], CycleOptions>;

  /** What is counted in the game. Not in v1. */
  readonly metrics: Read<MetricDefinition<G>[]>;

  /** What processes the player may begin. */
  readonly processDefinitions: Read<ProcessDefinition[]>;
  /** The processes that the player sees. */
  readonly processes: (options?: PageOptions & TypedOptions) => List<Process>;
  /** Begins a process. */
  readonly createProcess: ReadOf<NewProcess, Process>;
  /** A process. Not in v1. */
  readonly process: ReadOf<ProcessId, Process>;
  /** Changes a process. */
  readonly updateProcess: WriteTo<ProcessId, ProcessChange, Process>;
  /** Ends a process. */
  readonly deleteProcess: ReadOf<ProcessId, Message>;
  /** What a process waits for. Not in v1. */
  readonly triggers: ReadOf<ProcessId, Trigger[]>;
  /** Pulls a trigger of a process. */
  readonly playProcess: WriteTo<ProcessId, string, ProcessPlayed<G>>;

  /** What teams can be made of. */
  readonly teamDefinitions: Read<TeamDefinition[]>;
  /** The teams of the game. */
  readonly teams: (options?: PageOptions & TypedOptions) => List<Team>;
  /** Who is in a team. */
  readonly teamMembers: (id: string, options?: PageOptions & TypedOptions) => List<PlayerReference>;
  /** What happened in a team, within the last day unless you say otherwise. Not in v1. */
  readonly teamActivity: ReadOf<string, GameEvent<G>[], TimeOptions>;

  /** What the player is told, when it happens. */
  readonly notifications: Notifications<G>;
  /** What the player was told, the newest first. */
  readonly notificationList: (options?: PageOptions & TimeOptions & TypedOptions) => List<PlayerNotification<G>>;
  /** Marks notifications as seen, by their ids. Not in v1. */
  readonly markAsSeen: ReadOf<readonly string[], unknown>;

  /** The game's picture. */
  readonly gameImage: Picture;
  /** Another player's picture. */
  readonly playerImageOf: PictureOf<string>;
  /** A metric's picture, or that of one of its items. */
  readonly metricImage: PictureOf<MetricId<G>, PictureOptions & {
    /** The item's name. */
    item?: string;
  }>;
}

/** Of what time. */
export interface TimeOptions {
  /** @default a day before the end */
  start?: Date | string | number;
  /** @default now */
  end?: Date | string | number;
}

/** What is counted. */
export interface MetricDefinition<G = AnyGame> {
  id: MetricId<G>;
  name: string;
  description?: string;
  type: MetricType;
  /** Of a set: its items, by their names. */
  items?: { [name: string]: { description: string } };
  /** Of a state: its states, by their names. */
  states?: { [name: string]: { description: string } };
  /** Of what is computed: of what. */
  formula?: string;
}
