// Receives Toornament's webhooks. The service asks by HEAD whether there is a receiver, and brings the secret along;
// then it tells events by POST, each signed with that secret.

import { ConfigError } from "../errors.js";
import { readBody } from "./read-body.js";
import { HEADERS, refusal } from "./refusal.js";
import { ToldEvents } from "./told-events.js";

const NAMES = ["secret", "storage", "onEvent", "maxBodySize", "replayWindow"];
/** Bytes: events are short. */
const BODY_LIMIT = 16 * 1024;
/** Seconds. */
const REPLAY_WINDOW = 60;

const SECRET_KEY = "webhook-secret";
const EVENT_KEY = "webhook-event-";
/** Of a storage the first secret that came to this isolate while it showed none. Some hosts give an `env` for each call. */
const FIRST = new WeakMap();
/** What a header can hold, and nobody has reason to exceed. */
const SECRET = /^[\x21-\x7e]{1,256}$/;

/** `createWebhookHandler` over a wasm. */
export function webhookHandlerOver(wasm) {
  return function createWebhookHandler(configure) {
    if (typeof configure !== "function") throw invalid("createWebhookHandler takes a function: (env) => options");
    const told = new ToldEvents();
    let known;
    // Workers keep one `env` for as long as they live.
    const receiverFor = (env) => {
      if (known === undefined || !Object.is(known.env, env)) {
        known = { env, receiver: new Receiver(wasm, told, configure(env)) };
      }
      return known.receiver;
    };
    return {
      async fetch(request, env, context) {
        let receiver;
        try {
          receiver = receiverFor(env);
        } catch (error) {
          console.error("playoff-wasm: createWebhookHandler's options don't hold:", error);
          return refusal(500, "server_error", "This worker isn't set up right; its log says what is missing");
        }
        const answered = receiver.answer(request);
        // What was begun is finished when the service goes away early.
        if (typeof context?.waitUntil === "function") context.waitUntil(answered);
        return answered;
      },
    };
  };
}

const invalid = (message) => new ConfigError(message, { code: "invalid_option" });

/** The options, checked. */
function read(options) {
  const unknown = Object.keys(options ?? {}).find((name) => !NAMES.includes(name));
  if (unknown !== undefined) {
    throw new ConfigError(`createWebhookHandler knows no option \`${unknown}\``, { code: "unknown_option" });
  }
  const { secret, storage, onEvent, maxBodySize = BODY_LIMIT, replayWindow = REPLAY_WINDOW } = options ?? {};
  if (typeof onEvent !== "function") throw invalid("option `onEvent` takes a function");
  if ((secret == null) === (storage == null)) throw invalid("option `secret` or option `storage` must be given");
  if (secret != null && !(typeof secret === "string" && SECRET.test(secret))) {
    throw invalid("option `secret` takes the webhook's secret, a string");
  }
  const isStorage = ["load", "store", "remove"].every((name) => typeof storage?.[name] === "function");
  if (storage != null && !isStorage) throw invalid("option `storage` takes { load, store, remove }");
  if (!(Number.isInteger(maxBodySize) && maxBodySize > 0)) throw invalid("option `maxBodySize` takes bytes, at least 1");
  if (!(replayWindow >= 0 && replayWindow <= 86_400)) {
    throw invalid("option `replayWindow` takes a number of seconds, at most 86400");
  }
  return { secret, storage, onEvent, maxBodySize, replayWindow };
}

/** A receiver with its options. */
class Receiver {
  #wasm;
  #told;
  #options;

  constructor(wasm, told, options) {
    this.#wasm = wasm;
    this.#told = told;
    this.#options = read(options);
  }

  /** Never rejects. */
  async answer(request) {
    try {
      if (request.method === "HEAD") return await this.#verify(request);
      if (request.method === "POST") return await this.#receive(request);
    } catch (error) {
      console.error("playoff-wasm: a webhook couldn't be answered:", error);
      return UNAVAILABLE();
    }
    return refusal(405, "method_not_allowed", "This takes HEAD and POST", { allow: "HEAD, POST" });
  }

