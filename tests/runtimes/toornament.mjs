// Clients of the sandbox's Toornament, for the cases. Runs in every host.

import { withoutPreflights } from "../lib/control.mjs";

const SCOPES =
  "organizer:view organizer:admin organizer:result organizer:participant organizer:registration organizer:file " +
  "organizer:circuit platform:user platform:team";

const addresses = ({ url }) => ({ provider: "toornament", apiUrl: url });

/** A client with a ready token, as a page has it from its worker. */
export async function organiserOf(t, options = {}) {
  const { url, apiKey, clientId, clientSecret } = t.toornament;
  const response = await fetch(`${url}/oauth/v2/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope: SCOPES,
    }),
  });
  const { access_token } = await response.json();
  await t.control.clearLog();
  return t.pkg.createClient({ ...addresses(t.toornament), apiKey, token: access_token, ...options });
}

/** An app, as a program has it. */
export function toornamentApp(t, options = {}) {
  const { apiKey, clientId, clientSecret } = t.toornament;
  return t.edge.createEdge({ ...addresses(t.toornament), apiKey, clientId, clientSecret, scope: SCOPES, ...options });
}

/** What the sandbox's Toornament was asked, but for tokens. */
export async function askedOf(t) {
  const calls = withoutPreflights(await t.control.log());
  return calls.filter(({ path }) => path.startsWith("/toornament/") && !path.endsWith("/oauth/v2/token"));
}
