// A lock in IndexedDB, for pages without Web Locks. Who holds it shows signs of life; who shows none
// for long, has it taken away.

const DATABASE = "playoff-wasm";
const STORE = "leases";
/** Milliseconds between two looks of those who wait. */
const LOOK = 50;
/** Milliseconds between two signs of life. Pages in the background have one timer a second. */
const BEAT = 500;
/** Milliseconds without a sign of life after which the lease is anybody's. */
const SILENCE = 3_000;
/** Milliseconds between two looks of which no more counts: who slept for longer saw no signs of life meanwhile. */
const SLEPT = 1_000;
/** Milliseconds in which the database opens: in some browsers it never does. */
const OPENS = 2_000;

/** What is under way. */
const transactions = new Set();
let frozen = false;

/**
 * The browser is going to keep the page as it is: it gets no turn any more. A transaction that was under way then would
 * have all other tabs wait for it.
 */
export function freeze() {
  frozen = true;
  for (const transaction of transactions) {
    try {
      transaction.abort();
    } catch {
      // It was at its end.
    }
  }
}

/** The page goes on. */
export function thaw() {
  frozen = false;
}

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function open() {
  return new Promise((resolve, reject) => {
    let late = false;
    const onLate = () => {
      late = true;
      reject(new Error("the database doesn't open"));
    };
    const timer = setTimeout(onLate, OPENS);
    // In whichever version it is there: those to come mustn't keep this one from sharing it.
    const opening = indexedDB.open(DATABASE);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onsuccess = () => {
      clearTimeout(timer);
      const database = opening.result;
      if (late) return database.close();
      // Somebody wants to remove it.
      database.onversionchange = () => database.close();
      resolve(database);
    };
    opening.onerror = () => reject(opening.error);
  });
}

/** One transaction: `change` gets what is there, and gives what is to be there, or undefined to leave it. */
function update(database, name, change) {
  return new Promise((resolve, reject) => {
    if (frozen) throw new Error("the page was left");
    const transaction = database.transaction(STORE, "readwrite");
    transactions.add(transaction);
    const store = transaction.objectStore(STORE);
    let next;
    const reading = store.get(name);
    reading.onsuccess = () => {
      next = change(reading.result);
      if (next) store.put(next, name);
      if (next === null) store.delete(name);
    };
    transaction.oncomplete = () => {
      transactions.delete(transaction);
      resolve(next);
    };
    transaction.onabort = () => {
      transactions.delete(transaction);
      reject(transaction.error);
    };
  });
}

/** Waits for the lease of that name. Gives what returns it; nothing, if the signal was aborted before. */
export async function lease(name, signal) {
  const database = await open();
  // Browsers without Web Locks have no `randomUUID`, either.
  const holder = crypto.getRandomValues(new Uint32Array(4)).join();
  const isOurs = (held) => held?.holder === holder;
  let seen;
  let silent;
  let looked;

  // By our own watch: clocks are set, and differ from what they were.
  const isSilent = (held) => {
    const now = performance.now();
    const life = `${held.holder} ${held.beat}`;
    silent = life === seen ? silent + Math.min(now - looked, SLEPT) : 0;
    [seen, looked] = [life, now];
    return silent >= SILENCE;
  };
  const take = (held) => (!held || isSilent(held) ? { holder, beat: 0 } : undefined);
  const stayAlive = (held) => (isOurs(held) ? { holder, beat: held.beat + 1 } : undefined);
  const giveBack = (held) => (isOurs(held) ? null : undefined);

  try {
    while (!(await update(database, name, take))) {
      await pause(LOOK);
      if (signal.aborted) return database.close();
    }
  } catch (error) {
    database.close();
    throw error;
  }
  const beating = setInterval(() => update(database, name, stayAlive).catch(() => {}), BEAT);
  return () => {
    clearInterval(beating);
    // Should it fail, the others wait until they hear no sign of life.
    update(database, name, giveBack)
      .catch(() => {})
      .finally(() => database.close());
  };
}
