// Signing in at an OpenID server that others wrote, staying signed in, and signing out.

import { join } from "node:path";
import { deepEqual, equal, match, ok } from "../../lib/assert.mjs";
import { full } from "../../lib/settings.mjs";
import { API_SCOPE } from "./server.mjs";
import { createVisitor, OTHER_ISSUER, PLAYER, startWorld } from "./world.mjs";

/** Seconds that access tokens live where they end all the time; the app calls as often. */
const LIFE = full ? 5 : 1;
const PERIOD = LIFE * 1000;
/** Where they don't. */
const LONG = 3600;
/** Twice what so many renewals take. */
const limitOf = (renewals) => 2 * PERIOD * renewals + 10_000;

const FORM = /^application\/x-www-form-urlencoded/;

function isAsTheStandardSays({ fields, headers }, expected) {
  deepEqual([...fields].sort(), [...expected].sort(), "fields of the token request");
  match(headers["content-type"], FORM, "content type");
  equal(headers.accept, "application/json", "accept");
  equal(headers.authorization, undefined, "authorization");
  equal(headers.cookie, undefined, "cookies");
}

/** Ends the calling; gives how many calls there were. */
async function everyCallSucceeded(visitor) {
  const calls = await visitor.stopCalling();
  deepEqual(
    calls.filter((outcome) => outcome !== PLAYER),
    [],
    "calls that failed",
  );
  deepEqual(await visitor.heard(), [], "signed out");
  return calls.length;
}

async function signsOut({ account, server }, visitor) {
  await visitor.logout();
  deepEqual(await visitor.heard(), ["logout"], "signed out");
  deepEqual(await visitor.kept(), [], "tokens in storage");
  const before = account.renewals().length;
  equal(await visitor.call(), "login_required", "a call after it");
  await visitor.reload();
  equal(await visitor.call(), "login_required", "a call after a reload");
  equal(account.renewals().length, before, "renewals after it");
  deepEqual(server.happened("revoked"), [], "revoked");
}

/** Signs in, calls at the pace at which tokens end, signs out. */
async function staysSignedIn(w, settings, { renewals, note }) {
  const { account } = w;
  const visitor = await w.newcomer(settings, LIFE);
  equal(await visitor.call(), "login_required", "a call before it");
  await visitor.signIn();
  equal(await visitor.tab.url(), `${w.site}/profile`, "address");
  await visitor.keepCalling(PERIOD);
  await account.renewed(renewals, limitOf(renewals));
  const calls = await everyCallSucceeded(visitor);
  account.isInOrder();
  deepEqual(w.server.happened("signed in"), [{ name: "signed in", iss: w.server.url }], "who it says it is");
  const [exchange] = account.exchanges();
  isAsTheStandardSays(exchange, ["grant_type", "client_id", "code", "redirect_uri", "code_verifier"]);
  for (const renewal of account.renewals())
    isAsTheStandardSays(renewal, ["grant_type", "client_id", "refresh_token"]);
  const [{ expires_at: _, ...kept }, ...others] = await visitor.kept();
  deepEqual(others, [], "further records");
  deepEqual(Object.keys(kept).sort(), ["access_token", "refresh_token", "scope", "token_type"], "what is kept");
  equal(kept.refresh_token, account.renewals().at(-1).given, "the refresh token that is kept");
  note(`${calls} calls, ${account.renewals().length} renewals`);
  await signsOut(w, visitor);
}

const longest = {
  async "ten renewals, and out again"(w, note) {
    await staysSignedIn(w, w.settings, { renewals: 10, note });
  },
};

