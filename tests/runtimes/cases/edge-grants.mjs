// What an app does for players who sign in: codes and refresh tokens for tokens, the end of one, and its own JWTs.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { PLAYER, SCOPES } from "../context.mjs";
import { nowSeconds } from "../forge.mjs";
import { leaks } from "../leaks.mjs";
import { CHALLENGE, VERIFIER, tokenRequests } from "../sign-in.mjs";

const CLIENT = "sandbox-code";
const INVALID_GRANT = { name: "AuthError", code: "invalid_grant" };

function edgeOf(t, clientId = CLIENT, more = {}) {
  const { clientSecret } = t.seeded(clientId);
  const { apiUrl, authUrl } = t.sandbox;
  return t.edge.createEdge({ apiUrl, authUrl, clientId, clientSecret, ...more });
}

const redirectUriOf = (t) => t.seeded(CLIENT).redirectUris[0];

/** A code as the redirect brings it to the page, for exchangeCode. */
async function codeOf(t) {
  const redirectUri = redirectUriOf(t);
  const { code } = await t.control.code({
    client_id: CLIENT,
    player_id: PLAYER,
    redirect_uri: redirectUri,
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
  });
  return { code, codeVerifier: VERIFIER, redirectUri };
}

const signIn = async (t, edge) => edge.exchangeCode(await codeOf(t));

/** It fails as expected, and shows nothing of what was sent. */
async function refused(t, action, expected, sent) {
  const error = await failure(action);
  t.checkError(error, expected);
  for (const secret of [t.seeded(CLIENT).clientSecret, ...sent]) ok(!leaks(error, secret), "the error shows no secret");
}

