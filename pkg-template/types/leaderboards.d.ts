import type { AnyGame, MetricId } from "./game.js";
import type { PlayerReference } from "./player.js";
import type { MetricReference } from "./scores.js";

/** How often a leaderboard begins anew. */
export type Cycle = "alltime" | "daily" | "weekly" | "monthly" | "yearly";

/** What a leaderboard ranks, and by what. */
export interface LeaderboardDefinition<G = AnyGame> {
  id: string;
  name: string;
  entity_type: "players" | "teams";
  metric: MetricReference<MetricId<G>, "point" | "compound">;
  /** Within what it ranks; these have been seen. */
  scope: { type: "game" | "custom" | "team_instance" | (string & {}); id?: string };
  cycles: Cycle[];
}

/** A row of a ranking: a player, or a team. */
export type LeaderboardRow = (
  | { player: PlayerReference; team?: never }
  | { team: { id: string; name: string }; player?: never }
) & {
  /** Who has the same score shares a rank, and the next one is skipped. */
  rank: number;
  score: number;
  /** The score as the service wrote it: where it has more digits than a number can. */
  scoreText: string;
  /** The one at the centre of a relative ranking. */
  primary?: true;
};

/** Which ranking of a leaderboard. */
export interface CycleOptions {
  /**
   * Which of its cycles; {@link LeaderboardDefinition.cycles} has those that there are.
   * @default the service's: all of time
   */
  cycle?: Cycle;
  /** A moment in the cycle, where it is a past one. */
  timestamp?: Date | string | number;
  /** Which of the rankings of a custom scope. */
  scopeId?: string;
  /** Which team's, where the leaderboard ranks within teams. */
  teamInstanceId?: string;
}

/** The ranking from its top. */
export interface AbsoluteRankingOptions extends CycleOptions {
  ranking?: "absolute";
  entityId?: never;
  radius?: never;
  sort?: "descending";
  detailed?: boolean;
}

/** The ranking around somebody: the service gives it in one answer. */
export interface RelativeRankingOptions extends CycleOptions {
  ranking: "relative";
  /** The player or team at the centre. */
  entityId?: string;
  /** How many of their neighbours on each side; 0: nobody. */
  radius?: number;
  skip?: never;
  limit?: never;
  sort?: "descending";
  detailed?: boolean;
}
