// Signing in at the sandbox's own page, in tabs of Chromium: by the page itself, and through its worker.

import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { deepEqual, equal, match, ok } from "../lib/assert.mjs";
import { launchChromium } from "../lib/chromium.mjs";
import { controlClient } from "../lib/control.mjs";
import { listen } from "../lib/loopback.mjs";
import { createVisitor } from "../lib/visitor.mjs";
import { bundleForPage } from "./bundle.mjs";
import { PLAYER } from "./context.mjs";

const HTML = '<!doctype html><meta charset="utf-8"><title>game</title><script type="module" src="/page.js"></script>';
const FRAME = '<!doctype html><title>game</title><iframe sandbox="allow-scripts" src="/inner"></iframe>';
const RETURN_TO = "/profile?tab=1#top";

async function edgeOf(consumer) {
  const require = createRequire(join(consumer, "package.json"));
  return import(pathToFileURL(require.resolve("playoff-wasm/edge")).href);
}

/** A site of one page at every path, and the worker's routes. `asked` are the requests to these. */
async function siteOf({ consumer, folder, sandbox }) {
  const { createEdgeHandler } = await edgeOf(consumer);
  const script = join(folder, "page.js");
  await bundleForPage("sign-in-page", consumer, script);
  const { apiUrl, authUrl, clients } = sandbox.playoff;
  const { clientId, clientSecret } = clients.find((one) => one.clientId === "sandbox-code");
  const handler = createEdgeHandler(() => ({ clientId, clientSecret, apiUrl, authUrl, authenticate: () => null }));
  const asked = [];

  async function answer({ url, method, headers }, body) {
    const { pathname } = new URL(url, "http://localhost");
    if (pathname.startsWith("/auth/")) {
      asked.push({ url, body: body.toString() });
      return handler.fetch(new Request(`http://${headers.host}${url}`, { method, headers, body }));
    }
    const [type, text] = pathname === "/page.js" ? ["text/javascript", await readFile(script)] : ["text/html", HTML];
    return new Response(pathname === "/frame" ? FRAME : text, {
      // A sandboxed frame reads even its own script as a stranger.
      headers: { "content-type": type, "access-control-allow-origin": "*" },
    });
  }

  const { url, stop } = await listen(async (incoming, outgoing) => {
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const response = await answer(incoming, Buffer.concat(chunks));
    outgoing.writeHead(response.status, [...response.headers].flat());
    if (response.body) Readable.fromWeb(response.body).pipe(outgoing);
    else outgoing.end();
  });
  return { url, stop, asked };
}

/** A browser's worth of tabs at the site, and what the cases do there. */
function worldOf({ context, site, sandbox, control }) {
  const { apiUrl, authUrl } = sandbox.playoff;
  const redirectUri = `${site.url}/callback`;
  const visitor = createVisitor();
  const byPage = (more = {}) => ({
    apiUrl,
    authUrl,
    ...more,
    login: { clientId: "sandbox-public", redirectUri, ...more.login },
  });
  const w = {
    site,
    control,
    byPage,
    byWorker: (more = {}) => byPage({ ...more, login: { clientId: "sandbox-code", exchange: "/auth/exchange", ...more.login } }),

    async open(address = "/") {
      const tab = await context.newPage();
      tab.setDefaultTimeout(10_000);
      await tab.goto(new URL(address, site.url).href);
      return tab;
    },

    /** What comes of a method in a tab; the client is made with the first call and stays. */
    call: (tab, options, method, ...args) =>
      tab.evaluate(
        ([options, method, args]) => {
          globalThis.made ??= globalThis.makeClient(options);
          return globalThis.outcome(globalThis.made.client[method](...args));
        },
        [options, method, args],
      ),

    told: (tab) => tab.evaluate(() => globalThis.made.told),

    /** A sign-in that was begun in a tab, up to the address at which the player comes back. */
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
    async works(tab, options) {
      const { value, error } = await w.call(tab, options, "get", "/runtime/player");
      equal(error, undefined, "error");
      equal(value.id, PLAYER, "player");
    },

    /** Codes that were sent for a token. */
    async codes() {
      const sent = (await control.log()).filter(({ method, path }) => method === "POST" && path === "/auth/token");
      const codes = sent.map(({ body }) => (body.startsWith("{") ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))));
      return codes.filter((fields) => fields.grant_type === "authorization_code").map(({ code }) => code);
    },

    /** What the tab's storages hold. */
    kept: (tab) =>
      tab.evaluate(() => ({ session: Object.entries(sessionStorage), local: Object.entries(localStorage) })),
  };
  return w;
}

