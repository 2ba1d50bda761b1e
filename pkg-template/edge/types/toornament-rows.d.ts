// What Toornament's API gives, as it is written there. Ids are long decimal numbers, as strings: too
// large for JavaScript's numbers. Enumerations are open: the service may know more.

/** One of these, or what the service has come to know since. */
export type OneOf<Known extends string> = Known | (string & {});

/** A tournament, a stage or a match: how far it is. */
export type ToornamentStatus = OneOf<"pending" | "running" | "completed">;

/** A tournament, as lists show it. */
export interface TournamentItem {
  id: string;
  /** The discipline's id. */
  discipline: string;
  name: string;
  full_name?: string | null;
  status: ToornamentStatus;
  /** `YYYY-MM-DD`. */
  scheduled_date_start?: string | null;
  /** `YYYY-MM-DD`. */
  scheduled_date_end?: string | null;
  /** Its name in the IANA's list. */
  timezone: string;
  public: boolean;
  size: number;
  online?: boolean | null;
  location?: string | null;
  /** ISO 3166-1 alpha-2. */
  country?: string | null;
  platforms: string[];
  logo?: ToornamentImage | null;
  registration_enabled?: boolean;
  /** RFC 3339. */
  registration_opening_datetime?: string | null;
  /** RFC 3339. */
  registration_closing_datetime?: string | null;
  circuit?: unknown;
}

/** A tournament, as it is shown alone. */
export interface Tournament extends TournamentItem {
  participant_type: OneOf<"team" | "single">;
  organization?: string | null;
  contact?: string | null;
  website?: string | null;
  discord?: string | null;
  description?: string | null;
  rules?: string | null;
  prize?: string | null;
  archived?: boolean;
  background?: ToornamentImage | null;
}

/** A picture: the addresses of its sizes, by their names. */
export interface ToornamentImage {
  /** The file's id. */
  id?: string;
  original?: string;
  readonly [size: string]: string | undefined;
}

/** Somebody who takes part. */
export interface Participant {
  id: string;
  tournament_id: string;
  type?: OneOf<"team" | "player">;
  name: string;
  email?: string | null;
  user_id?: string | null;
  team_id?: string | null;
  /** Your own name for them. */
  custom_user_identifier?: string | null;
  checked_in?: boolean;
  /** By their machine names. */
  custom_fields: { readonly [name: string]: unknown };
  /** Of a team. */
  lineup?: TeamMember[];
  /** RFC 3339. */
  created_at: string;
}

/** One of a team's players. */
export interface TeamMember {
  name: string;
  email?: string | null;
  user_id?: string | null;
  custom_user_identifier?: string | null;
  custom_fields?: { readonly [name: string]: unknown };
}

/** A participant, where others name one. */
export interface ParticipantReference {
  id: string;
  name: string;
  custom_user_identifier?: string | null;
  custom_fields?: { readonly [name: string]: unknown };
}

/** A stage of a tournament. */
export interface Stage {
  id: string;
  tournament_id: string;
  number: number;
  name: string;
  type: OneOf<
    | "single_elimination"
    | "double_elimination"
    | "pools"
    | "league"
    | "swiss"
    | "bracket_groups"
    | "simple"
    | "gauntlet"
    | "custom_bracket"
    | "ffa_single_elimination"
    | "ffa_bracket_groups"
    | "ffa_league"
  >;
  closed: boolean;
  settings: { readonly [name: string]: unknown };
  match_settings?: { readonly [name: string]: unknown };
  auto_placement_enabled?: boolean;
  status?: ToornamentStatus;
}

/** How somebody came out of a match or a game. */
export type MatchResult = OneOf<"win" | "draw" | "loss">;

/** A match. */
export interface Match {
  id: string;
  tournament_id: string;
  stage_id: string;
  group_id: string;
  round_id?: string | null;
  number: number;
  type: OneOf<"duel" | "ffa" | "bye">;
  status: ToornamentStatus;
  settings: { readonly [name: string]: unknown };
  /** RFC 3339. */
  scheduled_datetime?: string | null;
  /** RFC 3339. */
  played_at?: string | null;
  public_note?: string | null;
  private_note?: string | null;
  report_closed: boolean;
  report_status?: string | null;
  /** Of a match of all against all lists show the first four; alone it shows all. */
  opponents: MatchOpponent[];
}

/** Who plays in a match. */
export interface MatchOpponent {
  number: number;
  position?: number;
  participant?: ParticipantReference | null;
  result?: MatchResult | null;
  rank?: number | null;
  forfeit: boolean;
  score?: number | null;
  /** Where the match is shown alone. */
  properties?: { readonly [name: string]: unknown };
}

/** A game of a match. */
export interface MatchGame {
  number: number;
  status: ToornamentStatus;
  opponents: GameOpponent[];
  /** Where the game is shown alone. */
  properties?: { readonly [name: string]: unknown };
}

/** Who plays in a game. */
export type GameOpponent = Omit<MatchOpponent, "participant">;

/** A place in a stage's ranking. */
export interface RankingItem {
  id: string;
  tournament_id: string;
  stage_id: string;
  group_id: string;
  number: number;
  position: number;
  rank?: number | null;
  participant?: ParticipantReference | null;
  points: number;
  properties: RankingProperties;
}

/** What points are made of. */
export interface RankingProperties {
  wins?: number;
  draws?: number;
  losses?: number;
  played?: number;
  forfeits?: number;
  score_for?: number;
  score_against?: number;
  score_difference?: number;
  readonly [name: string]: unknown;
}

/** A place in a tournament's final standing. */
export interface StandingItem {
  id: string;
  tournament_id: string;
  participant?: ParticipantReference | null;
  position: number;
  rank?: number | null;
}

/** An uploaded file. Others name it by its id. */
export interface ToornamentFile {
  id: string;
  context: FileContext;
  /** Whether something names it. What nothing names is removed after some days. */
  associated: boolean;
  status: string;
}

/** What a file is for. */
export type FileContext = OneOf<
  | "circuit_logo"
  | "circuit_background"
  | "circuit_sponsor"
  | "tournament_logo"
  | "tournament_background"
  | "tournament_sponsor"
  | "match_report_proof"
>;

/** What is wrong with a call: an `ApiError`'s `data` is a list of these. */
export interface ToornamentProblem {
  message: string;
  /** The part of the request that is meant. */
  scope: OneOf<"query" | "body" | "header">;
  property_path?: string;
  invalid_value?: unknown;
  type?: OneOf<"match_integrity" | "email_duplicate">;
}
