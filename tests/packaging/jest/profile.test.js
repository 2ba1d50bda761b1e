const { createClient } = require("playoff-wasm");

const { apiUrl, authUrl, token, profile } = JSON.parse(process.env.CONFIG);

test("the player's profile", async () => {
  expect(await createClient({ apiUrl, authUrl, token: () => token }).get("/runtime/player")).toEqual(profile);
});
