// What a strict user of CommonJS writes. Compiled, never run.

import playoffWasm = require("playoff-wasm");
import slim = require("playoff-wasm/slim");

const client = playoffWasm.createClient({ token: "text" });

export function name(): Promise<string> {
  return client.get<{ alias: string }>("/runtime/player").then((player) => player.alias);
}

export function started(bytes: Uint8Array): Promise<typeof slim.createClient> {
  return slim.init(bytes).then(() => slim.createClient);
}
