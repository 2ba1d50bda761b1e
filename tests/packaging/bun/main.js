import { createClient } from "playoff-wasm";
import { createJWT } from "playoff-wasm/edge";

const { apiUrl, authUrl, keys, playerId } = JSON.parse(Bun.env.CONFIG);
const token = () => createJWT({ ...keys, playerId, scopes: ["player.runtime.read"] });

console.log(JSON.stringify([await createClient({ apiUrl, authUrl, token }).get("/runtime/player")]));
