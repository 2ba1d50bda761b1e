// Whoever gets a Web Lock sees what was stored under it. Locks and localStorage reach other processes by ways of their
// own, and nothing says which is first. So who stored something writes a stamp after it, and names the stamp by the way
// that locks go: before the lock is let go, a second one is held, which is called so. Who gets the lock next looks what
// is held, and waits until the stamp shows: what the same page stored before it has come by then, since browsers keep
// the order of what a page writes. Another storage than localStorage has to give what it was given by itself.

/** The last stamps of all tabs. */
const STAMPS = "playoff-wasm:stamps";
const KEPT = 100;
/**
 * Milliseconds for which a stamp is named, and waited for. It may never show: somebody has cleared the storage, or wrote
 * another stamp at the same moment, under another lock.
 */
const LIFE = 5_000;
/** Milliseconds between two looks, beside those when the browser tells of a change. */
const LOOK = 50;

/** Workers have locks without a localStorage, and so has Node, which warns whoever looks for one. */
const isPage = () => !!globalThis.document;
const shown = () => localStorage.getItem(STAMPS)?.split(" ") ?? [];

/** Writes a stamp after what was stored, and names it to whoever has the lock of that name next. */
export async function leaveStamp(name) {
  if (!isPage()) return;
  const stamp = Math.random().toString(36).slice(2, 10);
  try {
    localStorage.setItem(STAMPS, [...shown(), stamp].slice(-KEPT).join(" "));
  } catch {
    // Then what was stored isn't there, either.
    return;
  }
  await new Promise((resolve) => {
    const hold = () => {
      resolve();
      return new Promise((release) => setTimeout(release, LIFE));
    };
    navigator.locks.request(`${name} ${stamp}`, hold).catch(resolve);
  });
}

/** Waits until what was stored under the lock of that name shows, unless the signal is aborted. */
export async function stampsOf(name, signal) {
  if (!isPage()) return;
  const { held } = await navigator.locks.query();
  const named = held.filter((one) => one.name.startsWith(`${name} `)).map((one) => one.name.slice(name.length + 1));
  const end = performance.now() + LIFE;
  const isOver = () => {
    try {
      return signal.aborted || performance.now() > end || named.every((stamp) => shown().includes(stamp));
    } catch {
      // There is no localStorage any more.
      return true;
    }
  };
  if (isOver()) return;
  await new Promise((resolve) => {
    const look = () => {
      if (!isOver()) return;
      clearInterval(timer);
      globalThis.removeEventListener("storage", look);
      resolve();
    };
    const timer = setInterval(look, LOOK);
    globalThis.addEventListener("storage", look);
  });
}
