// A worker that lists its cases, and runs one per request; that reads a profile, slowly, with a client per request
// or with one for all of them; and that panics, where it can be made to.

import "./wasm-memory.mjs";
import { createClient } from "playoff-wasm";
import { createJWT } from "playoff-wasm/edge";
import { serverSuite } from "./server.mjs";

const TOKEN_TIME = 300;
const PROFILE = "/runtime/player";

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

/** What the call gives, or the code of its error. */
async function answer(client, route) {
  const given = client.get(route);
  return Response.json(await given.catch(({ code }) => ({ code })));
}

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    const sandbox = JSON.parse(env.SANDBOX);
    if (url.pathname === "/own-client") return answer(slowClient(sandbox), PROFILE);
    if (url.pathname === "/shared-client") return answer((shared ??= slowClient(sandbox)), PROFILE);
    if (url.pathname === "/panic") return answer(slowClient(sandbox), "/panic-switch/polled");
    suite ??= serverSuite("workerd", sandbox);
    const run = url.searchParams.get("run");
    return Response.json(run === null ? suite.names : { problem: await suite.run(run) });
  },
};
