import { json } from "@sveltejs/kit";
import { createClient, createJWT } from "playoff-wasm/edge";

export async function GET() {
  const { apiUrl, authUrl, keys, playerId } = JSON.parse(process.env.CONFIG);
  const token = () => createJWT({ ...keys, playerId, scopes: ["player.runtime.read"] });
  return json(await createClient({ apiUrl, authUrl, token }).get("/runtime/player"));
}
