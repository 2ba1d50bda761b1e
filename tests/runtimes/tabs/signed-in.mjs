// Tabs whose player is signed in, at a service whose refresh tokens rotate.

import { equal } from "../../lib/assert.mjs";
import { CHALLENGE, VERIFIER } from "../sign-in.mjs";

export const PLAYER = "johny";

/** How players sign in: by the page, whose tokens are stored, or by the worker, which keeps a cookie. */
const WAYS = {
  page: { clientId: "sandbox-public", stored: true, login: {} },
  worker: { clientId: "sandbox-code", stored: false, login: { exchange: "/auth/exchange" } },
};

/** What a page may lack, as its address says it. */
export const at = (site, lacks) => `${site.url}/?${new URLSearchParams(lacks.map((name) => ["lacks", name]))}`;

/** A code of the player's, and what it takes to give it for a token. */
async function codeOf({ control }, clientId, redirect_uri) {
  const { code } = await control.code({
    client_id: clientId,
    player_id: PLAYER,
    redirect_uri,
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
  });
  return { code, redirect_uri, code_verifier: VERIFIER };
}

/** Runs in the page: what earlier ones left. Who has the database open gives it up, or is gone. */
function forgetAll() {
  localStorage.clear();
  if (!globalThis.indexedDB) return null;
  return new Promise((resolve, reject) => {
    const removal = indexedDB.deleteDatabase("playoff-wasm");
    removal.onsuccess = () => resolve(null);
    removal.onerror = () => reject(removal.error);
  });
}

/** Runs in the page: signs in through the worker. */
async function exchange(given) {
  const headers = { "content-type": "application/json" };
  const { status } = await fetch("/auth/exchange", { method: "POST", headers, body: JSON.stringify(given) });
  return status;
}

/** The answer of the service to a code, which no browser sees. */
async function tokenFor({ playoff }, { clientId }, given) {
  const body = new URLSearchParams({ grant_type: "authorization_code", client_id: clientId, ...given });
  const response = await fetch(`${playoff.authUrl}/auth/token`, { method: "POST", body });
  equal(response.status, 200, "the sign-in");
  return response.json();
}

/**
 * Opens `count` tabs of `browser` whose player is signed in. Each gets the options that `optionsOf(index)` gives.
 * Nothing else has happened at the service, which got the seed. `t` is a check's context.
 */
export async function signedInTabs(t, { count, seed, lacks = [], way = "page", browser = t.browser, optionsOf = () => ({}) }) {
  const { apiUrl, authUrl } = t.playoff;
  const { clientId, stored, login } = WAYS[way];
  const address = at(t.site, lacks);
  const redirectUri = `${t.site.url}/callback`;
  const optionsAt = (name) => ({ name, apiUrl, authUrl, stored, login: { clientId, redirectUri, ...login } });

  await t.control.reset();
  await t.control.seed({ rotateRefreshTokens: true, ...seed });
  await t.control.addRedirectUris(clientId, [redirectUri]);
  t.site.told.length = 0;

  /** Signs in in a tab, whose player is `player` from then on. */
  async function signIn(tab) {
    const given = await codeOf(t, clientId, redirectUri);
    const options = optionsAt("first");
    if (way === "worker") equal(await tab.run(exchange, given), 200, "the worker's answer");
    else {
      const { refresh_token } = await tokenFor(t, { clientId }, given);
      options.token = { access_token: "ended", refresh_token, expires_at: 1 };
    }
    await begin(tab, options);
    equal(await call(tab), PLAYER, "the player of who signed in");
  }

  const first = await browser.newTab(address);
  await first.clearCookies();
  await first.run(forgetAll);
  await signIn(first);
  await first.close();

  const tabs = [];
  for (let index = 0; index < count; index += 1) {
    const tab = await browser.newTab(address);
    await begin(tab, { ...optionsAt(`tab ${index}`), ...optionsOf(index) });
    tabs.push(tab);
  }
  await t.control.clearLog();
  return { tabs, signIn, optionsAt };
}

/** Makes a tab's player. */
const begin = (tab, options) =>
  tab.run((given) => {
    globalThis.player = globalThis.createPlayer(given);
  }, options);

/** The player's id, or the code of what went wrong. */
export const call = (tab) => tab.run(() => globalThis.player.call());

/** Has them call now and then, whoever looks. */
export const use = (tab, milliseconds) => tab.run((time) => void globalThis.player.use(time), milliseconds);

/** Has the player call, and doesn't wait for what comes of it. */
export const callUnheard = (tab) => tab.run(() => void globalThis.player.call());

export const report = (tab) => tab.run(() => globalThis.player.report());
export const reports = (tabs) => Promise.all(tabs.map(report));

/** The newest report of each player that told something, by its name. */
export function toldBy(site) {
  const told = site.told.map((text) => JSON.parse(text));
  return new Map(told.map((one) => [one.name, one]));
}

/** The fields of what was sent for a token by a refresh token, with the status of the answer, oldest first. */
export async function spent(control) {
  const asked = (await control.log()).filter(({ method, path }) => method === "POST" && path === "/auth/token");
  const sent = asked.map(({ body, status }) => ({ ...fieldsOf(body), status }));
  return sent.filter(({ grant_type }) => grant_type === "refresh_token");
}

const fieldsOf = (body) => (body.startsWith("{") ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body)));

export const statuses = async (control) => (await spent(control)).map(({ status }) => status);
