import type { StoredToken } from "../../types/tokens.js";
import type { EdgeHandler } from "./handler.js";
import type { OneOf } from "./toornament-rows.js";

/** Options of {@link createWebhookHandler}: `onEvent`, and `secret` or `storage`. */
export type WebhookOptions = WebhookHandling & (KnownSecret | LearntSecret);

/** What is done with events. */
export interface WebhookHandling {
  /**
   * Works an event off. What it names may have changed since: read it anew. Until its promise settles the
   * service isn't answered; where it fails, the answer is 500, and the service tells the event again.
   */
  onEvent: (event: WebhookEvent) => unknown;
  /**
   * Bytes that a body may have.
   * @default 16384
   */
  maxBodySize?: number;
  /**
   * Seconds within which the same event isn't told twice, at most 86400. The service gives its events
   * neither an id nor a time: an equal one that is meant, like another change of the same participant, is
   * the same to it. 0 tells all.
   * @default 60
   */
  replayWindow?: number;
}

/** The secret is known. */
export interface KnownSecret {
  /** The webhook's secret. It goes into no error or log. */
  secret: string;
  storage?: undefined;
}

/** The service brings the secret along. */
export interface LearntSecret {
  secret?: undefined;
  /**
   * Keeps the secret that the service brings along when it looks whether there is a receiver, and for
   * {@link WebhookHandling.replayWindow} which events were told. The first secret stays: for another one
   * remove `webhook-secret`, and deploy anew, since the isolate that learnt it knows it too. Of two that come
   * at once one counts, within one isolate: to two of them both may be the first, and the one that is
   * stored last stays. One storage is for one webhook.
   *
   * @example kvStorage(env.WEBHOOKS)
   */
  storage: WebhookStorage;
}

/** Where a receiver keeps what it has to know. {@link kvStorage} and `memoryStorage` are some. */
export interface WebhookStorage {
  /** What is under a key; nothing where there is nothing. */
  load(key: string): unknown;
  /** Keeps a record under a key; with `expires_at`, Unix time in seconds, until then. */
  store(key: string, record: WebhookRecord): unknown;
  /** Keeps nothing under a key. */
  remove(key: string): unknown;
}

/** What a receiver keeps: the secret, or how long an event is remembered. */
export interface WebhookRecord {
  secret?: string;
  /** Unix time in seconds. */
  expires_at?: StoredToken["expires_at"];
}

/** Something that happened. */
export interface WebhookEvent {
  /** What it was. */
  name: OneOf<
    | "registration.created"
    | "registration.info_updated"
    | "registration.accepted"
    | "registration.refused"
    | "registration.cancelled"
    | "registration.deleted"
    | "participant.created"
    | "participant.info_updated"
    | "participant.checked_in"
    | "participant.unchecked_in"
    | "participant.deleted"
    | "tournament.created"
    | "tournament.info_updated"
    | "tournament.deleted"
    | "stage.created"
    | "stage.info_updated"
    | "stage.deleted"
  >;
  /** To what it happened. */
  object_type: OneOf<"registration" | "participant" | "tournament" | "stage" | "team">;
  /** Its id. */
  object_id: string;
  /** What the subscription is for. */
  scope: OneOf<"tournament" | "project" | "platform">;
  /** The id of that. */
  scope_id?: string;
}

/**
 * Receives Toornament's webhooks, at whatever address it is put:
 *
 * - `HEAD` with `X-Webhook-Secret` is how the service looks whether there is a receiver: 200 for the
 *   right secret, or the first one where it is learnt, else 403. Whoever asks first is believed, and so may be
 *   whoever asks at the same time in another isolate: put the handler at an address that nobody guesses, and enable the webhook at once.
 * - `POST` tells an event. Its `X-Webhook-Signature` is compared in constant time (else 401), and
 *   `onEvent` is called: once, where the service tells the same again within `replayWindow`, in this
 *   isolate and by `storage` in others.
 *
 * Errors are answered as `{ error, error_description }`. What the worker's owner has to know is logged by
 * `console.error`, without secrets.
 *
 * @param configure gives the options; it is asked once for an `env`
 * @throws {ConfigError} `invalid_option`: that is no function
 * @example
 * const webhooks = createWebhookHandler((env) => ({
 *   storage: kvStorage(env.WEBHOOKS),
 *   onEvent: ({ name, object_id }) => refresh(name, object_id),
 * }));
 */
export function createWebhookHandler<Env = unknown>(configure: (env: Env) => WebhookOptions): EdgeHandler<Env>;
