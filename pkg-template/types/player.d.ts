import type { AnyGame } from "./game.js";
import type { Score } from "./scores.js";
import type { TeamMembership } from "./teams.js";

/** A player, as others are told of them. */
export interface PlayerReference {
  id: string;
  alias: string;
}

/** A player in a list of the administration. */
export interface PlayerRow extends PlayerReference {
  enabled: boolean;
}

/** A player's profile. */
export interface Profile<G = AnyGame> extends PlayerReference {
  /** Only of players who are linked to a user of the platform. */
  first_name?: string;
  /** Only of players who are linked to a user of the platform. */
  last_name?: string;
  /** Where it is told. */
  email?: string;
  enabled: boolean;
  /** When the player was created (ISO 8601). */
  created: string;
  /** What the player has. A metric of which there is nothing may be missing. */
  scores: Score<G>[];
  /** The player's teams. */
  teams: TeamMembership[];
  /** In the answer to the creation alone. */
  bootstrap?: boolean;
}

/** What players may change of themselves. */
export interface PlayerChange {
  alias?: string;
  email?: string;
}
