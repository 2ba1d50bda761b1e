// A player who signed in at the sandbox, by its public client.

import { PLAYER } from "./context.mjs";

const CLIENT_ID = "sandbox-public";

// The pair of RFC 7636, appendix B.
export const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
export const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/** The sandbox's answer to the exchange of a code: `{ access_token, refresh_token, expires_in, token_type }`. */
export async function signIn(t, player = PLAYER) {
  const [redirectUri] = t.seeded(CLIENT_ID).redirectUris;
  const { code } = await t.control.code({
    client_id: CLIENT_ID,
    player_id: player,
    redirect_uri: redirectUri,
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
  });
  const response = await fetch(`${t.sandbox.authUrl}/auth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: CLIENT_ID,
      code,
      redirect_uri: redirectUri,
      code_verifier: VERIFIER,
    }),
  });
  const record = await response.json();
  if (!response.ok) throw new Error(`no sign-in: ${response.status} ${JSON.stringify(record)}`);
  return record;
}

/** A client of the signed-in player, which renews its tokens by itself. */
export const signedIn = (t, token, options = {}) => t.client({ token, login: { clientId: CLIENT_ID }, ...options });

/** What the token endpoint was asked, oldest first. */
export async function tokenRequests(t) {
  const asked = (await t.control.log()).filter((call) => call.method === "POST" && call.path === "/auth/token");
  return asked.map((call) => ({ ...call, fields: Object.fromEntries(new URLSearchParams(call.body)) }));
}
