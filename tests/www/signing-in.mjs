// Signing in at the sandbox, by the page and by its worker, as a visitor does it; what is said to be where is there.

import { readFile } from "node:fs/promises";
import { deepEqual, equal, match, ok } from "../lib/assert.mjs";
import { PATHS, registerCallbacks, stepsOf } from "./sign-in-page.mjs";

const WAYS = Object.keys(PATHS);
const NONE = /^none$/;
const WWW = new URL("../../www/", import.meta.url);
/** The sources that the page shows, in its order. */
const SHOWN = ["page/sign-in/by-page.js", "page/sign-in/by-worker.js", "worker/sign-in.ts", "page/sign-in/steps.js"];

/** What the browser really keeps, beside marks, which are named by hashes. */
const kept = (page) =>
  page.evaluate(() => ({
    session: Object.keys(sessionStorage),
    tokens: Object.values(localStorage).filter((value) => value.includes("access_token")).length,
  }));

const cookiesOf = async (context) =>
  (await context.cookies()).filter(({ name }) => name.endsWith("playoff-refresh"));

/** Collects what a visitor may never read: tokens as they were given out, codes and verifiers as they were sent. */
function collectSecrets(page) {
  const secrets = [];
  page.on("request", (request) => {
    if (!/auth\/(exchange|token)$/.test(request.url())) return;
    const text = request.postData();
    const sent = text.startsWith("{") ? JSON.parse(text) : Object.fromEntries(new URLSearchParams(text));
    secrets.push(sent.code, sent.code_verifier);
  });
  page.on("response", async (response) => {
    if (!/auth\/(exchange|token)$/.test(response.url()) || response.request().method() !== "POST") return;
    const { access_token, refresh_token = access_token } = await response.json();
    secrets.push(access_token, refresh_token);
  });
  return secrets;
}

