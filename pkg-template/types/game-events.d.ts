import type { ActionId, AnyGame, Variables } from "./game.js";
import type { PlayScope } from "./actions.js";
import type { PlayerReference } from "./player.js";
import type { Trigger } from "./processes.js";
import type { Change } from "./scores.js";

/** The events of one play. */
export interface GameEvents<G = AnyGame> {
  /** Those of the player. */
  local: GameEvent<G>[];
  /** Those of others, and of the game. */
  global: GameEvent<G>[];
}

/**
 * Something that happened. `event` says what; these have been seen, and a service may have others.
 *
 * @example if (event.event === "level") for (const change of event.changes) celebrate(change);
 */
export type GameEvent<G = AnyGame> =
  | ActionEvent<G>
  | LevelEvent<G>
  | AchievementEvent<G>
  | CustomRuleEvent<G>
  | ScoreEvent<G>
  | ProgressEvent<G>
  | ResolutionEvent<G>
  | EscalationEvent
  | LifeEvent
  | JoinEvent
  | LeaveEvent
  | RequestEvent
  | InviteEvent
  | RoleEvent
  | RoleRequestEvent
  | TransferEvent;

/** What every event has. */
export interface AnyEvent {
  /** A UUID. */
  id: string;
  /** When it happened (ISO 8601). */
  timestamp: string;
  /** Who did it; missing in that player's own feed. */
  actor?: PlayerReference;
}

/** A rule of the game. */
export interface RuleReference {
  id: string;
  name?: string;
}

/** An action was played. */
export interface ActionEvent<G = AnyGame> extends AnyEvent {
  event: "action";
  action: { id: ActionId<G>; name: string; vars: Variables };
  /** How often. */
  count: number;
  changes: Change<G>[];
  scopes: PlayScope[];
}

/** Somebody reached a level. */
export interface LevelEvent<G = AnyGame> extends AnyEvent {
  event: "level";
  rule: RuleReference;
  /** The level's: from which to which. */
  changes: Extract<Change<G>, { type: "state" }>[];
}

/** Somebody achieved something. */
export interface AchievementEvent<G = AnyGame> extends AnyEvent {
  event: "achievement";
  rule: RuleReference;
  changes: Change<G>[];
}

/** A custom rule was applied. */
export interface CustomRuleEvent<G = AnyGame> extends AnyEvent {
  event: "custom_rule";
  rule: RuleReference;
  changes: Change<G>[];
}

/** Scores were changed by hand. */
export interface ScoreEvent<G = AnyGame> extends AnyEvent {
  event: "score";
  player: PlayerReference;
  changes: Change<G>[];
}

/** Something that has a name. */
export interface Named {
  id: string;
  name: string;
}

/** A process went on. */
export interface ProgressEvent<G = AnyGame> extends AnyEvent {
  event: "progress";
  process: Named;
  activity: Named;
  changes?: Change<G>[];
}

/** A deferred reward of a process came. */
export interface ResolutionEvent<G = AnyGame> extends AnyEvent {
  event: "resolution";
  process: Named;
  activity: Named;
  deferred: { activity: Named; actor?: PlayerReference; changes: Change<G>[] };
}

/** A process wants something of the player. */
export interface EscalationEvent extends AnyEvent {
  event: "escalation";
  message: string;
  process: Named;
  triggers: Trigger[];
  code: string;
  play_token: string;
  /** Who has done it. */
  completed?: { player: PlayerReference; trigger: string; timestamp: string };
}

/** What an event may be about. */
interface Subject {
  team?: Named;
  process?: Named;
}

/** In a team, whether one has a role, or how often; in a process, the role for each of its lanes. */
export type Roles = { [role: string]: boolean | number | string };

/** A team or a process begins or ends. */
export interface LifeEvent extends AnyEvent, Subject {
  event: "create" | "delete";
}

/** Somebody joined a team or a process. */
export interface JoinEvent extends AnyEvent, Subject {
  event: "join";
  roles: Roles;
}

/** Somebody left a team or a process, or had to. */
export interface LeaveEvent extends AnyEvent, Subject {
  event: "leave" | "kick";
  player?: PlayerReference;
}

/** Somebody wants to join, and was let in or not. */
export interface RequestEvent extends AnyEvent, Subject {
  event: "join:request" | "join:request:accept" | "join:request:reject";
  roles?: Roles;
  player?: PlayerReference;
  state?: "ACCEPTED" | "REJECTED" | (string & {});
  accepted_by?: PlayerReference;
  rejected_by?: PlayerReference;
}

/** Somebody was invited, and came or not. */
export interface InviteEvent extends AnyEvent, Subject {
  event: "invite" | "invite:accept" | "invite:reject";
  invitee?: PlayerReference;
  inviter?: PlayerReference;
  roles?: Roles;
}

/** What somebody is in a team or process changed. */
export interface RoleEvent extends AnyEvent, Subject {
  event: "role:change" | "role:assign";
  /** By role. */
  changes: { [role: string]: { old: Roles[string] | null; new: Roles[string] | null } };
  player?: PlayerReference;
}

/** Somebody wants to be something else in a team or process. */
export interface RoleRequestEvent extends AnyEvent, Subject {
  event: "role:request" | "role:request:accept" | "role:request:reject";
  changes?: { [role: string]: { old: Roles[string] | null; new: Roles[string] | null } };
  roles?: Roles;
  player?: PlayerReference;
  state?: "ACCEPTED" | "REJECTED" | (string & {});
  accepted_by?: PlayerReference;
  rejected_by?: PlayerReference;
}

/** A team or a process has another owner. */
export interface TransferEvent extends AnyEvent, Subject {
  event: "transfer";
  new_owner: PlayerReference;
}
