// Several tabs of one origin in Chromium, whose clients have one storage and refresh tokens that rotate.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deepEqual, equal, ok } from "../lib/assert.mjs";
import { launchChromium } from "../lib/chromium.mjs";
import { controlClient } from "../lib/control.mjs";
import { until } from "../lib/limits.mjs";
import { openPage } from "../lib/page.mjs";
import { serveFolder } from "../lib/serve.mjs";
import { full } from "../lib/settings.mjs";
import { bundleForPage } from "./bundle.mjs";
import { signIn, tokenRequests } from "./sign-in.mjs";

const HTML = '<!doctype html><meta charset="utf-8"><title>tab</title><script type="module" src="page.js"></script>\n';
const TABS = 5;
/** How long five tabs are used, and how long their access tokens live. */
const USE = full ? { milliseconds: 60_000, seconds: 5 } : { milliseconds: 15_000, seconds: 2 };

/** What a page may lack, by the script that takes it away before anything else runs. */
const LACKS = {
  "": () => {},
  " without Web Locks": () => Object.defineProperty(Navigator.prototype, "locks", { value: undefined }),
  " without BroadcastChannel": () => delete globalThis.BroadcastChannel,
  " with neither locks nor IndexedDB": () => {
    Object.defineProperty(Navigator.prototype, "locks", { value: undefined });
    Object.defineProperty(globalThis, "indexedDB", { value: undefined });
  },
};

