// A route handler, which mints the player's token itself.

import { createClient, createJWT } from "playoff-wasm/edge";

export async function GET() {
  const { apiUrl, authUrl, keys, playerId } = JSON.parse(process.env.CONFIG);
  const token = () => createJWT({ ...keys, playerId, scopes: ["player.runtime.read"] });
  return Response.json(await createClient({ apiUrl, authUrl, token }).get("/runtime/player"));
}
