// Waiting that always ends. Runs in every host, so nothing of Node here.

/** Settles as `promise` does, or rejects after `limit` milliseconds. */
export async function withLimit(promise, limit, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no result within ${limit} ms`)), limit);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Calls `probe` until it gives something other than undefined or false.
 * What `probe` throws means "not yet"; the last of it is told when the limit is reached.
 */
export async function until(probe, { limit = 10_000, every = 25, what = "the condition" } = {}) {
  const end = Date.now() + limit;
  let last;
  do {
    try {
      const value = await probe();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  } while (Date.now() < end);
  throw new Error(`${what}: not within ${limit} ms${last ? ` (last: ${last.message})` : ""}`);
}
