// The wasm from wherever the caller has it.

import { ApiError, ConfigError, NetworkError, PlayoffError } from "../errors.js";
import { starter, unavailable } from "./load.js";

/** `init(source)`, and the function that gives the running instance's glue from then on. */
export function initOver(createGlue) {
  let module;
  let begun;
  const start = starter(createGlue, () => module);

  function wasm() {
    if (module) return start();
    const message = "playoff-wasm/slim has no wasm yet: await `init(source)` before `createClient`";
    throw new ConfigError(message, { code: "not_initialized" });
  }

  async function begin(source) {
    try {
      module = await moduleOf(await source);
      start();
    } catch (error) {
      // Another try may have a better source.
      module = begun = undefined;
      throw error;
    }
  }

  return { wasm, init: (source) => (begun ??= begin(source)) };
}

async function moduleOf(source) {
  try {
    if (typeof source === "string" || source instanceof URL) return await received(await fetched(source));
    if (typeof source?.arrayBuffer === "function") return await received(source);
    if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return await WebAssembly.compile(source);
  } catch (error) {
    throw error instanceof PlayoffError ? error : unavailable(error);
  }
  // By its name: a module may be of another realm.
  if (Object.prototype.toString.call(source) === "[object WebAssembly.Module]") return source;
  const message = "`init` takes the wasm's address, a Response, its bytes, or a WebAssembly.Module";
  throw new ConfigError(message, { code: "invalid_option" });
}

async function fetched(address) {
  try {
    return await fetch(address);
  } catch (cause) {
    throw lost(cause);
  }
}

async function received(response) {
  const { ok, status } = response;
  if (ok === false) {
    const message = `instead of playoff.wasm came an answer of status ${status}`;
    throw new ApiError(message, { code: "http_error", status, retryable: status >= 500 });
  }
  // Of any other type, engines refuse to compile it while it comes.
  const streams = response.headers?.get("content-type") === "application/wasm";
  try {
    return await (streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch (cause) {
    throw cause?.name === "CompileError" ? cause : lost(cause);
  }
}

function lost(cause) {
  const message = `playoff.wasm wasn't received: ${cause?.message ?? cause}`;
  return new NetworkError(message, { code: "network_error", retryable: true, cause });
}
