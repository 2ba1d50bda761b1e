// The documentation that the demo serves: read, searched and looked up, without asking anybody else.

import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { deepEqual, equal, match, ok } from "../lib/assert.mjs";
import { setting } from "../lib/settings.mjs";

const guides = fileURLToPath(new URL("../../pkg-template/docs/", import.meta.url));
const CREATE_CLIENT = "/docs/api/types/client.html#createclient";

const SIZES = { phone: { width: 375, height: 780, colorScheme: "dark" }, desk: { width: 1280, height: 900 } };
const PICTURES = { first: "/docs/", errors: "/docs/errors.html", reference: CREATE_CLIENT };
const LINK = /<a [^>]*?href="([^"]*)"/g;
const ID = /\sid="([^"]*)"/g;

/** Opens a page of it, and watches whom it asks and what it complains of. */
async function visit({ openAt, url }, path, { javaScriptEnabled = true, ...size } = SIZES.desk) {
  const strangers = [];
  const prepare = (page) =>
    page.on("request", (request) => {
      const asked = new URL(request.url());
      const reading = new URL(page.url()).pathname.startsWith("/docs/");
      if (reading && asked.protocol !== "data:" && asked.origin !== url.origin) strangers.push(asked.href);
    });
  const { page, problems } = await openAt(new URL(path, url).href, {
    settled: false,
    reducedMotion: "reduce",
    javaScriptEnabled,
    prepare,
    ...size,
  });
  /** Nobody else was asked, and nothing was wrong. */
  const wasQuiet = () => {
    deepEqual(strangers, [], "requests to others");
    deepEqual(problems, [], "problems of the page");
  };
  return { page, wasQuiet };
}

/** All pages that can be reached by links from the first: their paths, with the ids and links of each. */
async function crawl(url) {
  const pages = new Map();
  const waiting = ["/docs/"];
  while (waiting.length > 0) {
    const path = waiting.pop();
    if (pages.has(path)) continue;
    const response = await fetch(new URL(path, url));
    const html = response.ok ? await response.text() : "";
    const links = [...html.matchAll(LINK)].map(([, href]) => new URL(href.replaceAll("&amp;", "&"), new URL(path, url)));
    pages.set(path, { status: response.status, ids: [...html.matchAll(ID)].map(([, id]) => id), links });
    const own = links.filter(({ origin, pathname }) => origin === url.origin && pathname.startsWith("/docs/"));
    waiting.push(...own.map(({ pathname }) => pathname));
  }
  return pages;
}

export async function documentation(check) {
  await check("docs: from the demo's header to the first page and to a guide", async (t) => {
    const { page, wasQuiet } = await visit(t, "/");
    await page.getByRole("link", { name: "Docs" }).click();
    await page.getByRole("heading", { level: 1, name: "playoff-wasm" }).waitFor();
    await page.getByRole("main").getByRole("link", { name: "Your first call" }).click();
    await page.getByRole("heading", { level: 1, name: "Your first call" }).waitFor();
    match(await page.locator("main").textContent(), /createClient\({ token/, "the guide");
    await page.getByRole("link", { name: "Demo" }).click();
    await page.locator("#player-name").waitFor();
    wasQuiet();
  });

  await check("docs: the search finds refresh_token, offline", async (t) => {
    const { page, wasQuiet } = await visit(t, "/docs/");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("searchbox").fill("refresh_token");
    await page.locator(".result", { hasText: "Tokens, storage and tabs" }).first().click();
    await page.waitForURL("**/docs/storage-and-tabs.html*");
    wasQuiet();
  });

  await check("docs: the reference of createClient", async (t) => {
    const { page, wasQuiet } = await visit(t, CREATE_CLIENT);
    await page.locator("#createclient").waitFor();
    match(await page.locator("main").textContent(), /Makes a client\. It sends nothing until it is called\./, "what it says");
    wasQuiet();
  });

  await check("docs: can be read without scripts", async (t) => {
    const { page } = await visit(t, "/docs/errors.html", { ...SIZES.phone, javaScriptEnabled: false });
    ok(await page.getByRole("cell", { name: "wasm_unavailable" }).isVisible(), "the table of codes");
  });

  await check("docs: every guide is there, and no link leads nowhere", async ({ url }) => {
    const pages = await crawl(url);
    for (const name of await readdir(guides)) ok(pages.has(`/docs/${name.replace(".md", ".html")}`), name);
    const dead = [...pages].flatMap(([path, { status, links }]) => [
      ...(status === 200 ? [] : [`${path}: ${status}`]),
      ...links
        .filter(({ pathname, hash }) => hash !== "" && pages.has(pathname) && !pages.get(pathname).ids.includes(decodeURIComponent(hash.slice(1))))
        .map(({ pathname, hash }) => `${path}: ${pathname}${hash}`),
    ]);
    deepEqual([...new Set(dead)], [], "dead links");
  });

  await check("docs: nothing is asked of others by any file", async ({ url }) => {
    const html = await (await fetch(new URL("/docs/", url))).text();
    equal(html.match(/(?:src|href)="https?:/g), null, "addresses of others in a page");
    const { headers } = await fetch(new URL("/docs/", url));
    match(headers.get("content-security-policy"), /^default-src 'self'; /, "the policy");
  });

  for (const [name, size] of Object.entries(SIZES)) {
    await check(`docs: ${name}: nothing sticks out, and pictures`, async (t) => {
      const folder = join(setting("PLAYOFF_WORK"), "screenshots");
      await mkdir(folder, { recursive: true });
      const { page, wasQuiet } = await visit(t, "/docs/", size);
      for (const [picture, path] of Object.entries(PICTURES)) {
        await page.goto(new URL(path, t.url).href);
        await page.locator("h1").waitFor();
        equal(await page.evaluate(() => document.documentElement.scrollWidth), size.width, `the width of ${path}`);
        const file = join(folder, `docs-${picture}-${name}.png`);
        await page.screenshot({ path: file, animations: "disabled" });
        ok((await readFile(file)).length > 20_000, `${file} is empty`);
      }
      wasQuiet();
    });
  }
}
