import type { AnyGame } from "./game.js";
import type { GameEvents } from "./game-events.js";
import type { Score } from "./scores.js";
import type { Access, DefinitionReference } from "./teams.js";

/** A process's id; of one that came with a player, its owner's and its own. */
export type ProcessId = string | readonly [owner: string, process: string];

/** A process. */
export interface Process {
  id: string;
  name: string;
  definition: DefinitionReference;
  /** `ACTIVE` has been seen. */
  state: "ACTIVE" | (string & {});
  access: Access;
}

/** What a process is to be. */
export interface NewProcess {
  /** The definition's id. */
  definition: string;
  name?: string;
  access?: Access;
  /** Its id; by default the service chooses one. */
  id?: string;
}

/** What may change of a process. */
export interface ProcessChange {
  name?: string;
  access?: Access;
}

/** What processes can be made of. */
export interface ProcessDefinition {
  id: string;
  name: string;
  description?: string;
}

/** What a process waits for. */
export interface Trigger {
  /** What {@link Runtime.playProcess} takes. */
  trigger: string;
  name: string;
  /** How often it can be pulled. */
  loop: {
    /** It may be `Infinity`. */
    total: number;
    totalText: string;
  };
  /** What the game's designer wrote there. */
  actions: unknown[];
}

/** What a trigger brought. */
export interface ProcessPlayed<G = AnyGame> {
  /** What the process waits for now. */
  triggers: Trigger[];
  /** What happened. */
  events: GameEvents<G>;
  /** What the player has now; in v1 alone. */
  scores?: Score<G>[];
}
