// Server, API, site and a browser; what a visitor does there, and what is asked of their tabs.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deepEqual, equal, ok } from "../../lib/assert.mjs";
import { bundle } from "../../lib/bundle.mjs";
import { until } from "../../lib/limits.mjs";
import { openBrowser } from "../../lib/webdriver/browser.mjs";
import { startApi } from "./api.mjs";
import { startServer, CLIENT_ID } from "./server.mjs";
import { startSite } from "./site.mjs";

const PAGE = fileURLToPath(new URL("page.mjs", import.meta.url));
export const PLAYER = "johny";
export const OTHER_ISSUER = "https://other.example";

/** Runs in the page: calls whenever another tab does, or at a pace of its own; keeps what comes of each call. */
function keepCalling(period) {
  const begun = [];
  const calls = [];
  const others = new BroadcastChannel("calling");
  const call = () => {
    const outcome = globalThis.client.get("/runtime/player").then(
      ({ sub }) => sub,
      ({ code }) => code,
    );
    begun.push(outcome.then((text) => calls.push(text)));
  };
  const callTogether = () => {
    others.postMessage("now");
    call();
  };
  const timer = period === null ? undefined : setInterval(callTogether, period);
  const stopCalling = () => {
    clearInterval(timer);
    others.close();
    return Promise.all(begun).then(() => calls);
  };
  others.onmessage = call;
  Object.assign(globalThis, { calls, stopCalling });
}

/** What somebody does in a tab of the app. */
export function createVisitor(tab) {
  const arrived = () => tab.until("the app is there", () => globalThis.arrived);
  const visitor = {
    tab,
    arrived,

    async open(address) {
      await tab.goto(address);
      return arrived();
    },

    async reload() {
      await tab.reload();
      return arrived();
    },

    /** The server's own pages, up to where it asks whether the app may. */
    async goToConsent() {
      await tab.click("#sign-in");
      await tab.type("input[name=login]", PLAYER);
      await tab.type("input[name=password]", "any");
      await tab.click("button[type=submit]");
      await tab.until("the server asks for consent", () => document.querySelector("input[value=consent]"));
    },

    async allow() {
      await tab.click("button[type=submit]");
      return arrived();
    },

    async deny() {
      await tab.click("a[href$='/abort']");
      return arrived();
    },

    async signIn() {
      await visitor.goToConsent();
      deepEqual(await visitor.allow(), { back: { returnTo: "/profile" } }, "what the app gets of it");
    },

    /** What comes of one call: the player, or the error's code. */
    call: () =>
      tab.run(() =>
        globalThis.client.get("/runtime/player").then(
          ({ sub }) => sub,
          ({ code }) => code,
        ),
      ),

    keepCalling: (period) => tab.run(keepCalling, period),
    callAlong: () => tab.run(keepCalling, null),

    /** Gives what came of each call. */
    stopCalling: () => tab.run(() => globalThis.stopCalling()),
    getToken: () => tab.run(() => globalThis.client.getToken()),
    logout: () => tab.run(() => globalThis.client.logout()),

    /** The token records that the app keeps. */
    async kept() {
      const records = await tab.run(() => Object.values(localStorage).filter((text) => text.includes("_token")));
      return records.map((record) => JSON.parse(record));
    },

    /** Why it was signed out, each time. */
    heard: () => tab.run(() => globalThis.heard),
  };
  return visitor;
}

const WRONG = ["not granted", "revoked", "fault", "sign-in refused"];

/** What the server says of renewals. */
function accountOf(server) {
  const wentWrong = () => WRONG.flatMap((name) => server.happened(name));
  const granted = (grant) => server.happened("granted").filter((event) => event.grant === grant);
  return {
    exchanges: () => granted("authorization_code"),
    renewals: () => granted("refresh_token"),

    /** Until there were so many, or something went wrong. */
    async renewed(times, limit) {
      const enough = () => granted("refresh_token").length >= times || wentWrong().length > 0;
      await until(enough, { limit, every: 50, what: `${times} renewals` });
    },

    /** Each refresh token was spent once, in the order in which they were given, and nothing went wrong. */
    isInOrder() {
      deepEqual(wentWrong(), [], "what went wrong");
      const [exchange, ...others] = granted("authorization_code");
      deepEqual(others, [], "further codes exchanged");
      const renewals = granted("refresh_token");
      let held = exchange.given;
      for (const { spent, given } of renewals) {
        equal(spent, held, "the refresh token that was spent");
        held = given;
      }
      ok(held, "there is a refresh token");
      const spent = renewals.map((renewal) => renewal.spent);
      equal(new Set(spent).size, spent.length, "different refresh tokens");
    },
  };
}

/** Starts all of it. */
export async function startWorld({ consumer, folder, cleanups }) {
  const file = join(folder, "page.js");
  await mkdir(folder, { recursive: true });
  await bundle(PAGE, consumer, file, { platform: "browser" });
  const started = async (starting) => {
    const one = await starting;
    cleanups.add(one.stop ?? one.close);
    return one;
  };
  const site = await started(startSite({ file }));
  const api = await started(startApi({ site: site.url }));
  const life = { seconds: 0 };
  const wishes = { site: site.url, audience: api.url, life };
  const server = await started(startServer(wishes));
  const impostor = await started(startServer({ ...wishes, issuer: OTHER_ISSUER }));
  const browser = await started(openBrowser("chromium"));
  api.trust(server.url);

  return {
    api,
    server,
    impostor,
    browser,
    site: site.url,
    account: accountOf(server),

    /** What an app says to sign its players in at the server. */
    settings: { authUrl: server.url, apiUrl: server.url, login: { clientId: CLIENT_ID, scope: "openid" } },

    /** Somebody who was never here, at an app with these settings; access tokens live `seconds`. */
    async newcomer(settings, seconds) {
      life.seconds = seconds;
      await browser.closeOthers();
      for (const { forget } of [server, impostor]) forget();
      site.configure(settings);
      const visitor = createVisitor(browser.tab);
      await visitor.open(`${site.url}/start`);
      await browser.tab.run(() => [localStorage, sessionStorage].forEach((storage) => storage.clear()));
      await browser.tab.clearCookies();
      await visitor.open(`${site.url}/start`);
      return visitor;
    },
  };
}