const FINISHED = { value: { returnTo: RETURN_TO } };
const codeIn = (callback) => new URL(callback).searchParams.get("code");

const cases = {
  async "the page itself: the player allows it on the sandbox's page"(w) {
    const options = w.byPage();
    const tab = await w.open("/start");
    await tab.evaluate(
      ([options, returnTo]) => void globalThis.makeClient(options).client.login({ returnTo }),
      [options, RETURN_TO],
    );
    await tab.waitForURL("**/auth?**");
    await tab.check(`input[value="${PLAYER}"]`);
    await tab.click('button[value="allow"]');
    await tab.waitForURL("**/callback?**");
    const callback = tab.url();
    deepEqual(await w.call(tab, options, "handleRedirect"), FINISHED, "outcome");
    equal(tab.url(), `${w.site.url}/callback`, "address");
    await w.works(tab, options);
    deepEqual(await w.told(tab), ["token: login"], "events");
    const { session, local } = await w.kept(tab);
    deepEqual(session, [], "sessionStorage");
    equal(local.length, 1, "marks in localStorage");
    const { searchParams } = new URL(callback);
    for (const secret of [searchParams.get("code"), searchParams.get("state")])
      ok(secret && !JSON.stringify(local).includes(secret), "the mark shows nothing of the sign-in");
    // The history holds no callback: going back leads to where the sign-in was begun, or to the service.
    await tab.reload();
    deepEqual(await w.call(tab, options, "handleRedirect"), { value: null }, "after a reload");
    equal((await w.call(tab, options, "get", "/runtime/player")).error, "login_required", "after a reload");
    equal((await w.codes()).length, 1, "codes sent");
  },

  async "the page itself: tokens are stored where that was wished, and renewed after a reload"(w) {
    const options = w.byPage({ storage: "local" });
    const tab = await w.open();
    await w.back(tab, options);
    deepEqual(await w.call(tab, options, "handleRedirect"), FINISHED, "outcome");
    await tab.reload();
    await w.works(tab, options);
    await w.control.expire();
    await w.works(tab, options);
    deepEqual(await w.call(tab, options, "logout"), { value: null }, "logout");
    await tab.reload();
    equal((await w.call(tab, options, "get", "/runtime/player")).error, "login_required", "after the sign-out");
  },

  async "through the worker: after a reload the player is still signed in, until the sign-out"(w) {
    const options = w.byWorker();
    const tab = await w.open();
    equal((await w.call(tab, options, "get", "/runtime/player")).error, "login_required", "before");
    equal((await w.call(tab, options, "get", "/runtime/player")).error, "login_required", "before, again");
    deepEqual(w.site.asked.map(({ url }) => url), ["/auth/refresh"], "asked once");
    await w.back(tab, options);
    deepEqual(await w.call(tab, options, "handleRedirect"), FINISHED, "outcome");
    await w.works(tab, options);
    await tab.reload();
    await w.works(tab, options);
    deepEqual((await w.kept(tab)).session, [], "sessionStorage");
    deepEqual(await w.call(tab, options, "logout"), { value: null }, "logout");
    await tab.reload();
    equal((await w.call(tab, options, "get", "/runtime/player")).error, "login_required", "after the sign-out");
    const routes = ["refresh", "exchange", "refresh", "logout", "refresh"].map((name) => `/auth/${name}`);
    deepEqual(w.site.asked.map(({ url }) => url), routes, "what the worker was asked");
    equal(w.site.asked[2].body, "{}", "body of the renewal");
  },

  async "the address keeps what is the page's own, and its history's state"(w) {
    const options = w.byPage();
    const tab = await w.open();
    const callback = new URL(await w.begun(tab, options));
    callback.searchParams.append("theme", "dark");
    callback.hash = "part";
    await tab.goto(callback.href);
    await tab.evaluate(() => history.replaceState({ mine: 1 }, ""));
    // Before anything is waited for.
    const at = await tab.evaluate((options) => {
      globalThis.made = globalThis.makeClient(options);
      globalThis.landing = globalThis.outcome(globalThis.made.client.handleRedirect());
      return { address: location.href, state: history.state, slots: sessionStorage.length };
    }, options);
    deepEqual(at, { address: `${w.site.url}/callback?theme=dark#part`, state: { mine: 1 }, slots: 0 }, "at once");
    deepEqual(await tab.evaluate(() => globalThis.landing), FINISHED, "outcome");
  },

  async "the player says no"(w) {
    const options = w.byPage();
    const tab = await w.open();
    await w.back(tab, options, "deny");
    const told = await w.call(tab, options, "handleRedirect");
    deepEqual([told.class, told.error], ["AuthError", "access_denied"], "outcome");
    equal(tab.url(), `${w.site.url}/callback`, "address");
    deepEqual((await w.kept(tab)).session, [], "sessionStorage");
  },

  async "StrictMode: two clients, of which the first is ended, and calls it twice"(w) {
    const options = w.byPage();
    const tab = await w.open();
    await w.back(tab, options);
    const outcomes = await tab.evaluate(async (options) => {
      const [first, second] = [globalThis.makeClient(options), globalThis.makeClient(options)];
      const landings = [first.client, first.client].map((client) => globalThis.outcome(client.handleRedirect()));
      first.client.dispose();
      landings.push(globalThis.outcome(second.client.handleRedirect()));
      globalThis.made = second;
      return Promise.all(landings);
    }, options);
    deepEqual(outcomes.map(({ error, value }) => error ?? value), ["disposed", "disposed", FINISHED.value], "outcomes");
    await w.works(tab, options);
    equal((await w.codes()).length, 1, "codes sent");
  },

  async "two clients of a page get the same"(w) {
    const options = w.byPage();
    const tab = await w.open();
    await w.back(tab, options);
    const outcomes = await tab.evaluate(async (options) => {
      const clients = [globalThis.makeClient(options), globalThis.makeClient(options)];
      return Promise.all(clients.map(({ client }) => globalThis.outcome(client.handleRedirect())));
    }, options);
    deepEqual(outcomes, [FINISHED, FINISHED], "outcomes");
    equal((await w.codes()).length, 1, "codes sent");
  },

  async "a duplicated tab: one exchanges the code, the other says so, or has the token where it is shared"(w) {
    for (const [options, other] of [
      [w.byPage(), "code_used"],
      [w.byPage({ storage: "local" }), null],
      [w.byWorker(), null],
    ]) {
      await w.control.clearLog();
      const tab = await w.open();
      const callback = await w.begun(tab, options);
      const slots = (await w.kept(tab)).session;
      const twin = await w.open();
      await twin.evaluate((slots) => slots.forEach(([key, value]) => sessionStorage.setItem(key, value)), slots);
      await Promise.all([tab.goto(callback), twin.goto(callback)]);
      const outcomes = await Promise.all([tab, twin].map((one) => w.call(one, options, "handleRedirect")));
      const told = outcomes.map(({ error }) => error ?? null).sort();
      deepEqual(told, [other, null].sort(), "outcomes");
      deepEqual(await w.codes(), [codeIn(callback)], "codes sent");
      for (const [index, one] of [tab, twin].entries()) if (!outcomes[index].error) await w.works(one, options);
      // Again, in yet another one, when all is over.
      const late = await w.open();
      await late.evaluate((slots) => slots.forEach(([key, value]) => sessionStorage.setItem(key, value)), slots);
      await late.goto(callback);
      equal((await w.call(late, options, "handleRedirect")).error ?? null, other, "a late one");
      equal((await w.codes()).length, 1, "codes sent");
      for (const one of [tab, twin, late]) await one.close();
    }
  },

  async "two tabs land at once, each on its own callback"(w) {
    const options = w.byPage({ storage: "local", login: { storage: "local" } });
    const tabs = [await w.open(), await w.open()];
    const callbacks = [];
    for (const tab of tabs) callbacks.push(await w.begun(tab, options));
    await Promise.all(tabs.map((tab, index) => tab.goto(callbacks[index])));
    const outcomes = await Promise.all(tabs.map((tab) => w.call(tab, options, "handleRedirect")));
    deepEqual(outcomes, [FINISHED, FINISHED], "outcomes");
    for (const tab of tabs) await w.works(tab, options);
    deepEqual((await w.codes()).sort(), callbacks.map(codeIn).sort(), "codes sent");
  },

  async "begun in one tab, finished in another: refused, unless the slots are in localStorage"(w) {
    for (const [login, expected] of [
      [{}, "state_mismatch"],
      [{ storage: "local" }, null],
    ]) {
      const options = w.byPage({ login });
      const callback = await w.begun(await w.open(), options);
      const other = await w.open(callback);
      equal((await w.call(other, options, "handleRedirect")).error ?? null, expected, "outcome");
      equal(other.url(), `${w.site.url}/callback`, "address");
    }
    equal((await w.codes()).length, 1, "codes sent");
  },

  async "the same callback twice, somebody else's, and one without `state`"(w) {
    const options = w.byPage();
    const tab = await w.open();
    const callback = await w.back(tab, options);
    deepEqual(await w.call(tab, options, "handleRedirect"), FINISHED, "outcome");
    await tab.goto(callback);
    equal((await w.call(tab, options, "handleRedirect")).error, "state_mismatch", "the same again");
    await tab.goto(`${w.site.url}/callback?code=theirs&state=theirs`);
    equal((await w.call(tab, options, "handleRedirect")).error, "state_mismatch", "somebody else's");
    await w.control.seed({ echoState: false });
    await w.back(tab, options);
    const missing = await w.call(tab, options, "handleRedirect");
    equal(missing.error, "state_missing", "without state");
    match(missing.message, /nobody has recorded that this service does/, "message");
    equal(tab.url(), `${w.site.url}/callback`, "address");
    equal((await w.codes()).length, 1, "codes sent");
  },

  async "an issuer that is another one's is refused, the service's own is taken"(w) {
    const options = w.byPage();
    const tab = await w.open();
    for (const [issuer, expected] of [
      [options.authUrl, null],
      ["https://evil.example", "issuer_mismatch"],
    ]) {
      await w.control.seed({ issuer });
      match(await w.back(tab, options), /[?&]iss=/, "callback");
      equal((await w.call(tab, options, "handleRedirect")).error ?? null, expected, issuer);
    }
    equal((await w.codes()).length, 1, "codes sent");
  },

  async "a code that is too old by the service is the service's refusal"(w) {
    const options = w.byPage();
    const tab = await w.open();
    await w.control.seed({ codeSeconds: 0 });
    const callback = await w.back(tab, options);
    const told = await w.call(tab, options, "handleRedirect");
    deepEqual([told.class, told.error], ["AuthError", "invalid_grant"], "outcome");
    ok(!told.message.includes(codeIn(callback)), "the error doesn't show the code");
  },

  async "what can't work is said before the page is left"(w) {
    const tab = await w.open();
    const refusal = async (options, method, ...args) => {
      const told = await w.call(tab, options, method, ...args);
      await tab.evaluate(() => delete globalThis.made);
      equal(told.class, "ConfigError", "class");
      return told.error;
    };
    for (const redirectUri of ["/callback", "https://evil.example/callback"])
      equal(await refusal(w.byPage({ login: { redirectUri } }), "login"), "invalid_option", redirectUri);
    for (const returnTo of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "/.//evil.example",
      "javascript:alert(1)",
      `blob:${w.site.url}/x`,
      "http://",
    ])
      equal(await refusal(w.byPage(), "login", { returnTo }), "invalid_option", returnTo);
    equal(await refusal({}, "login"), "invalid_option", "without the option");
    const promises = await w.call(tab, w.byPage({ login: { storage: "promises" } }), "loginUrl");
    await tab.evaluate(() => delete globalThis.made);
    deepEqual([promises.class, promises.error], ["ConfigError", "invalid_option"], "a storage of promises");
    match(promises.message, /synchronous/, "message");
    equal(tab.url(), `${w.site.url}/`, "address");
    deepEqual(await w.call(tab, w.byPage(), "handleRedirect"), { value: null }, "on a page that is no callback");

    const frame = (await w.open("/frame")).frames()[1];
    await frame.waitForFunction(() => globalThis.makeClient);
    const blocked = await w.call(frame, w.byPage(), "loginUrl");
    equal(blocked.error, "storage_unavailable", "in a sandboxed frame");
  },

  async "a page of plain http is told so"(w) {
    const tab = await w.open();
    await tab.route("http://app.example/**", async (route) => {
      const { pathname } = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: `${w.site.url}${pathname}` }) });
    });
    await tab.goto("http://app.example/");
    const options = w.byPage({ login: { redirectUri: "http://app.example/callback" } });
    const told = await w.call(tab, options, "loginUrl");
    deepEqual([told.class, told.error], ["ConfigError", "insecure_origin"], "outcome");
  },
};

export async function launchSignIn(report, cleanups, { consumer, folder, sandbox }) {
  const site = await siteOf({ consumer, folder, sandbox });
  cleanups.add(site.stop);
  const control = controlClient(sandbox.control.url);
  const browser = await launchChromium();
  cleanups.add(() => browser.close());
  for (const [name, run] of Object.entries(cases)) {
    await report.test(`chromium: sign-in: ${name}`, async () => {
      await control.reset();
      for (const id of ["sandbox-public", "sandbox-code"]) await control.addRedirectUris(id, [`${site.url}/callback`]);
      site.asked.length = 0;
      const context = await browser.newContext();
      try {
        await run(worldOf({ context, site, sandbox, control }));
      } finally {
        await context.close();
      }
    });
  }
  await browser.close();
}
