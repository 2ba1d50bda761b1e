// An API on an origin of its own, which takes the server's JWTs (RFC 9068) and checks them as any resource server does.

import { createRemoteJWKSet, jwtVerify } from "jose";
import { listen } from "../../lib/loopback.mjs";

const CORS = {
  "access-control-allow-headers": "authorization",
  "access-control-expose-headers": "www-authenticate",
};

/** Starts it for the pages of `site`; `trust(issuer)` names the server. Gives `{ url, trust, stop }`. */
export async function startApi({ site }) {
  let issuer, keys;

  async function playerOf({ authorization = "" }) {
    const [scheme, token] = authorization.split(" ");
    if (scheme !== "Bearer") return undefined;
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, audience: api.url, typ: "at+jwt" });
      return payload;
    } catch (error) {
      if (error.code?.startsWith("ERR_J")) return undefined;
      throw error;
    }
  }

  const api = await listen(async ({ method, headers }, response) => {
    const cors = { ...CORS, "access-control-allow-origin": site };
    if (method === "OPTIONS") return response.writeHead(204, cors).end();
    const player = await playerOf(headers);
    const [status, more, body] = player
      ? [200, {}, { sub: player.sub, scope: player.scope }]
      : [401, { "www-authenticate": 'Bearer error="invalid_token"' }, { error: "invalid_token" }];
    response.writeHead(status, { "content-type": "application/json", ...cors, ...more });
    response.end(JSON.stringify(body));
  });

  const trust = (server) => {
    issuer = server;
    keys = createRemoteJWKSet(new URL(`${server}/jwks`));
  };
  return { ...api, trust };
}