  /** The service asks whether it is right here. */
  async #verify(request) {
    const given = request.headers.get("x-webhook-secret") ?? "";
    if (!SECRET.test(given)) return new Response(null, { status: 400 });
    const isOurs = await this.#takes(given);
    return new Response(null, isOurs ? { status: 200, headers: { "x-webhook-secret": given } } : { status: 403 });
  }

  /** The first secret stays: others could otherwise put theirs in its place, and sign with it. */
  async #takes(given) {
    const known = await this.#secret();
    if (known !== undefined) return this.#wasm().isSameSecret(known, given);
    // Nothing is awaited in between, and storage may not show for a while what was stored: here one counts. Isolates
    // that learn at the same time don't know of each other, since storage can't compare before it stores.
    const { storage } = this.#options;
    if (!FIRST.has(storage)) FIRST.set(storage, given);
    if (!this.#wasm().isSameSecret(FIRST.get(storage), given)) return false;
    await storage.store(SECRET_KEY, { secret: given });
    return this.#wasm().isSameSecret((await this.#secret()) ?? given, given);
  }

  async #secret() {
    const { secret, storage } = this.#options;
    return secret ?? (await storage.load(SECRET_KEY))?.secret;
  }

  /** The service tells of an event. */
  async #receive(request) {
    const { maxBodySize } = this.#options;
    const body = await readBody(request, maxBodySize);
    if (body === "too large") return refusal(413, "body_too_large", `A body has at most ${maxBodySize} bytes here`);
    if (body === "broken") return refusal(400, "invalid_body", "The body couldn't be read");
    const secret = await this.#secret();
    // Where storage shows it later, the service comes again.
    if (secret === undefined) return UNAVAILABLE();
    const signature = request.headers.get("x-webhook-signature") ?? "";
    if (!this.#wasm().isSigned(body, secret, signature)) {
      return refusal(401, "invalid_signature", "The body isn't signed with this webhook's secret");
    }
    const event = parse(body);
    if (typeof event?.name !== "string") return refusal(400, "invalid_body", "The body isn't an event");
    return this.#tellOnce(event, signature.toLowerCase());
  }

  /** Events have neither an id nor a time: their signature tells them apart. */
  async #tellOnce(event, id) {
    const { storage, replayWindow } = this.#options;
    if (replayWindow === 0) return this.#tell(event);
    const until = Date.now() + replayWindow * 1000;
    const state = this.#told.begin(id, until, (old) => this.#forget(old));
    if (state === "told") return TAKEN();
    // Should it fail with the other one, the service has to come again.
    if (state === "underway") return UNAVAILABLE();
    let answer;
    try {
      const stored = await storage?.load(EVENT_KEY + id);
      answer = stored?.expires_at * 1000 > Date.now() ? TAKEN() : await this.#tell(event);
      if (answer.ok) this.#told.end(id);
    } finally {
      if (!answer?.ok) this.#told.fail(id);
    }
    if (answer.ok) await this.#remember(id, until);
    return answer;
  }

  async #tell(event) {
    try {
      await this.#options.onEvent(event);
    } catch (error) {
      console.error("playoff-wasm: onEvent failed:", error);
      return refusal(500, "server_error", "The event couldn't be worked off");
    }
    return TAKEN();
  }

  /** Tells other isolates. Not to have told them is no reason to hear of it again. */
  async #remember(id, until) {
    try {
      await this.#options.storage?.store(EVENT_KEY + id, { expires_at: Math.ceil(until / 1000) });
    } catch (error) {
      console.error("playoff-wasm: the webhook's storage failed:", error);
    }
  }

  async #forget(id) {
    try {
      await this.#options.storage?.remove(EVENT_KEY + id);
    } catch (error) {
      console.error("playoff-wasm: the webhook's storage failed:", error);
    }
  }
}

function parse(body) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

const TAKEN = () => new Response(null, { status: 200, headers: HEADERS });

const UNAVAILABLE = () =>
  refusal(503, "temporarily_unavailable", "The event can't be taken right now", { "retry-after": "1" });
