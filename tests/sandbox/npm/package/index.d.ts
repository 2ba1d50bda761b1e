import type { Control } from "./control.js";

export { controlClient } from "./control.js";
export type { Control, Fault, LoggedCall, LoggedStreamEvent, Seed, Which } from "./control.js";

export interface SandboxOptions {
  /** A port that is taken: the next free one. 0, the default: any free one. */
  port?: number;
  /** The host in the addresses that are given; it listens on 127.0.0.1 and ::1 alone. */
  hostName?: string;
  /** Ids and tokens grow from that number: the same in every run. */
  seed?: number;
  /** The clock stands still at that Unix time in milliseconds; `control.clock` shifts it. */
  clock?: number;
}

export interface SeededClient {
  clientId: string;
  /** `null` for the public one. */
  clientSecret: string | null;
  type: "client_credentials" | "jwt" | "authorization_code" | "public";
  redirectUris: string[];
}

export interface Sandbox {
  /** Where it serves, without a slash at the end. */
  readonly url: string;
  readonly playoff: {
    readonly authUrl: string;
    readonly apiUrl: string;
    readonly clients: readonly SeededClient[];
    readonly players: ReadonlyArray<{ id: string; alias: string }>;
  };
  readonly kumite: {
    readonly url: string;
    readonly refreshToken: string;
    readonly playerIds: readonly string[];
    readonly opponentId: string;
  };
  readonly toornament: {
    readonly url: string;
    readonly apiKey: string;
    readonly clientId: string;
    readonly clientSecret: string;
    readonly scopes: readonly string[];
    /** Of the one that is there from the start. */
    readonly tournamentId: string;
  };
  readonly control: Control;
  /** Ends all connections and frees the port. */
  stop(): Promise<void>;
}

/** Starts a sandbox in this process. Several may run side by side; they share nothing. */
export function startSandbox(options?: SandboxOptions): Promise<Sandbox>;
