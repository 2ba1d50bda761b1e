// What every server's launcher gives the suite.

import { wasmMemory } from "./wasm-memory.mjs";
import * as pkg from "playoff-wasm";
import * as edge from "playoff-wasm/edge";
import { createSuite } from "../suite.mjs";

/** An app's access token, asked for as a server does. */
async function accessToken(sandbox, clientId) {
  const { clientSecret } = sandbox.clients.find((one) => one.clientId === clientId);
  const response = await fetch(`${sandbox.authUrl}/auth/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_id: clientId, client_secret: clientSecret, grant_type: "client_credentials" }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`no access token: ${response.status} ${JSON.stringify(answer)}`);
  return answer.access_token;
}

/** `webSocket` is for those that have none. */
export function serverSuite(place, given, webSocket) {
  const { playoff, kumite, toornament, control, elsewhere, streamPeer, full, panicSwitch } = given;
  return createSuite({
    place,
    panicSwitch,
    wasmMemory,
    pkg,
    edge,
    sandbox: playoff,
    kumite,
    toornament,
    controlUrl: control.url,
    elsewhere: elsewhere.url,
    streamPeer: streamPeer.url,
    full,
    webSocket,
    mint: async (options) => edge.createJWT(options),
    accessToken: (clientId) => accessToken(playoff, clientId),
  });
}
