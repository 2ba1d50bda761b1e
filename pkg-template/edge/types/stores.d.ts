import type { PlatformType, ResponseLike } from "../../types/platform.js";
import type { TokenStorage } from "../../types/storage.js";
import type { StoredToken } from "../../types/tokens.js";

/**
 * Keeps an app's token in Workers KV, where other isolates find it. An isolate that finds none there
 * asks the service itself, once. KV may show for a minute what isn't so any more; a token that the
 * service refused isn't used again all the same. The key ends with the token, after 60 seconds at the
 * earliest: KV takes no less.
 *
 * @param namespace a binding of `kv_namespaces`
 * @throws {ConfigError} `invalid_option`: that is no namespace
 * @example createEdge({ clientId, clientSecret, storage: kvStorage(env.TOKENS) })
 */
export function kvStorage(namespace: TokenNamespace): TokenStorage;

/** What {@link kvStorage} uses of Cloudflare's `KVNamespace`. */
export interface TokenNamespace {
  get(key: string, type: "json"): Promise<StoredToken | null>;
  put(key: string, value: string, options?: { expirationTtl?: number }): Promise<void>;
  delete(key: string): Promise<void>;
}

/**
 * The Durable Object that has an app's token for all isolates everywhere: it renews it once, however
 * many ask. There is one for each service, client and scope. It stores the token alone; the
 * credentials come with each request.
 *
 * Export it from your worker, and name it in the wrangler configuration:
 *
 * ```jsonc
 * "durable_objects": { "bindings": [{ "name": "TOKEN_BROKER", "class_name": "TokenBroker" }] },
 * "migrations": [{ "tag": "v1", "new_sqlite_classes": ["TokenBroker"] }]
 * ```
 *
 * @example export { TokenBroker } from "playoff-wasm/edge";
 */
export class TokenBroker {
  /** The runtime makes them. */
  constructor(state: BrokerState, env?: unknown);
  /** What apps with the option `broker` ask. */
  fetch(request: PlatformType<"Request">): Promise<PlatformType<"Response">>;
}

// What Cloudflare's types know a Durable Object by; where they aren't, it says nothing.
export interface TokenBroker extends Rpc.DurableObjectBranded {}

declare global {
  namespace Rpc {
    interface DurableObjectBranded {}
  }
}

/** What {@link TokenBroker} uses of Cloudflare's `DurableObjectState`. */
export interface BrokerState {
  readonly storage: {
    get(key: string): Promise<unknown>;
    put(key: string, value: StoredToken): Promise<void>;
    delete(key: string): Promise<boolean>;
  };
}

/** What an app uses of Cloudflare's `DurableObjectNamespace`. */
export interface BrokerNamespace {
  idFromName(name: string): object;
  get(id: object): BrokerStub;
}

/** What an app uses of Cloudflare's `DurableObjectStub`. */
export interface BrokerStub {
  fetch(
    url: string,
    init: { method: "POST"; body: string; signal: PlatformType<"AbortSignal"> },
  ): Promise<ResponseLike>;
}