const others = {
  async "JWTs in the header, for an API elsewhere"(w, note) {
    const login = { ...w.settings.login, scope: API_SCOPE };
    const settings = { ...w.settings, apiUrl: w.api.url, tokenIn: "header", login };
    await staysSignedIn(w, settings, { renewals: full ? 10 : 2, note });
  },

  async "two tabs spend each refresh token once"(w, note) {
    const one = await w.newcomer(w.settings, LIFE);
    await one.signIn();
    const two = createVisitor(await w.browser.newTab());
    await two.open(`${w.site}/profile`);
    await two.callAlong();
    await one.keepCalling(PERIOD);
    const renewals = full ? 10 : 3;
    await w.account.renewed(renewals, limitOf(renewals));
    const calls = await Promise.all([one, two].map(everyCallSucceeded));
    w.account.isInOrder();
    note(`${calls.join(" and ")} calls, ${w.account.renewals().length} renewals`);
  },

  async "a service that gives fewer scopes than were asked for renews nevertheless"(w) {
    // Without `prompt=consent` this one drops `offline_access`, and refuses to renew what it never gave.
    const login = { ...w.settings.login, scope: "openid offline_access" };
    const visitor = await w.newcomer({ ...w.settings, login }, LIFE);
    await visitor.signIn();
    await visitor.keepCalling(PERIOD);
    await w.account.renewed(1, limitOf(1));
    await everyCallSucceeded(visitor);
    w.account.isInOrder();
  },

  async "a call that is refused is made again with another token"(w) {
    const visitor = await w.newcomer(w.settings, LONG);
    await visitor.signIn();
    equal(await visitor.call(), PLAYER, "a call");
    await w.server.end(await visitor.getToken());
    equal(await visitor.call(), PLAYER, "a call with a token that was ended");
    deepEqual(
      w.server.happened("call refused").map(({ error }) => error),
      ["invalid_token"],
      "calls refused",
    );
    equal(w.account.renewals().length, 1, "renewals");
    w.account.isInOrder();
  },

  async "a refresh token that somebody else spent ends the sign-in, once"(w) {
    const visitor = await w.newcomer(w.settings, LIFE);
    await visitor.signIn();
    await visitor.keepCalling(PERIOD);
    await w.account.renewed(1, limitOf(1));
    const [{ spent }] = w.account.renewals();
    const form = { grant_type: "refresh_token", client_id: w.settings.login.clientId, refresh_token: spent };
    const body = new URLSearchParams(form);
    const response = await fetch(`${w.server.url}/auth/token`, { method: "POST", body });
    equal((await response.json()).error, "invalid_grant", "what the thief gets");
    equal(w.server.happened("revoked").length, 1, "grants revoked");
    await visitor.tab.until("a call fails", () => globalThis.calls.includes("invalid_grant"));
    await visitor.stopCalling();
    equal(await visitor.call(), "login_required", "a call afterwards");
    deepEqual(await visitor.heard(), ["refused"], "signed out");
    deepEqual(await visitor.kept(), [], "tokens in storage");
    equal(w.server.happened("not granted").length, 2, "refused renewals, the thief's included");
  },

  async "a player who refuses"(w) {
    const visitor = await w.newcomer(w.settings, LONG);
    await visitor.goToConsent();
    const { error } = await visitor.deny();
    deepEqual(
      error,
      { name: "AuthError", code: "access_denied", message: "End-User aborted interaction" },
      "what the app gets of it",
    );
    equal(await visitor.tab.url(), `${w.site}/callback`, "address");
    equal(await visitor.call(), "login_required", "a call");
    deepEqual(w.account.exchanges(), [], "codes exchanged");
    // And then thinks better of it; the server still knows who they are.
    await visitor.tab.click("#sign-in");
    deepEqual(await visitor.allow(), { back: { returnTo: "/profile" } }, "what the app gets of it");
    equal(await visitor.call(), PLAYER, "a call");
  },

  async "the way back after it"(w) {
    const visitor = await w.newcomer(w.settings, LONG);
    await visitor.signIn();
    const addresses = [];
    do {
      await visitor.tab.back();
      addresses.push(await visitor.tab.url());
      ok(addresses.length < 10, `the app is among ${addresses}`);
    } while (addresses.at(-1) !== `${w.site}/start`);
    for (const address of addresses) ok(!/[?&](code|state)=/.test(address), `no answer in ${address}`);
    deepEqual(await visitor.arrived(), { back: null }, "what the app gets of it");
    equal(await visitor.call(), PLAYER, "a call");
    w.account.isInOrder();
  },

  async "a server with another name than its address is refused"(w) {
    const visitor = await w.newcomer({ ...w.settings, authUrl: w.impostor.url, apiUrl: w.impostor.url }, LONG);
    await visitor.goToConsent();
    const { error } = await visitor.allow();
    equal(error?.code, "issuer_mismatch", "what the app gets of it");
    equal(await visitor.call(), "login_required", "a call");
    deepEqual(w.impostor.happened("signed in"), [{ name: "signed in", iss: OTHER_ISSUER }], "who it says it is");
    deepEqual(w.impostor.happened("granted"), [], "codes exchanged");
  },
};

async function run(report, cases, begin) {
  const w = await report.test("oidc-provider and Chromium", begin);
  if (!w) return;
  for (const [name, body] of Object.entries(cases)) {
    const note = (text) => report.note(`oidc-provider, ${name}: ${text}`);
    await report.test(`oidc-provider: ${name}`, () => body(w, note), { limit: 2 * limitOf(10) });
  }
}

/**
 * Runs them, with the package installed in `consumer`; `folder` is for what they make. The longest waits most of the
 * time, so the others run beside it, in a world of their own.
 */
export async function oidcCases(report, cleanups, { consumer, folder }) {
  const begin = (name) => () => startWorld({ consumer, folder: join(folder, name), cleanups });
  await Promise.all([run(report, longest, begin("longest")), run(report, others, begin("others"))]);
}
