// A worker that lists its cases, and runs one per request; and that reads a profile, slowly, with a client per request
// or with one for all of them.

import { createClient } from "playoff-wasm";
import { createJWT } from "playoff-wasm/edge";
import { serverSuite } from "./server.mjs";

const TOKEN_TIME = 300;

let suite;

let shared;

function slowClient({ playoff }) {
  const { clientId, clientSecret } = playoff.clients.find((one) => one.type === "jwt");
  return createClient({
    apiUrl: playoff.apiUrl,
    authUrl: playoff.authUrl,
    token: async () => {
      await new Promise((resolve) => setTimeout(resolve, TOKEN_TIME));
      return createJWT({ clientId, clientSecret, playerId: "johny" });
    },
  });
}

const profile = async (client) => Response.json(await client.get("/runtime/player"));

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    const sandbox = JSON.parse(env.SANDBOX);
    if (url.pathname === "/own-client") return profile(slowClient(sandbox));
    if (url.pathname === "/shared-client") return profile((shared ??= slowClient(sandbox)));
    suite ??= serverSuite("workerd", sandbox);
    const run = url.searchParams.get("run");
    return Response.json(run === null ? suite.names : { problem: await suite.run(run) });
  },
};
