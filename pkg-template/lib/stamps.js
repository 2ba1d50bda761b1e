// What was stored under a Web Lock has come to whoever holds the lock next. Locks and localStorage reach other processes
// by ways of their own, and nothing says which is first. So who stored something writes a stamp after it, and names the
// stamp by the way that locks go: it holds a second lock for a while, which is called so. Who gets the lock sees what is
// held, and waits until the stamp shows. Of one process, what was stored before the stamp shows before it.

/** The last stamps of all tabs. */
const STAMPS = "playoff-wasm:stamps";
const KEPT = 20;
/** Milliseconds for which a stamp is named, and waited for. It doesn't come any more where the storage was cleared. */
const LIFE = 5_000;
/** Milliseconds between two looks, beside those when the browser says that something has come. */
const LOOK = 50;

const shown = () => localStorage.getItem(STAMPS)?.split(" ") ?? [];

/** Writes a stamp after what was stored, and names it to whoever has the lock of that name next. */
export async function leaveStamp(name) {
  const stamp = `${Math.random()}`.slice(2);
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
