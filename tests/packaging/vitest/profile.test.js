import { createClient } from "playoff-wasm";
import { createJWT } from "playoff-wasm/edge";
import { expect, test } from "vitest";

const { apiUrl, authUrl, keys, playerId, profile } = JSON.parse(process.env.CONFIG);

test("the player's profile", async () => {
  const token = () => createJWT({ ...keys, playerId, scopes: ["player.runtime.read"] });
  expect(await createClient({ apiUrl, authUrl, token }).get("/runtime/player")).toEqual(profile);
});