export async function launchTabs(report, cleanups, { consumer, folder, sandbox }) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "index.html"), HTML);
  await bundleForPage("tabs", consumer, join(folder, "page.js"));
  const server = await serveFolder(folder);
  cleanups.add(server.stop);
  const browser = await launchChromium();
  cleanups.add(() => browser.close());

  const { apiUrl, authUrl, clients } = sandbox.playoff;
  const t = {
    sandbox: sandbox.playoff,
    control: controlClient(sandbox.control.url),
    seeded: (id) => clients.find(({ clientId }) => clientId === id),
  };

  /** So many tabs, whose player is signed in; `tokenRequests` says what becomes of those of the first. */
  async function signedInTabs(lack, { count = TABS, player, tokenRequests } = {}) {
    const context = await browser.newContext();
    await context.addInitScript(LACKS[lack]);
    const open = async (more) => {
      const { page } = await openPage(context, `${server.url}/`);
      await page.evaluate((given) => globalThis.openTab(given), { apiUrl, authUrl, ...more });
      return page;
    };
    const { refresh_token } = await signIn(t, player);
    const begun = await open({ token: { access_token: "ended", refresh_token, expires_at: 1 } });
    await begun.evaluate(() => globalThis.tab.call());
    await begun.close();
    const tabs = [];
    for (let index = 0; index < count; index += 1) tabs.push(await open(index === 0 ? { tokenRequests } : {}));
    return { tabs, close: () => context.close() };
  }

  const reports = (tabs) => Promise.all(tabs.map((tab) => tab.evaluate(() => globalThis.tab.report())));
  const call = (tab) => tab.evaluate(() => globalThis.tab.call());
  const stored = (tab) => tab.evaluate(() => Object.keys(localStorage).length);
  const spent = async () => (await tokenRequests(t)).filter(({ fields }) => fields.grant_type === "refresh_token");

  /** Runs `run` with tabs of its own, at a sandbox where nothing has happened. */
  async function withTabs(lack, seed, options, run) {
    await t.control.reset();
    await t.control.seed({ rotateRefreshTokens: true, ...seed });
    const { tabs, close } = await signedInTabs(lack, options);
    await t.control.clearLog();
    try {
      await run(tabs);
    } finally {
      await close();
    }
  }

  for (const lack of ["", " without Web Locks"]) {
    await report.test(
      `chromium: five tabs${lack} use one sign-in: no refresh token is used twice`,
      () =>
        withTabs(lack, { accessTokenSeconds: USE.seconds }, {}, async (tabs) => {
          await Promise.all(tabs.map((tab) => tab.evaluate((time) => globalThis.tab.use(time), USE.milliseconds)));
          const sent = await spent();
          const tokens = sent.map(({ fields }) => fields.refresh_token);
          equal(new Set(tokens).size, tokens.length, "different refresh tokens");
          deepEqual([...new Set(sent.map(({ status }) => status))], [200], "statuses");
          const all = await reports(tabs);
          deepEqual(all.flatMap(({ signedOut, errors }) => [...signedOut, ...errors]), [], "what went wrong");
          const enough = USE.milliseconds / 1000 / USE.seconds / 2;
          ok(sent.length >= enough, `renewals: ${sent.length}`);
          for (const { calls, tokens: had } of all) ok(calls > 20 && had >= enough, `a tab: ${calls} calls, ${had} tokens`);
          const calls = all.reduce((sum, one) => sum + one.calls, 0);
          report.note(`five tabs${lack}: ${calls} calls, ${sent.length} renewals`);
        }),
      { limit: USE.milliseconds + 40_000 },
    );

    await report.test(`chromium: a tab${lack} that is closed while it holds its turn: another one takes over`, () =>
      withTabs(lack, { accessTokenSeconds: 1 }, { count: 3, tokenRequests: "neverSent" }, async ([holding, ...others]) => {
        await new Promise((resolve) => setTimeout(resolve, 1_100));
        // Its end never comes.
        holding.evaluate(() => globalThis.tab.call()).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 500));
        const waiting = Promise.all(others.map(call));
        await new Promise((resolve) => setTimeout(resolve, 500));
        equal((await spent()).length, 0, "requests while it holds its turn");
        await holding.close();
        deepEqual(await waiting, ["johny", "johny"], "players");
        const all = await reports(others);
        deepEqual(all.flatMap(({ signedOut, errors }) => [...signedOut, ...errors]), [], "what went wrong");
        deepEqual((await spent()).map(({ status }) => status), [200], "statuses of renewals");
      }),
    );

    await report.test(`chromium: a tab${lack} that is closed after the service answered: each other one signs out once`, () =>
      withTabs(lack, { accessTokenSeconds: 1 }, { count: 4, tokenRequests: "neverAnswered" }, async ([losing, ...others]) => {
        await new Promise((resolve) => setTimeout(resolve, 1_100));
        losing.evaluate(() => globalThis.tab.call()).catch(() => {});
        await until(async () => (await spent()).length === 1, { what: "the request" });
        const waiting = Promise.all(others.map(call));
        await losing.close();
        await waiting;
        const heard = async () => (await reports(others)).every(({ signedOut }) => signedOut.length > 0);
        await until(heard, { limit: 2_000, what: "all are signed out" });
        await Promise.all(others.map(call));
        const all = await reports(others);
        deepEqual(all.map(({ signedOut }) => signedOut), others.map(() => ["refused"]), "reasons");
        deepEqual((await spent()).map(({ status }) => status), [200, 400], "statuses of renewals");
        equal(await stored(others[0]), 0, "what is stored");
      }),
    );
  }

  for (const lack of ["", " without BroadcastChannel"]) {
    await report.test(`chromium: a sign-out in one tab${lack} is all others'`, () =>
      withTabs(lack, {}, {}, async (tabs) => {
        await Promise.all(tabs.map(call));
        const [leaving, ...others] = tabs;
        const begun = Date.now();
        await leaving.evaluate(() => globalThis.tab.client.logout());
        const heard = async () => (await reports(others)).every(({ signedOut }) => signedOut.length > 0);
        await until(heard, { limit: 1_000, what: "all are signed out" });
        report.note(`a sign-out${lack}: heard within ${Date.now() - begun} ms`);
        await t.control.clearLog();
        await Promise.all(tabs.map(call));
        const all = await reports(tabs);
        deepEqual(all.map(({ signedOut }) => signedOut), [["logout"], ...others.map(() => ["other_tab"])], "reasons");
        deepEqual((await t.control.log()).length, 0, "what the sandbox got afterwards");
        equal(await stored(leaving), 0, "what is stored");
      }),
    );
  }

  await report.test("chromium: a sign-in in one tab is told to who has no token", () =>
    withTabs("", {}, { count: 2 }, async ([first, second]) => {
      await Promise.all([call(first), call(second)]);
      await first.evaluate(() => globalThis.tab.client.logout());
      await until(async () => (await reports([second]))[0].signedOut.length === 1, { what: "it is signed out" });
      const [{ tokens }] = await reports([second]);
      const { refresh_token } = await signIn(t);
      const token = { access_token: "ended", refresh_token, expires_at: 1 };
      await first.evaluate((given) => globalThis.openTab(given), { apiUrl, authUrl, token });
      equal(await call(first), "johny", "player");
      await until(async () => (await reports([second]))[0].tokens > tokens, { limit: 1_000, what: "it is told" });
      equal(await call(second), "johny", "player");
    }),
  );

  await report.test("chromium: a tab with neither locks nor IndexedDB goes on without", () =>
    withTabs(" with neither locks nor IndexedDB", { accessTokenSeconds: 1 }, { count: 1 }, async ([tab]) => {
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      equal(await call(tab), "johny", "player");
      equal((await spent()).length, 1, "renewals");
    }),
  );

  await report.test("chromium: clients that are disposed of listen no more, those without storage never do", async () => {
    const { page } = await openPage(browser, `${server.url}/`);
    const given = { apiUrl, authUrl, clients: 50, dispose: true };
    equal(await page.evaluate((one) => globalThis.makeClients(one), given), 50, "channels that were opened");
    equal(await page.evaluate(() => globalThis.open), 0, "channels that are open");
  });

  await report.test("chromium: clients that nobody holds any more listen no more, either", async () => {
    const { page } = await openPage(browser, `${server.url}/`);
    const given = { apiUrl, authUrl, clients: 50, dispose: false };
    equal(await page.evaluate((one) => globalThis.makeClients(one), given), 50, "channels that were opened");
    const devtools = await page.context().newCDPSession(page);
    const collected = async () => {
      await devtools.send("HeapProfiler.collectGarbage");
      return (await page.evaluate(() => globalThis.open)) === 0;
    };
    await until(collected, { what: "all channels are closed" });
  });
  await browser.close();
}
