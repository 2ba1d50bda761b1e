import type { FullResponse } from "./calls.js";
import type { ActionId, ActionsOf, AnyGame, Variables } from "./game.js";
import type { GameEvents } from "./game-events.js";
import type { Reward } from "./scores.js";
import type { FullAnswer, NoHead, TypedOptions } from "./typed.js";

/** An action that the player may play. */
export interface Action<G = AnyGame> {
  id: ActionId<G>;
  name: string;
  description?: string;
  /** How often the player has played it. */
  count: number;
  /** What a play takes. */
  variables: ActionVariable[];
  /** What a play brings. */
  rewards: Reward<G>[];
}

/** A variable of an action. */
export interface ActionVariable {
  name: string;
  /** Its type; these two have been seen. */
  type: "int" | "string" | (string & {});
  required: boolean;
  /** What it is where it isn't given. */
  default?: string | number | boolean | null;
}

/** A custom leaderboard on which a play counts too. */
export interface PlayScope {
  /** The leaderboard's scope. */
  id: string;
  /** Who is ranked there. */
  entity_id: string;
}

/** What a play brought. */
export interface Played<G = AnyGame> {
  /** All actions, as they are now. */
  actions: Action<G>[];
  /** What happened: the play itself first, among the player's own events. */
  events: GameEvents<G>;
}

/** Variables of an action of a game. */
export type VariablesOf<G, Id extends ActionId<G>> = ActionsOf<G>[Id];

type NoVariables = { readonly [name: string]: never };

/** How an action is played. */
export type PlayOptions<V = Variables> = {
  /** Additional leaderboards on which it counts. */
  scopes?: readonly PlayScope[];
  /**
   * How often.
   * @default 1
   */
  count?: number;
} & TypedOptions &
  ([keyof V] extends [never]
    ? { variables?: NoVariables }
    : {} extends V
      ? { /** The action's variables, by their names. */ variables?: V }
      : { /** The action's variables, by their names. */ variables: V });

type PlayArguments<V, Head> = {} extends V
  ? Head extends FullAnswer
    ? [options: PlayOptions<V> & Head]
    : [options?: PlayOptions<V> & Head]
  : [options: PlayOptions<V> & Head];

/** Plays an action. */
export interface Play<G = AnyGame> {
  /**
   * Plays an action, and gives the answer with its status and headers.
   *
   * @throws {ConfigError} `invalid_variables`, before anything is sent
   */
  <Id extends ActionId<G>>(
    action: Id,
    ...options: PlayArguments<VariablesOf<G, Id>, FullAnswer>
  ): Promise<FullResponse<Played<G>>>;
  /**
   * Plays an action. It is sent once. Where the action is known, from {@link Runtime.actions} or an
   * earlier play of this client, its variables are checked before anything is sent.
   *
   * @throws {ConfigError} `invalid_variables`: a required one is missing, or one is of another type
   * @throws {ApiError} the service's error, like `rate_limit_exceeded`
   * @example const { events } = await playoff.runtime.play("collect", { variables: { n: 1 } });
   */
  <Id extends ActionId<G>>(action: Id, ...options: PlayArguments<VariablesOf<G, Id>, NoHead>): Promise<Played<G>>;
}
