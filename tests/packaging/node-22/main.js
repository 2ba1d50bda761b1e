import { createRequire } from "node:module";
import { createClient } from "playoff-wasm";
import { createJWT } from "playoff-wasm/edge";

const { apiUrl, authUrl, keys, playerId } = JSON.parse(process.env.CONFIG);
const token = () => createJWT({ ...keys, playerId, scopes: ["player.runtime.read"] });
const required = createRequire(import.meta.url)("playoff-wasm");

const clients = [createClient, required.createClient].map((create) => create({ apiUrl, authUrl, token }));
console.log(JSON.stringify(await Promise.all(clients.map((client) => client.get("/runtime/player")))));
