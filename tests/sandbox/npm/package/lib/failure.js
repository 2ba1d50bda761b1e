// The end of a sandbox by a fault of its own.

const REPORT = "https://github.com/playoff-wasm/playoff-wasm/issues";

/** What every call to the services is from then on. */
export class SandboxFailure extends Error {
  constructor(cause) {
    super(`the sandbox itself has failed (${cause.message}): start another one, and please report it at ${REPORT}`, { cause });
    this.name = "SandboxFailure";
  }

  /** What requests are answered, pages too. */
  get answer() {
    const text = JSON.stringify({ error: "sandbox_failure", error_description: this.message });
    const headers = [["content-type", "application/json; charset=utf-8"], ["access-control-allow-origin", "*"]];
    return { status: 500, headers, body: Buffer.from(text) };
  }
}

/**
 * The same functions, until one of them throws, which none does unless it is broken. Nothing that it left half done is ever
 * looked at again: it and all later calls throw a `SandboxFailure`, which `failed` is told once.
 */
export function untilFailure(functions, failed) {
  let failure;
  const guard = (work) => (...given) => {
    if (failure) throw failure;
    try {
      return work(...given);
    } catch (error) {
      failure = new SandboxFailure(error);
      failed(failure);
      throw failure;
    }
  };
  return Object.fromEntries(Object.entries(functions).map(([name, work]) => [name, guard(work)]));
}
