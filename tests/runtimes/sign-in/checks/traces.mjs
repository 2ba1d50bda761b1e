// What a sign-in leaves behind: nothing of code, verifier, state and tokens, but where it was wished.

import { deepEqual, equal, ok } from "../../../lib/assert.mjs";
import { FINISHED, SLOTS, codeIn, stateIn } from "../world.mjs";

const WAYS = {
  "by the page": { optionsOf: (w) => w.byPage({ tokenIn: "header" }), cookies: 0 },
  "through the worker": { optionsOf: (w) => w.byWorker({ tokenIn: "header" }), cookies: 1 },
};

/** Runs in the page. */
const readAll = () => globalThis.readTraces();
const verifierIn = (key) => JSON.parse(sessionStorage.getItem(key)).kept.split(" ")[2];
const token = () => globalThis.made.client.getToken({ refresh: false });

/** A page's later requests, and what another page learns of it. */
async function referrers(w, tab) {
  for (const { came } of [w.site, w.other]) came.length = 0;
  await tab.run(
    (there) =>
      Promise.all([
        fetch("/resource"),
        fetch(`${there}/resource`, { mode: "no-cors", referrerPolicy: "unsafe-url" }),
        new Promise((resolve) => {
          const script = Object.assign(document.createElement("script"), { src: "/page.js?again", onload: resolve });
          document.head.append(Object.assign(script, { type: "module" }));
        }),
      ]).then(() => null),
    w.other.url,
  );
  const pages = [];
  for (const { url } of [w.other, w.site]) {
    await w.follow(tab, `${url}/later`);
    pages.push(await tab.run(() => document.referrer));
    await tab.back();
    await w.arrived(tab, "/callback");
  }
  const sent = [...w.site.came, ...w.other.came].map(({ referrer }) => referrer);
  ok(sent.length >= 5, `requests: ${sent.length}`);
  return [...pages, ...sent];
}

/** Every address of the tab's history, from where it is back to `first`, and forward again. */
async function walk(tab, first) {
  const addresses = [await tab.url()];
  const step = async (move, done) => {
    while (!done(addresses.at(-1))) {
      const before = addresses.at(-1);
      await move();
      await tab.until("another page", (known) => location.href !== known && document.readyState === "complete", before);
      addresses.push(await tab.url());
    }
  };
  const last = addresses[0];
  await step(tab.back, (address) => address === first);
  await step(tab.forward, (address) => address === last);
  return addresses;
}

export function traces(check) {
  for (const [way, { optionsOf, cookies }] of Object.entries(WAYS)) {
    check(`what is left of a sign-in, ${way}`, { smoke: true }, async (w) => {
      await w.control.seed({ allowAuthorization: true, rotateRefreshTokens: true });
      const options = optionsOf(w);
      const secrets = new Map();
      const clean = (what, value) => {
        for (const [name, secret] of secrets) {
          const text = JSON.stringify(value);
          ok(!text.includes(secret) && !text.includes(encodeURIComponent(secret)), `${what} shows the ${name}: ${text}`);
        }
      };

      // While it is under way, only what `login.storage` is for.
      const start = `${w.site.url}/start`;
      const tab = await w.first("/start");
      await w.call(tab, options, "loginUrl", {});
      secrets.set("first verifier", await tab.run(verifierIn, SLOTS));
      const { session, ...under } = await tab.run(readAll);
      equal(session.length, 1, "what is in sessionStorage");
      clean("a sign-in under way", under);

      const callback = await w.comeBack(tab, options);
      secrets.set("code", codeIn(callback)).set("state", stateIn(callback));
      deepEqual(await w.handle(tab, options), FINISHED, "outcome");
      for (const round of ["first", "second"]) {
        secrets.set(`${round} access token`, await tab.run(token));
        await w.expire(tab);
        await w.works(tab, options, round);
      }
      const [exchange] = await w.tokenRequests("authorization_code");
      secrets.set("verifier", exchange.fields.code_verifier);
      const renewals = await w.renewals();
      for (const [index, { fields }] of renewals.entries()) secrets.set(`refresh token ${index}`, fields.refresh_token);
      equal(secrets.size, 8, "secrets");
      for (const [name, secret] of secrets) ok(secret?.length > 5, name);

      // The first slot is another sign-in's, which is still under way.
      const leave = async (what) => {
        const { navigation, ...left } = await tab.run(readAll);
        clean(what, { ...left, session: left.session.filter(([key]) => key !== SLOTS) });
        const [slots] = left.session;
        for (const name of ["state", "verifier"]) ok(!JSON.stringify(slots).includes(secrets.get(name)), `${what}: the ${name}`);
        w.note(`${what}: the navigation's own entry ${navigation[0].includes(codeIn(callback)) ? "keeps" : "hasn't"} the code`);
      };
      await leave("after the sign-in");
      const own = (await tab.cookies()).filter(({ name }) => !name.startsWith("playoff_sandbox"));
      equal(own.length, cookies, "cookies");
      for (const { httpOnly } of own) equal(httpOnly, true, "HttpOnly");
      clean("a referrer", await referrers(w, tab));

      await w.follow(tab, `${w.site.url}/after`);
      const history = await walk(tab, start);
      const [here, there] = [true, false].map((isHere) => history.filter((one) => one.startsWith(w.site.url) === isHere));
      clean("the history", here);
      // The service's own page stays in it, with a `state` that is over.
      secrets.delete("state");
      clean("the history of the service's pages", there);
      equal(here.includes(`${w.site.url}/callback`), true, "the callback is in the history");

      await w.call(tab, options, "logout");
      const { navigation, ...left } = await tab.run(readAll);
      clean("after the sign-out", { ...left, session: [] });
      const remaining = (await tab.cookies()).filter(({ name }) => !name.startsWith("playoff_sandbox"));
      deepEqual(remaining, [], "cookies after the sign-out");
    });
  }
}
