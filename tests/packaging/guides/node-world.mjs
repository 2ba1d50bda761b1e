// Loaded before a sample of the manual in Node, so that it runs as it stands: the services' own addresses lead to the
// sandbox, a page's own routes to a handler, and names that a sample only uses are there.

import { createClient, createEdge, createEdgeHandler, createJWT } from "playoff-wasm/edge";

const { services, minting, env } = JSON.parse(process.env.GUIDE_WORLD);
Object.assign(process.env, env);

const PAGE = "https://app.example";
const PLAYER = { playerId: "johny", scopes: ["player.runtime.read", "player.runtime.write"], expiresIn: 3600 };
const handler = createEdgeHandler(() => ({ ...minting, authenticate: () => PLAYER }));
const send = globalThis.fetch;

globalThis.fetch = (address, init) => {
  if (String(address).startsWith("/")) {
    const headers = { ...init?.headers, origin: PAGE };
    return handler.fetch(new Request(`${PAGE}${address}`, { ...init, headers }), {});
  }
  const service = Object.keys(services).find((origin) => `${address}`.startsWith(`${origin}/`));
  if (service === undefined) throw new Error(`a sample asks somebody else: ${address}`);
  return send(`${services[service]}${`${address}`.slice(service.length)}`, init);
};

const token = () => createJWT({ ...minting, playerId: "johny", scopes: PLAYER.scopes });
Object.assign(globalThis, {
  token,
  playoff: createClient({ token }),
  app: createEdge({ clientId: env.PLAYOFF_APP_ID, clientSecret: env.PLAYOFF_APP_SECRET }),
  say: console.log,
  showSignIn: () => console.log("sign in"),
});
