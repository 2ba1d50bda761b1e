// An OpenID server that others wrote (npm's oidc-provider), at the addresses where our preset looks for one, and as
// strict as it gets: PKCE by S256 alone, and a refresh token that comes twice ends its grant.

import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";
import { listen } from "../../lib/loopback.mjs";

export const CLIENT_ID = "game";
/** An app that acts by itself; Basic has its id and secret encoded first, or they would be others. */
export const APP_ID = "app:one";
export const APP_SECRET = "not:a+real%secret";
/** Tokens for this one are JWTs, for an API elsewhere; others are opaque, for the server's own userinfo route. */
export const API_SCOPE = "player.runtime.read";
const DAY = 86_400;

async function signingKeys() {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  return { keys: [{ ...(await exportJWK(privateKey)), use: "sig", alg: "RS256" }] };
}

async function configurationOf({ site, audience, life }) {
  return {
    clients: [
      {
        client_id: CLIENT_ID,
        token_endpoint_auth_method: "none",
        redirect_uris: [`${site}/callback`],
        response_types: ["code"],
        grant_types: ["authorization_code", "refresh_token"],
      },
      {
        client_id: APP_ID,
        client_secret: APP_SECRET,
        token_endpoint_auth_method: "client_secret_basic",
        redirect_uris: [],
        response_types: [],
        grant_types: ["client_credentials"],
      },
    ],
    routes: { authorization: "/auth", token: "/auth/token", userinfo: "/v2/runtime/player" },
    scopes: ["openid", "offline_access"],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    // By default only scope `offline_access` brings a refresh token, and without `prompt=consent` the server drops that
    // scope (OpenID Connect Core, section 11): it is for access while the player is away. A page's refresh token serves
    // while they are there and ends with their session (`expiresWithSession`), so here any client that may use one gets
    // it, as RFC 6749 has it.
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    clientBasedCORS: (_ctx, origin) => origin === site,
    // Where official clients put a page's token.
    acceptQueryParamAccessTokens: true,
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: ({ oidc }) => (oidc.requestParamScopes.has(API_SCOPE) ? audience : undefined),
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope: API_SCOPE, accessTokenFormat: "jwt" }),
      },
    },
    ttl: {
      AccessToken: () => life.seconds,
      ClientCredentials: () => life.seconds,
      RefreshToken: DAY,
      IdToken: DAY,
      Session: DAY,
      Grant: DAY,
      Interaction: DAY,
    },
    jwks: await signingKeys(),
    cookies: { keys: ["only-for-tests"] },
  };
}

/** What is known of a token request, and the refresh token that came of it. */
function tokenRequest({ oidc, headers, body }) {
  const { grant_type: grant, refresh_token: spent } = oidc.params;
  return { grant, spent, given: body?.refresh_token, fields: Object.keys(oidc.body), headers };
}

/** Writes down what the server does; `happened(name)` gives it, oldest first. */
function watch(provider) {
  let events = [];
  const write = (name, event) => events.push({ name, ...event });
  provider.on("authorization.success", (_ctx, { iss }) => write("signed in", { iss }));
  provider.on("grant.success", (ctx) => write("granted", tokenRequest(ctx)));
  provider.on("grant.error", (ctx, error) => write("not granted", { ...tokenRequest(ctx), error: error.error }));
  provider.on("grant.revoked", () => write("revoked"));
  provider.on("userinfo.error", (_ctx, error) => write("call refused", { error: error.error }));
  provider.on("authorization.error", (_ctx, error) => write("sign-in refused", { error: error.error }));
  provider.on("server_error", (_ctx, error) => write("fault", { error: error.stack }));
  return {
    happened: (name) => events.filter((event) => event.name === name),
    forget: () => (events = []),
  };
}

/**
 * Starts it for the pages of `site`; access tokens for the API are for `audience`, and all live `life.seconds`.
 * `issuer` is its name, which is its address unless it is to be another. Gives `{ url, happened, forget, end, stop }`.
 */
export async function startServer({ issuer, ...wishes }) {
  let answer;
  const { url, stop } = await listen(async (request, response) => answer(request, response));
  const provider = new Provider(issuer ?? url, await configurationOf(wishes));
  // Its pages fetch a typeface from elsewhere, which no test should wait for.
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.type === "text/html") ctx.set("content-security-policy", "style-src 'unsafe-inline'");
  });
  answer = provider.callback();
  return {
    url,
    stop,
    ...watch(provider),

    /** Ends an access token before its time. */
    end: async (token) => (await provider.AccessToken.find(token)).destroy(),
  };
}
