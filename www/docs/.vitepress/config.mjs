// The site: reading without scripts, searching without a network, and nothing of another origin.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";

const BASE = "/docs/";
const target = (path) => fileURLToPath(new URL(`../../../target/docs/${path}`, import.meta.url));
const pages = target("pages");
const site = target("site");

const titleOf = (name) => readFileSync(join(pages, `${name}.md`), "utf8").match(/^# (.+)$/m)[1];
const guides = (...names) => names.map((name) => ({ text: titleOf(name), link: `/${name}` }));

const sidebar = [
  { text: "Begin", items: guides("first-call", "backend-jwt", "signing-in", "workers", "servers") },
  {
    text: "Go on",
    items: guides("calls", "storage-and-tabs", "errors", "retries-and-timeouts", "hooks-and-events", "notifications", "handler", "apps"),
  },
  { text: "Other services", items: guides("providers", "kumite", "toornament") },
  { text: "Your app", items: guides("testing", "moving-over") },
  { text: "Look up", items: guides("csp", "where-it-runs", "slim", "privacy") },
];

/** The reference has a page for each file of types. */
const referenceOf = (folder) =>
  readdirSync(join(pages, "api", folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => name.replace(/\.md$/, ""))
    .sort()
    .map((name) => ({ text: name, link: `/api/${folder}/${name}` }));

/** Scripts in a page would need a policy that allows any: they become files, which run at the same moment. */
function scriptsAsFiles(html) {
  return html.replace(/<script([^>]*)>([^<]+)<\/script>/g, (_, attributes, code) => {
    const name = `assets/inline.${createHash("sha256").update(code).digest("hex").slice(0, 8)}.js`;
    mkdirSync(join(site, "assets"), { recursive: true });
    writeFileSync(join(site, name), code);
    return `<script${attributes} src="${BASE}${name}"></script>`;
  });
}

export default defineConfig({
  title: "playoff-wasm",
  description: "Game platforms from the web and the edge",
  lang: "en",
  base: BASE,
  srcDir: pages,
  outDir: site,
  cacheDir: target("cache"),
  metaChunk: true,
  head: [["link", { rel: "icon", href: "/icon.svg", type: "image/svg+xml" }]],
  transformHtml: scriptsAsFiles,
  markdown: { theme: { light: "github-light", dark: "github-dark" } },
  themeConfig: {
    search: { provider: "local" },
    outline: { level: [2, 3] },
    nav: [
      { text: "Guides", link: "/first-call", activeMatch: "^/(?!api/)." },
      { text: "Reference", link: "/api/", activeMatch: "^/api/" },
      { text: "Demo", link: "/../", target: "_self", noIcon: true } // out of the base,
    ],
    sidebar: {
      "/api/": [
        { text: "playoff-wasm", items: referenceOf("types") },
        { text: "playoff-wasm/edge", items: referenceOf("edge/types") },
      ],
      "/": sidebar,
    },
    docFooter: { prev: "Before", next: "Next" },
  },
});
