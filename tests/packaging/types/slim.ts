// What a strict user of playoff-wasm/slim writes. Compiled, never run.

import { createClient, init, type ClientOptions, type WasmSource } from "playoff-wasm/slim";
import wasm from "playoff-wasm/playoff.wasm";

export async function started(options: ClientOptions): Promise<string> {
  await init(wasm);
  await init("/assets/playoff.wasm");
  await init(new URL("https://example.com/playoff.wasm"));
  await init(fetch("/assets/playoff.wasm"));
  await init(await fetch("/assets/playoff.wasm"));
  await init(new Uint8Array(8));
  const source: WasmSource = new ArrayBuffer(8);
  await init(source);
  return createClient(options).get("/runtime/player", { as: "text" });
}

export async function wrong(): Promise<void> {
  // @ts-expect-error there has to be a source
  await init();
  // @ts-expect-error a number is none
  await init(5);
  // @ts-expect-error nor is nothing
  await init(null);
}
