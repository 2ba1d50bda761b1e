import type { PlayerReference } from "./player.js";

/** What a team or a process is made of. */
export interface DefinitionReference {
  id: string;
  /** Not in lists of processes. */
  name?: string;
}

/** A team in a player's profile. */
export interface TeamMembership {
  id: string;
  name: string;
  definition: DefinitionReference;
  /** What the player is in it. */
  roles: string[];
}

/** Who may see and join. */
export type Access = "PUBLIC" | "PROTECTED" | "PRIVATE";

/** A team. */
export interface Team {
  id: string;
  name: string;
  definition: DefinitionReference;
  access: Access;
  /** When it was created (ISO 8601). */
  created: string;
  game_id: string;
  /** Missing where the app made it. */
  owner?: PlayerReference;
  /** The roles that there are. */
  roles: string[];
}

/** What teams can be made of. */
export interface TeamDefinition {
  id: string;
  name: string;
  description?: string;
  /** The roles that there are. */
  roles?: string[];
}
