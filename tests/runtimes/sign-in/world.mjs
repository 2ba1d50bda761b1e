// What a check works with: tabs at its site, the player at the sandbox's page, and what the sandbox saw.

import { equal, ok } from "../../lib/assert.mjs";
import { createVisitor } from "../../lib/visitor.mjs";
import { PLAYER } from "../context.mjs";

export { PLAYER };
export const CLIENTS = { public: "sandbox-public", confidential: "sandbox-code" };
export const RETURN_TO = "/profile?tab=1#top";
export const FINISHED = { value: { returnTo: RETURN_TO } };

/** Under which sign-ins that were begun are kept. */
export const SLOTS = "playoff-wasm:logins";

export const codeIn = (callback) => new URL(callback).searchParams.get("code");
export const stateIn = (callback) => new URL(callback).searchParams.get("state");

/** Runs in the page: what comes of a method. The client is made with the first call and stays. */
function call(options, method, args) {
  globalThis.made ??= globalThis.makeClient(options);
  return globalThis.outcome(globalThis.made.client[method](...args));
}

/** Runs in the page: the same, without waiting. */
function begin(options, method, args) {
  globalThis.made ??= globalThis.makeClient(options);
  globalThis.begun = globalThis.outcome(globalThis.made.client[method](...args));
}

/** Runs in the page. */
const tokensOf = async () => [await globalThis.made.client.getToken({ refresh: false })];
const isLoaded = (path) => location.pathname === path && document.readyState === "complete";
const isThere = (path) => location.pathname === path && globalThis.makeClient !== undefined;

const fieldsOf = (body) => (body.startsWith("{") ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body)));

export function worldOf(context) {
  const { browser, site, control, playoff } = context;
  const { apiUrl, authUrl } = playoff;
  const visitor = createVisitor();
  const byPage = ({ login, ...more } = {}) => ({
    apiUrl,
    authUrl,
    ...more,
    login: { clientId: CLIENTS.public, redirectUri: `${site.url}/callback`, ...login },
  });

  const w = {
    ...context,
    byPage,
    byWorker: ({ login, ...more } = {}) =>
      byPage({ ...more, login: { clientId: CLIENTS.confidential, exchange: "/auth/exchange", ...login } }),

    /** A tab that knows nothing of others. */
    open: (path = "/") => context.open(`${site.url}${path}`),

    /** The tab that the browser began with, the one in which WebKit's visitors can open others. */
    async first(path = "/") {
      await browser.tab.goto(`${site.url}${path}`);
      return browser.tab;
    },

    /** A tab that was duplicated: it has what the other one had in its sessionStorage. */
    async duplicated(tab) {
      const twin = await context.opened(() => tab.click("#duplicate"));
      await w.arrived(twin, "/duplicate");
      return twin;
    },

    /** Waits until the tab is at a page of the site. */
    arrived: (tab, path) => tab.until(`the page is at ${path}`, isThere, path),

    /** Goes on as a link does. */
    async follow(tab, url) {
      await tab.run((address) => void (location.href = address), url);
      const { pathname } = new URL(url);
      await tab.until(`the page is at ${pathname}`, isLoaded, pathname);
    },

    call: (tab, options, method, ...args) => tab.run(call, options, method, args),

    /** The same in several tabs at once. */
    async callAll(tabs, options, method, ...args) {
      for (const tab of tabs) await tab.run(begin, options, method, args);
      const outcomes = [];
      for (const tab of tabs) outcomes.push(await tab.run(() => globalThis.begun));
      return outcomes;
    },

    handle: (tab, options) => w.call(tab, options, "handleRedirect"),
    told: (tab) => tab.run(() => globalThis.made.told),

    /** Leaves for the sandbox's page, as `login()` does. */
    async leave(tab, options) {
      await tab.run(begin, options, "login", [{ returnTo: RETURN_TO }]);
      await tab.until("the sandbox's page", isLoaded, "/auth");
    },

    /** What the player does there; then the tab is back at the site. */
    async decide(tab, decision) {
      const choice = `label:has(input[value="${PLAYER}"])`;
      // Who signed in before isn't asked who they are.
      if (await tab.run((css) => document.querySelector(css) !== null, choice)) await tab.click(choice);
      await tab.click(`button[value="${decision}"]`);
      await w.arrived(tab, "/callback");
    },

    /** All of it by hand; the address to which the player comes back. */
    async comeBack(tab, options, decision = "allow") {
      await w.leave(tab, options);
      await w.decide(tab, decision);
      return tab.url();
    },

    /** A sign-in that was begun in a tab, up to the address at which the player comes back: elsewhere, so that it is quick. */
    async begun(tab, options, decision = "allow") {
      const { value, error } = await w.call(tab, options, "loginUrl", { returnTo: RETURN_TO });
      ok(value, `loginUrl: ${error}`);
      return (await visitor.decide(value.url, decision, PLAYER)).href;
    },

    /** The same, and the tab is there. */
    async back(tab, options, decision) {
      const callback = await w.begun(tab, options, decision);
      await tab.goto(callback);
      return callback;
    },

    /** The player's profile, by the tab's client. */
    async works(tab, options, when = "a call") {
      const { value, error } = await w.call(tab, options, "get", "/runtime/player");
      equal(error, undefined, `${when}: error`);
      equal(value.id, PLAYER, `${when}: player`);
    },

    /** Nobody is signed in, as far as the tab's client knows. */
    async refused(tab, options, when) {
      const { error } = await w.call(tab, options, "get", "/runtime/player");
      equal(error, "login_required", when);
    },

    /** The access tokens of the tab's clients end now. Those of everybody would end with the second alone. */
    async expire(tab, read = tokensOf) {
      for (const access_token of await tab.run(read)) await control.expire({ access_token });
    },

    /** What was sent to the token endpoint, `{ fields, status }`, oldest first. */
    async tokenRequests(type) {
      const sent = (await control.log()).filter(({ method, path }) => method === "POST" && path === "/auth/token");
      const requests = sent.map(({ body, status }) => ({ fields: fieldsOf(body), status }));
      return requests.filter(({ fields }) => fields.grant_type === type);
    },

    /** Codes that were sent for a token. */
    codes: async () => (await w.tokenRequests("authorization_code")).map(({ fields }) => fields.code),
    renewals: () => w.tokenRequests("refresh_token"),

    /** What the tab's storages hold. */
    kept: (tab) => tab.run(() => ({ session: Object.entries(sessionStorage), local: Object.entries(localStorage) })),
  };
  return w;
}
