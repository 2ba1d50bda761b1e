// A worker that lists its cases, and runs one per request; and that reads a profile, slowly, with a client per request.

import { createClient } from "playoff-wasm";
import { createJWT } from "playoff-wasm/edge";
import { serverSuite } from "./server.mjs";

const TOKEN_TIME = 300;

let suite;

async function slowProfile({ playoff }) {
  const { clientId, clientSecret } = playoff.clients.find((one) => one.type === "jwt");
  const client = createClient({
    apiUrl: playoff.apiUrl,
    authUrl: playoff.authUrl,
    token: async () => {
      await new Promise((resolve) => setTimeout(resolve, TOKEN_TIME));
      return createJWT({ clientId, clientSecret, playerId: "johny" });
    },
  });
  return Response.json(await client.get("/runtime/player"));
}

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    if (url.pathname === "/slow-profile") return slowProfile(JSON.parse(env.SANDBOX));
    suite ??= serverSuite("workerd", JSON.parse(env.SANDBOX));
    const run = url.searchParams.get("run");
    return Response.json(run === null ? suite.names : { problem: await suite.run(run) });
  },
};
