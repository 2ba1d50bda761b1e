// Answers whose bodies callers read themselves: what that needs of the platform takes less here than in the wasm.

/** The `Response`s whose bodies others have: Node ends a body that nobody has begun to read when its own is collected. */
const originals = new WeakMap();

/** The same `Response` under no address. */
export function withoutAddress(response) {
  // It has all members of a `ResponseInit`.
  const plain = new Response(response.body, response);
  originals.set(plain, response);
  return plain;
}

/** A signal that is aborted with ours and with the caller's. */
export function joined(own, callers) {
  return AbortSignal.any([own, callers]);
}