export async function signingIn(check) {
  for (const way of WAYS) {
    await check(`${way}: sign in on the sandbox's page, renew, reload, sign out`, async (t) => {
      const visitor = await t.openSignIn();
      const { page, context } = visitor;
      const steps = stepsOf(page, way);
      const other = stepsOf(page, WAYS.find((one) => one !== way));
      await steps.isOut();
      await steps.now("access", NONE);

      await steps.signIn();
      await steps.isIn("Mara Lind");
      match(await steps.who(), /Mara Lind *529 Points/, "who is signed in");
      match(await steps.message(), /Welcome back/, "the message");
      equal(page.url(), new URL("/sign-in", t.url).href, "the address");
      deepEqual(await steps.events(), ["token: login", "address: came back with code and state"], "events");
      await steps.now("access", /^until \d\d:\d\d:\d\d$/);
      await steps.now("refresh", /^there/);
      await steps.now("marks", /^1,/);
      for (const id of ["begun", "code"]) await steps.now(id, NONE);
      await isWhereItSays(way, visitor);
      await other.isOut();
      await other.now("access", NONE);
      await other.now("refresh", NONE);

      await steps.button("Renew the token").click();
      await steps.eventually("a renewal", async () => (await steps.events())[0] === "token: requested");
      if (way === "by-page") await steps.now("spent", /^1,/);
      await page.reload();
      await steps.isIn("Mara Lind");
      await isWhereItSays(way, visitor);

      await steps.button("Sign out").click();
      await steps.isOut();
      await steps.says(/Signed out here/);
      equal((await steps.events())[0], "signedOut: logout", "event");
      for (const id of ["access", "refresh"]) await steps.now(id, NONE);
      deepEqual([await kept(page), await cookiesOf(context)], [{ session: [], tokens: 0 }, []], "what is left");
      await page.reload();
      await steps.isOut();
      deepEqual(visitor.problems, [], "problems");
    });

    await check(`${way}: a player who says no is told so, and nothing is kept`, async (t) => {
      const visitor = await t.openSignIn();
      const steps = stepsOf(visitor.page, way);
      await steps.signIn({ decision: "Deny" });
      await steps.says(/You said no at the sandbox/);
      await steps.isOut();
      for (const id of ["access", "refresh", "begun", "code"]) await steps.now(id, NONE);
      deepEqual(await kept(visitor.page), { session: [], tokens: 0 }, "what is kept");
      await steps.signIn();
      await steps.isIn("Mara Lind");
      equal((await steps.message()).includes("no"), false, "the old message is gone");
      deepEqual(visitor.problems, [], "problems");
    });

    await check(`${way}: other tabs sign in and out by themselves`, async (t) => {
      const visitor = await t.openSignIn();
      const tab = await visitor.context.newPage();
      await tab.goto(visitor.page.url());
      const [here, there] = [stepsOf(visitor.page, way), stepsOf(tab, way)];
      await there.isOut();
      await here.signIn();
      await here.isIn("Mara Lind");
      await there.isIn("Mara Lind");
      await there.button("Sign out").click();
      await here.isOut();
      await here.says(/another tab/);
      equal((await here.events())[0], "signedOut: other_tab", "event");
      for (const id of ["access", "refresh"]) await here.now(id, NONE);
      deepEqual(visitor.problems, [], "problems");
    });

    await check(`${way}: a sign-in that the service has forgotten ends, and says why`, async (t) => {
      const visitor = await t.openSignIn();
      const steps = stepsOf(visitor.page, way);
      await steps.signIn();
      await steps.isIn("Mara Lind");
      await t.control.reset();
      await steps.button("Renew the token").click();
      await steps.isOut();
      await steps.says(/Sign in again/);
      await steps.now("access", NONE);
    });

    await check(`${way}: a callback that is opened twice, or wasn't begun here, is refused in words`, async (t) => {
      const visitor = await t.openSignIn();
      const steps = stepsOf(visitor.page, way);
      await visitor.page.goto(new URL(`${PATHS[way]}?code=theirs&state=theirs`, t.url).href);
      await steps.says(/belongs to no sign-in of this tab/);
      await steps.isOut();
      equal(visitor.page.url(), new URL("/sign-in", t.url).href, "the address");
      deepEqual(visitor.problems, [], "problems");
    });

    await check(`${way}: a code that the service doesn't take any more is told as that`, async (t) => {
      const visitor = await t.openSignIn();
      const steps = stepsOf(visitor.page, way);
      await t.control.fail({ path: "/auth/token", status: 400, body: { error: "invalid_grant", error_description: "x" } });
      await steps.signIn();
      await steps.says(/too old, or was used before/);
      await steps.isOut();
    });

    await check(`${way}: an answer to the code that is lost on its way is told as that`, async (t) => {
      const visitor = await t.openSignIn();
      const steps = stepsOf(visitor.page, way);
      await t.control.fail({ path: "/auth/token", drop: "connection" });
      await steps.signIn();
      await steps.says(/^No answer came from the \w+, and a code is sent once. Sign in again/);
      await steps.isOut();
      await steps.signIn();
      await steps.isIn("Mara Lind");
    });

    await check(`${way}: who gives tokens isn't reached, and the page heals`, async (t) => {
      const visitor = await t.openSignIn();
      const steps = stepsOf(visitor.page, way);
      await steps.signIn();
      await steps.isIn("Mara Lind");
      await visitor.context.setOffline(true);
      await steps.button("Renew the token").click();
      await steps.says(/wasn't reached/);
      await visitor.eventually("word of the lost connection", () => visitor.notice.isVisible());
      await visitor.context.setOffline(false);
      await visitor.eventually(
        "the page is well again",
        async () => (await visitor.notice.getAttribute("data-state")) === "back",
      );
      await steps.isIn("Mara Lind");
    });

    await check(`${way}: the service is silent, and the page heals with it`, async (t) => {
      const visitor = await t.openSignIn();
      const steps = stepsOf(visitor.page, way);
      await steps.signIn();
      await steps.isIn("Mara Lind");
      await t.control.fail({ count: 10_000, drop: "connection" });
      await steps.button("Renew the token").click();
      await steps.says(/Try again in a moment/);
      await visitor.eventually("word of the lost connection", () => visitor.notice.isVisible());
      await t.control.clearFaults();
      await visitor.notice.getByRole("button").click();
      await visitor.eventually(
        "the page is well again",
        async () => (await visitor.notice.getAttribute("data-state")) === "back",
      );
      await steps.isIn("Mara Lind");
      await steps.button("Renew the token").click();
      await steps.eventually("a renewal", async () => (await steps.events())[0] === "token: requested");
      equal(await steps.message(), "", "the old message is gone");
    });

    await check(`${way}: who comes back by the browser's button can sign in`, async (t) => {
      const visitor = await t.openSignIn();
      const steps = stepsOf(visitor.page, way);
      await steps.button("Sign in").click();
      await visitor.page.waitForURL("**/auth?**");
      await visitor.page.goBack();
      await steps.isOut();
      await steps.now("begun", /^1 begun/);
      await steps.signIn();
      await steps.isIn("Mara Lind");
      deepEqual(visitor.problems, [], "problems");
    });
  }

  await check("by-worker: a sign-out that the worker isn't told of says so, and can be made up for", async (t) => {
    const visitor = await t.openSignIn();
    const steps = stepsOf(visitor.page, "by-worker");
    await steps.signIn();
    await steps.isIn("Mara Lind");
    await visitor.page.route("**/auth/logout", (route) => route.abort());
    await steps.button("Sign out").click();
    await steps.says(/the worker wasn't told/);
    await steps.isOut();
    await steps.now("refresh", /^there/);
    await steps.says(/the worker wasn't told/);
    await visitor.page.unroute("**/auth/logout");
    await visitor.page.reload();
    await steps.isIn("Mara Lind");
    await steps.button("Sign out").click();
    await steps.isOut();
    await steps.now("refresh", NONE);
  });

  await check("by-page: a token of a sandbox that had another address is shown as that", async (t) => {
    const visitor = await t.openSignIn();
    const steps = stepsOf(visitor.page, "by-page");
    await visitor.page.evaluate(() => {
      const record = { access_token: "not-a-real-token", token_type: "Bearer", expires_at: 2_000_000_000 };
      localStorage.setItem("another-key", JSON.stringify(record));
    });
    await visitor.page.reload();
    await steps.now("access", /former sandbox/);
    await steps.isOut();
    equal((await visitor.page.content()).includes("not-a-real-token"), false, "it is shown");
  });

  await check("by-page: a storage that takes nothing is warned of, and the player is signed in all the same", async (t) => {
    const full = (page) =>
      page.addInitScript(() => {
        const { setItem } = Storage.prototype;
        Storage.prototype.setItem = function (key, value) {
          if (value.includes("access_token")) throw new DOMException("full", "QuotaExceededError");
          return setItem.call(this, key, value);
        };
      });
    const visitor = await t.openSignIn({ prepare: full });
    const steps = stepsOf(visitor.page, "by-page");
    await steps.signIn();
    await steps.isIn("Mara Lind");
    ok((await steps.events()).includes("warning: storage_failed"), `no warning: ${await steps.events()}`);
    await steps.now("access", /in memory alone$/);
    await steps.now("refresh", /in memory alone/);
    await steps.button("Renew the token").click();
    await steps.eventually("a renewal by it", async () => (await steps.events()).includes("token: requested"));
  });

  await check("both ways at a time, as different players; no token is shown", async (t) => {
    const visitor = await t.openSignIn();
    const secrets = collectSecrets(visitor.page);
    const [byPage, byWorker] = WAYS.map((way) => stepsOf(visitor.page, way));
    await byPage.signIn({ player: "mara" });
    await byPage.isIn("Mara Lind");
    await byWorker.button("Sign in").click();
    await visitor.page.getByRole("button", { name: "Choose another player" }).click();
    await visitor.page.locator('input[value="newbie"]').check();
    await visitor.page.getByRole("button", { name: "Allow", exact: true }).click();
    await byWorker.isIn("Newbie");
    await byPage.isIn("Mara Lind");
    const [{ value: cookie }] = await cookiesOf(visitor.context);
    await visitor.eventually("both sign-ins were heard", () => secrets.length === 8);
    const content = await visitor.page.content();
    for (const secret of [...secrets, cookie]) ok(secret.length > 9 && !content.includes(secret), "a secret is shown");
    await byPage.button("Sign out").click();
    await byPage.isOut();
    await byWorker.isIn("Newbie");
    deepEqual(visitor.problems, [], "problems");
  });

  await check("the sign-in page is found from the game, and says what runs", async (t) => {
    const visitor = await t.open();
    await visitor.page.getByRole("link", { name: "Signing in" }).click();
    await stepsOf(visitor.page, "by-page").isOut();
    const shown = await visitor.page.locator("pre code").allTextContents();
    const running = await Promise.all(SHOWN.map((file) => readFile(new URL(file, WWW), "utf8")));
    deepEqual(shown, running.map((source) => source.trimEnd()), "sources");
  });
}

/** The table against the browser itself. */
async function isWhereItSays(way, { page, context }) {
  const places = await stepsOf(page, way).places();
  const [cookie] = await cookiesOf(context);
  if (way === "by-page") {
    match(places.access[0], /localStorage/, "where the access token is");
    match(places.refresh[0], /localStorage/, "where the refresh token is");
    deepEqual([await kept(page), cookie], [{ session: [], tokens: 1 }, undefined], "what the browser keeps");
    return;
  }
  match(places.access[0], /memory/, "where the access token is");
  equal(places.refresh[0], `cookie ${cookie.name}, HttpOnly`, "where the refresh token is");
  deepEqual([cookie.httpOnly, cookie.sameSite], [true, "Lax"], "the cookie");
  deepEqual(await kept(page), { session: [], tokens: 0 }, "what the browser keeps for scripts");
  ok(!(await page.evaluate(() => document.cookie)).includes("playoff-refresh"), "a script sees the cookie");
}
