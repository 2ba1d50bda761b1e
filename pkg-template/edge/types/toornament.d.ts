import type { ServiceClient } from "../../types/client.js";
import type { List, PageOptions, PaginateOptions } from "../../types/pages.js";
import type { ProviderDefinition } from "../../types/provider.js";
import type { FullAnswer, NoHead, ReadOf, TypedOptions } from "../../types/typed.js";
import type { FullResponse } from "../../types/calls.js";
import type { RawBody } from "../../types/values.js";
import type { Edge, EdgeClientOptions, EdgeOptions } from "./app.js";
import type {
  FileContext,
  Match,
  MatchGame,
  OneOf,
  Participant,
  RankingItem,
  Stage,
  StandingItem,
  ToornamentFile,
  ToornamentStatus,
  Tournament,
  TournamentItem,
} from "./toornament-rows.js";

/** Options of `createEdge` for Toornament. */
export interface ToornamentEdgeOptions extends EdgeOptions {
  /** Toornament, or a definition over it. */
  provider: "toornament" | (ProviderDefinition & { extend: "toornament" });
}

/** An app at Toornament. */
export interface ToornamentEdge extends Pick<Edge, "revoke"> {
  /**
   * A client that calls as the app; all clients of an app share its token.
   *
   * @throws {ConfigError} an option can't be used
   */
  readonly client: (options?: EdgeClientOptions) => ToornamentClient;
}

/** A client of Toornament: any route by `get`, `post`, `paginate`, and what most need by name. */
export interface ToornamentClient
  extends Omit<ServiceClient, "login" | "loginUrl" | "handleRedirect"> {
  /** Toornament's calls, by name. */
  readonly toornament: Toornament;
}

/**
 * Toornament's calls, by name. Rows are as the service gives them. Everything is read at the organizer's
 * API; `base: "viewer"` names another one. Filters without a name here can stand in `query`, as the
 * service calls them. An id that isn't a string is refused (`invalid_option`).
 */
export interface Toornament {
  /** Tournaments: of your project alone. Scope `organizer:view`. */
  readonly tournaments: (options?: TournamentFilters & ToornamentListOptions) => List<TournamentItem>;
  /** A tournament. */
  readonly tournament: ReadOf<string, Tournament>;
  /** Who takes part. Scope `organizer:participant`. */
  readonly participants: (options?: ParticipantFilters & ToornamentListOptions) => List<Participant>;
  /** One who takes part. */
  readonly participant: ReadOf<string, Participant>;
  /** Stages. Scope `organizer:result` or `organizer:admin`. */
  readonly stages: (options?: StageFilters & ToornamentListOptions) => List<Stage>;
  /** A stage. */
  readonly stage: ReadOf<string, Stage>;
  /**
   * Matches. Scope `organizer:result`.
   * @example for await (const match of toornament.matches({ tournamentIds: [id], statuses: ["running"] })) show(match);
   */
  readonly matches: (options?: MatchFilters & ToornamentListOptions) => List<Match>;
  /** A match, with all its opponents. */
  readonly match: ReadOf<string, Match>;
  /** The games of a match. */
  readonly games: (matchId: string, options?: ToornamentListOptions) => List<MatchGame>;
  /** A game of a match, by its number. */
  readonly game: {
    (matchId: string, number: number, options: TypedOptions & FullAnswer): Promise<FullResponse<MatchGame>>;
    (matchId: string, number: number, options?: TypedOptions & NoHead): Promise<MatchGame>;
  };
  /** Rankings within stages. Scope `organizer:result`. */
  readonly rankings: (options?: RankingFilters & ToornamentListOptions) => List<RankingItem>;
  /** Final standings. Scope `organizer:result`. */
  readonly standings: (options?: StandingFilters & ToornamentListOptions) => List<StandingItem>;
  /** A place in a final standing. */
  readonly standing: ReadOf<string, StandingItem>;
  /**
   * Uploads a file, for something to name it by its id. Scope `organizer:file`. Sent once.
   *
   * @throws {ConfigError} `invalid_option`: nobody says what the file is called, or of what type it is
   * @example
   * const { id } = await toornament.uploadFile(bytes, {
   *   context: "tournament_logo", filename: "logo.png", contentType: "image/png",
   * });
   * await client.patch(["tournaments", tournamentId], { logo: { id } }, { base: "organizer" });
   */
  readonly uploadFile: UploadFile;
}

/** Uploads a file. */
export interface UploadFile {
  /** Gives the answer with its status and headers. */
  (file: RawBody, options: FileOptions & TypedOptions & FullAnswer): Promise<FullResponse<ToornamentFile>>;
  /** Gives the file as the service knows it. */
  (file: RawBody, options: FileOptions & TypedOptions & NoHead): Promise<ToornamentFile>;
}

/** What the service wants to know of a file. */
export interface FileOptions {
  /** What it is for. */
  context: FileContext;
  /** @default of a `File` its own */
  filename?: string;
  /** @default of a `File` its own */
  contentType?: string;
}

/** Options of every list. `limit` is at most what the service gives at a time, which is the default. */
export type ToornamentListOptions = PageOptions & Omit<PaginateOptions, keyof PageOptions>;

type Ids = readonly string[];

/** Who plays. */
interface PlayingFilters {
  participantIds?: Ids;
  userIds?: Ids;
  teamIds?: Ids;
  /** Your own names for them. */
  customUserIdentifiers?: readonly string[];
}

/** Of which part of a stage something is. */
interface StructureFilters extends StageFilters {
  groupIds?: Ids;
  groupNumbers?: readonly number[];
}

/** Which tournaments are meant. */
export interface TournamentFilters {
  tournamentIds?: Ids;
  disciplines?: readonly string[];
  statuses?: readonly ToornamentStatus[];
  /** `YYYY-MM-DD`. */
  scheduledBefore?: string;
  /** `YYYY-MM-DD`. */
  scheduledAfter?: string;
  /** ISO 3166-1 alpha-2. */
  countries?: readonly string[];
  platforms?: readonly string[];
  isOnline?: boolean;
  archived?: boolean;
  userIds?: Ids;
  teamIds?: Ids;
  customUserIdentifiers?: readonly string[];
  circuitIds?: Ids;
  sort?: OneOf<"scheduled_asc" | "scheduled_desc">;
}

/** Which participants are meant. */
export interface ParticipantFilters extends PlayingFilters {
  tournamentIds?: Ids;
  name?: string;
  isCheckedIn?: boolean;
  sort?: OneOf<"created_asc" | "created_desc" | "alphabetic">;
}

/** Which stages are meant. */
export interface StageFilters {
  tournamentIds?: Ids;
  stageIds?: Ids;
  stageNumbers?: readonly number[];
}

/** Which matches are meant. */
export interface MatchFilters extends StructureFilters, PlayingFilters {
  matchIds?: Ids;
  roundIds?: Ids;
  roundNumbers?: readonly number[];
  disciplines?: readonly string[];
  circuitIds?: Ids;
  statuses?: readonly ToornamentStatus[];
  isScheduled?: boolean;
  scheduledBefore?: Date | string;
  scheduledAfter?: Date | string;
  playedBefore?: Date | string;
  playedAfter?: Date | string;
  sort?: OneOf<"structure" | "schedule" | "latest_results">;
}

/** Which places in rankings are meant. */
export interface RankingFilters extends StructureFilters {
  participantIds?: Ids;
  minRank?: number;
  maxRank?: number;
}

/** Which places in final standings are meant. */
export interface StandingFilters {
  tournamentIds?: Ids;
  participantIds?: Ids;
}
