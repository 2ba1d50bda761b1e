// Which cookies the browsers take over http from loopback, and when they send them.

import { deepEqual, equal } from "../../../lib/assert.mjs";

const COOKIES = {
  plain: "plain=1; Path=/",
  hidden: "hidden=1; Path=/; HttpOnly",
  lax: "lax=1; Path=/; HttpOnly; SameSite=Lax",
  strict: "strict=1; Path=/; HttpOnly; SameSite=Strict",
  secure: "secure=1; Path=/; HttpOnly; SameSite=Lax; Secure",
  "__Host-own": "__Host-own=1; Path=/; HttpOnly; SameSite=Lax; Secure",
};
const SECURE = ["secure", "__Host-own"];
const setting = new URLSearchParams(Object.values(COOKIES).map((text) => ["set", text]));

/** Runs in the page: the cookies that came with its request. */
const came = () => globalThis.came;

/** The names in the order of `COOKIES`, without `left`. */
const allBut = (...left) => Object.keys(COOKIES).filter((name) => !left.includes(name));
const inOrder = (names) => Object.keys(COOKIES).filter((name) => names.includes(name));

/** A tab at `base`, where every cookie was offered. */
async function withCookies(open, base) {
  const tab = await open(`${base}/`);
  await tab.clearCookies();
  await tab.goto(`${base}/?${setting}`);
  await tab.goto(`${base}/again`);
  return tab;
}

export function cookies(check) {
  check("cookies with Secure and __Host- over http", { smoke: true }, async ({ site, open, traits }) => {
    for (const base of [site.url, site.localhost]) {
      const tab = await withCookies(open, base);
      const expected = traits.secureOverHttp ? allBut() : allBut(...SECURE);
      deepEqual(inOrder(await tab.run(came)), expected, base);
      equal(await tab.run(() => document.cookie), "plain=1", "what the page sees");
      deepEqual(inOrder((await tab.cookies()).map(({ name }) => name)), expected, "what the driver sees");
    }
  });

  check("cookies know no ports", async ({ site, other, open }) => {
    const tab = await withCookies(open, site.url);
    const names = inOrder(await tab.run(came));
    await tab.goto(`${other.url}/`);
    deepEqual(inOrder(await tab.run(came)), names, "at another port");
  });

  check("who comes from another site brings Lax cookies, not Strict ones", async ({ site, open, traits }) => {
    const dropped = traits.secureOverHttp ? [] : SECURE;
    const tab = await withCookies(open, site.url);
    const visit = async (from, url) => {
      await tab.goto(`${from}/`);
      await tab.run((address) => {
        location.href = address;
      }, url);
      await tab.until("it is there", (path) => location.pathname === path && globalThis.came !== undefined, "/landed");
      return inOrder(await tab.run(came));
    };
    const landing = `${site.url}/landed`;
    const redirect = (base) => `${base}/to?url=${encodeURIComponent(landing)}`;
    deepEqual(await visit(site.localhost, landing), allBut("strict", ...dropped), "by a link");
    deepEqual(await visit(site.localhost, redirect(site.localhost)), allBut("strict", ...dropped), "by a redirect");
    const afterDetour = traits.strictAfterDetour ? dropped : ["strict", ...dropped];
    deepEqual(await visit(site.url, redirect(site.localhost)), allBut(...afterDetour), "by a detour");
  });

  check("a form that another site posts brings none of them", async ({ site, open }) => {
    const tab = await withCookies(open, site.url);
    await tab.goto(`${site.localhost}/`);
    await tab.run((address) => {
      document.querySelector("#form").action = address;
      document.querySelector("#form").submit();
    }, `${site.url}/landed`);
    await tab.until("it is there", () => location.pathname === "/landed" && globalThis.came !== undefined);
    const names = await tab.run(came);
    deepEqual(
      ["lax", "strict", ...SECURE].filter((name) => names.includes(name)),
      [],
      "what came",
    );
  });
}
