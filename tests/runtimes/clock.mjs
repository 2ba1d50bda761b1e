// A clock that a case sets: what asks `Date.now` sees it, the timers go on as they are.

const now = Date.now.bind(Date);

/** Runs `body(set)`; `set(seconds)` shifts the local clock by so many seconds from the real one. */
export async function withClock(body) {
  try {
    return await body((seconds) => {
      Date.now = () => now() + seconds * 1000;
    });
  } finally {
    Date.now = now;
  }
}
