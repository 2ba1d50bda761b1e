// What the tabs of one origin have between them: a lock, and what they tell each other. No token
// passes here, only the names of stored ones, which are hashes.

import { lease } from "./lease.js";

const CHANNEL = "playoff-wasm";
/**
 * Milliseconds for which a lock is held after its time, where something was stored: that reaches other processes by a
 * way of its own. In a tab that nobody sees they are a second.
 */
const SETTLING = 50;

/** What ends each lock that is held or waited for. */
const ends = new Set();
/** How often something was told of each key, so that something had changed. */
const changes = new Map();

/** Lets all locks go at once: whoever took them isn't there any more. */
export function releaseLocks() {
  for (const end of ends) end.abort();
}

const webLock = (name, signal) =>
  new Promise((resolve, reject) => {
    const hold = () => new Promise((release) => resolve(release));
    navigator.locks.request(name, { signal }, hold).catch(reject);
  });

/** Waits for a lock, and holds it until the signal is aborted. Gives whether it is held: not everywhere are there any. */
async function lock(name, signal) {
  const end = new AbortController();
  const ended = end.signal;
  const before = changes.get(name);
  ends.add(end);
  ended.addEventListener("abort", () => ends.delete(end));
  signal.addEventListener("abort", () => {
    if (changes.get(name) === before) end.abort();
    else setTimeout(() => end.abort(), SETTLING);
  });
  try {
    const letGo = await (globalThis.navigator?.locks ? webLock : lease)(name, ended);
    if (!letGo) return false;
    if (ended.aborted) letGo();
    ended.addEventListener("abort", letGo);
    return !ended.aborted;
  } catch {
    // Nobody waits any more, or the page may use neither.
    return false;
  }
}

function overChannel(heard) {
  const channel = new BroadcastChannel(CHANNEL);
  // Node has it too, and pages that are simulated there.
  channel.unref?.();
  channel.onmessage = ({ data }) => heard(data?.key, data?.told);
  return { tell: (key, told) => channel.postMessage({ key, told }), close: () => channel.close() };
}

/** The browser itself tells other tabs what changes in localStorage. */
function overStorage(heard) {
  const onStorage = ({ key, newValue }) => heard(key, newValue === null ? "logout" : "token");
  globalThis.addEventListener?.("storage", onStorage);
  return { tell: () => {}, close: () => globalThis.removeEventListener?.("storage", onStorage) };
}

function connect(heard) {
  try {
    return overChannel(heard);
  } catch {
    // Older browsers have no channels, and some throw where storage is forbidden.
    return overStorage(heard);
  }
}

const forgotten = globalThis.FinalizationRegistry && new FinalizationRegistry((close) => close());

/** The way of a client to other tabs. Until it is opened, nothing is told or heard. */
export class Tabs {
  #ends = { tell: () => {}, close: () => {} };

  lock = lock;
  tell = (key, told) => {
    changes.set(key, (changes.get(key) ?? 0) + 1);
    this.#ends.tell(key, told);
  };

  /** `hear(client, key, told)` is called as long as there is the client: it isn't kept in memory. */
  open(client, hear) {
    const known = new WeakRef(client);
    const heard = (key, told) => {
      const there = known.deref();
      if (there) hear(there, key, told);
    };
    this.#ends = connect(heard);
    // A page that can come back keeps its locks while it is away. The same function is added once.
    globalThis.addEventListener?.("pagehide", releaseLocks);
    // What is under way may still tell something: not into a closed channel.
    forgotten?.register(client, () => this.close());
  }

  close() {
    this.#ends.close();
    this.#ends = { tell: () => {}, close: () => {} };
  }
}
