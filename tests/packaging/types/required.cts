// What a strict user of CommonJS writes. Compiled, never run.

import playoffWasm = require("playoff-wasm");

const client = playoffWasm.createClient({ token: "text" });

export function name(): Promise<string> {
  return client.get<{ alias: string }>("/runtime/player").then((player) => player.alias);
}
