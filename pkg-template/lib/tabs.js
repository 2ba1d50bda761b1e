// What the tabs of one origin have between them: a lock, and what they tell each other. No token
// passes here, only the names of stored ones, which are hashes.

import { freeze, lease, thaw } from "./lease.js";
import { leaveStamp, stampsOf } from "./stamps.js";

const CHANNEL = "playoff-wasm";
/**
 * Milliseconds for which a lease is held after its time, where something was stored: that reaches other processes by a
 * way of its own. In a tab that nobody sees they are a second.
 */
const SETTLING = 200;

/** What ends each lock that is held or waited for: functions that get whether the page was left. */
const ends = new Set();
/** How often something was told here of each key of which anything was told or heard: so often something was stored. */
const changes = new Map();
const OWN = "playoff-wasm:";

/** Settles when the page is there: it may be left, and come back as it was. */
let presence = Promise.resolve();
let comeBack;

/** Lets all locks go at once: whoever took them isn't there any more. */
export function releaseLocks(left = false) {
  for (const end of ends) end(left);
}

/** A page that can come back keeps what it holds while it is away. */
function onPageHide({ persisted }) {
  presence = new Promise((resolve) => (comeBack = resolve));
  if (persisted) freeze();
  releaseLocks(true);
}

function onPageShow() {
  thaw();
  comeBack?.();
}

const hasWebLocks = () => !!globalThis.navigator?.locks;

const webLock = (name, signal) =>
  new Promise((resolve, reject) => {
    const hold = () => new Promise((release) => resolve(release));
    navigator.locks.request(name, { signal }, hold).catch(reject);
  });

/** Until the lock may be let go: whoever has it next sees what was stored. */
const settled = (name) =>
  hasWebLocks() ? leaveStamp(name) : new Promise((resolve) => setTimeout(resolve, SETTLING));

/** Waits for a lock, and holds it until the signal is aborted. Gives whether it is held: not everywhere are there any. */
async function lock(name, signal) {
  while (!signal.aborted) {
    const { held, left } = await attempt(name, signal);
    if (held || !left) return held;
    // To go on without it would be to spend what another tab is just spending. A page that is gone goes nowhere.
    await presence;
  }
  return false;
}

/** Whether it is held; if not, whether that is because the page was left. */
async function attempt(name, signal) {
  const abort = new AbortController();
  const ended = abort.signal;
  let left = false;
  let letGo;
  let before;
  const end = (isLeft) => {
    left = isLeft;
    ends.delete(end);
    abort.abort();
  };
  ends.add(end);
  signal.addEventListener("abort", async () => {
    // Of other locks nobody knows what was stored.
    if (letGo && changes.get(name) !== before) await settled(name);
    end(false);
  });
  try {
    letGo = await (hasWebLocks() ? webLock : lease)(name, ended);
    before = changes.get(name) ?? 0;
    if (letGo && ended.aborted) letGo();
    if (letGo) ended.addEventListener("abort", letGo);
    if (hasWebLocks()) await stampsOf(name, ended);
    return { held: !!letGo && !ended.aborted, left };
  } catch {
    // Nobody waits any more, or the page may use neither.
    return { held: false, left };
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

  /**
   * `hear(client, key, told)` is called when another tab tells something, `lookAgain(client)` when the page was away and
   * heard nothing: as long as there is the client, which isn't kept in memory.
   */
  open(client, hear, lookAgain) {
    const known = new WeakRef(client);
    const ifThere = (run) => {
      const there = known.deref();
      if (there) run(there);
    };
    const heard = (key, told) => {
      if (String(key).startsWith(OWN) && !changes.has(key)) changes.set(key, 0);
      ifThere((there) => hear(there, key, told));
    };
    const ends = connect(heard);
    const onReturn = ({ persisted }) => persisted && ifThere(lookAgain);
    // The same functions are added once.
    globalThis.addEventListener?.("pagehide", onPageHide);
    globalThis.addEventListener?.("pageshow", onPageShow);
    globalThis.addEventListener?.("pageshow", onReturn);
    this.#ends = {
      tell: ends.tell,
      close() {
        ends.close();
        globalThis.removeEventListener?.("pageshow", onReturn);
      },
    };
    // What is under way may still tell something: not into a closed channel.
    forgotten?.register(client, () => this.close());
  }

  close() {
    this.#ends.close();
    this.#ends = { tell: () => {}, close: () => {} };
  }
}
