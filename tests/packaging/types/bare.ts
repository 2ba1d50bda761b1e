// What compiles where there are neither a browser's nor Node's globals. Never run.

import { createClient, isPlayoffError } from "playoff-wasm";
import { createJWT, verifyJWT } from "playoff-wasm/edge";
import { init } from "playoff-wasm/slim";

const keys = { clientId: "app", clientSecret: "not-a-real-secret" };
const token: string = createJWT({ ...keys, playerId: "johny" });

export const playerId: string = verifyJWT(token, keys).playerId;

export async function alias(): Promise<string> {
  const playoff = createClient({ token });
  const text: string = await playoff.get("/a", { as: "text" });
  const bytes: Uint8Array = await playoff.get("/a", { as: "bytes" });
  const player = await playoff.get<{ alias: string }>("/runtime/player", { query: { fields: ["id", "alias"] } });
  return `${player.alias} ${text} ${bytes.length}`;
}

export function code(error: unknown): string | undefined {
  return isPlayoffError(error) ? error.code : undefined;
}

export const started: Promise<void> = init(new Uint8Array(8));