const cases = [
  {
    name: "exchangeCode gives a code for tokens, as a client takes them",
    async run(t) {
      const record = await signIn(t, edgeOf(t));
      const known = ["access_token", "expires_at", "refresh_token", "scope", "token_type"];
      deepEqual(
        Object.keys(record).filter((name) => !known.includes(name)),
        [],
        "other members",
      );
      equal(record.token_type, "Bearer", "token_type");
      match(record.refresh_token, /^\S+$/, "refresh_token");
      ok(Math.abs(record.expires_at - nowSeconds() - 3_600) < 60, `it ends ${record.expires_at}`);
      await t.works(t.client({ token: record }));
      const [{ fields, query }] = await tokenRequests(t);
      equal(fields.client_secret, t.seeded(CLIENT).clientSecret, "client_secret");
      deepEqual(query, {}, "query");
    },
  },
  {
    name: "exchangeCode with another verifier, without one, with another address",
    async run(t) {
      const edge = edgeOf(t);
      for (const change of [
        { codeVerifier: "another-verifier-another-verifier-another-verifier" },
        { codeVerifier: undefined },
        { redirectUri: "http://localhost:8787/elsewhere" },
      ]) {
        const code = { ...(await codeOf(t)), ...change };
        await refused(t, () => edge.exchangeCode(code), INVALID_GRANT, [code.code, VERIFIER]);
      }
    },
  },
  {
    name: "exchangeCode with a used code: the service takes everything back that came of it",
    async run(t) {
      const edge = edgeOf(t);
      const code = await codeOf(t);
      const { access_token } = await edge.exchangeCode(code);
      await refused(t, () => edge.exchangeCode(code), INVALID_GRANT, [code.code]);
      const error = await failure(() => t.client({ token: access_token }).get("/runtime/player"));
      t.checkError(error, { name: "AuthError", code: "invalid_access_token", status: 401 });
    },
  },
  {
    name: "codes and refresh tokens are sent once, whatever happens",
    async run(t) {
      const edge = edgeOf(t);
      const { refresh_token: refreshToken } = await signIn(t, edge);
      const code = await codeOf(t);
      for (const [action, sent] of [
        [() => edge.exchangeCode(code), code.code],
        [() => edge.refresh({ refreshToken }), refreshToken],
      ]) {
        for (const how of [{ status: 503 }, { drop: "body" }]) {
          await t.control.clearLog();
          await t.control.fail({ path: "/auth/token", count: 1, ...how });
          const expected = how.status ? { code: "temporarily_unavailable" } : { name: "NetworkError" };
          await refused(t, action, expected, [sent]);
          equal((await tokenRequests(t)).length, 1, "token requests");
        }
      }
    },
  },
  {
    name: "a wrong secret: client_auth_fail",
    async run(t) {
      const wrong = "another-secret-not-a-real-secret";
      const edge = edgeOf(t, CLIENT, { clientSecret: wrong });
      const code = await codeOf(t);
      const expected = { name: "AuthError", code: "client_auth_fail", status: 401 };
      await refused(t, () => edge.exchangeCode(code), expected, [wrong, code.code]);
      await refused(t, () => edge.refresh({ refreshToken: "none" }), expected, [wrong]);
    },
  },
  {
    name: "refresh gives another token, and a refresh token that is used twice ends the session",
    async run(t) {
      const edge = edgeOf(t);
      const first = await signIn(t, edge);
      const second = await edge.refresh({ refreshToken: first.refresh_token });
      ok(second.access_token !== first.access_token, "another token");
      ok(second.refresh_token !== first.refresh_token, "another refresh token");
      await t.works(t.client({ token: second }));
      const again = () => edge.refresh({ refreshToken: first.refresh_token });
      await refused(t, again, INVALID_GRANT, [first.refresh_token]);
      const rotated = () => edge.refresh({ refreshToken: second.refresh_token });
      await refused(t, rotated, INVALID_GRANT, [second.refresh_token]);
    },
  },
  {
    name: "a player's tokens aren't the app's: neither shared nor stored",
    async run(t) {
      const stored = [];
      const storage = { load: () => null, store: (key) => void stored.push(key), remove: () => {} };
      const edge = edgeOf(t, CLIENT, { storage });
      const { refresh_token: refreshToken } = await signIn(t, edge);
      await edge.refresh({ refreshToken });
      deepEqual(stored, [], "stored");
      equal(edge.client().claims(), undefined, "claims");
    },
  },
  {
    name: "revoke ends a token at the service",
    async run(t) {
      const edge = edgeOf(t);
      const { access_token: accessToken } = await signIn(t, edge);
      equal(await edge.revoke({ accessToken }), undefined, "what it gives");
      const error = await failure(() => t.client({ token: accessToken }).get("/runtime/player"));
      t.checkError(error, { name: "AuthError", status: 401 });
      await t.control.fail({ path: "/v2/logout", status: 503, count: 1 });
      await refused(t, () => edge.revoke({ accessToken }), { name: "ApiError", status: 503 }, [accessToken]);
    },
  },
  {
    name: "createJWT and verifyJWT by the app's own credentials",
    async run(t) {
      const edge = edgeOf(t, "sandbox-jwt");
      const { createJWT, verifyJWT } = edge;
      const jwt = createJWT({ playerId: PLAYER, scopes: SCOPES, expiresIn: 600 });
      await t.works(t.client({ token: jwt }));
      const verified = verifyJWT(jwt);
      deepEqual([verified.playerId, verified.scopes], [PLAYER, SCOPES], "what it says");
      t.edge.verifyJWT(jwt, t.keys());
      const forgotten = await failure(() => verifyJWT(jwt, { maxAge: 0, leeway: -1 }));
      t.checkError(forgotten, { name: "ConfigError", code: "invalid_option" });
      const others = await failure(() => verifyJWT(edgeOf(t).createJWT({ playerId: PLAYER })));
      t.checkError(others, { name: "AuthError", code: "jwt_other_client" });
    },
  },
  {
    name: "grants are given up when they take too long",
    async run(t) {
      const edge = edgeOf(t, CLIENT, { timeout: 200 });
      const code = await codeOf(t);
      await t.control.fail({ path: "/auth/token", delay: 2_000, count: 1 });
      await refused(t, () => edge.exchangeCode(code), { name: "TimeoutError" }, [code.code]);
    },
  },
];

export const edgeGrantCases = cases.map(({ name, run }) => ({ name: `createEdge: ${name}`, needs: "edge", run }));
