import { createClient } from "playoff-wasm";

export async function load() {
  const { apiUrl, authUrl, token } = JSON.parse(process.env.CONFIG);
  return { profile: await createClient({ apiUrl, authUrl, token }).get("/runtime/player") };
}
