import type { PlatformType } from "./types/platform.js";

export * from "./index.js";

/**
 * Loads and starts the wasm: once, before the first `createClient`, which without it throws `not_initialized`. Further calls
 * give the first one's promise, whatever they are given; after a failure the next one tries anew.
 *
 * @param source the address of `playoff.wasm`, or what `fetch` gives for it: both are compiled while they come. Or its
 *   bytes, or a compiled module.
 * @throws {NetworkError} it wasn't received (`network_error`)
 * @throws {ApiError} an error came instead (`http_error`)
 * @throws {ConfigError} `invalid_option`: it is none of these; `wasm_unavailable`: it can't be compiled or started here
 * @example
 * import wasm from "playoff-wasm/playoff.wasm?url"; // as Vite gives its address
 * await init(wasm);
 */
export function init(source: WasmSource | PromiseLike<WasmSource>): Promise<void>;

/** Where {@link init} gets the wasm from. */
export type WasmSource =
  | string
  | PlatformType<"URL">
  | PlatformType<"Response">
  | ArrayBuffer
  | ArrayBufferView
  | WasmModule;

/** A `WebAssembly.Module`, where there are types for it. */
export type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } }
  ? Module & object
  : never;
