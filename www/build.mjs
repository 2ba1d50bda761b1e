// Builds the demo into target/www: the page, the worker and the configuration that workerd serves them by.
// PLAYOFF_SANDBOX (the sandbox's first line of output) and DEMO_PORT say what the worker is to use.
import { build } from "esbuild";
import { existsSync } from "node:fs";
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createConfig } from "./config.mjs";
import { readSettings } from "./settings.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = fileURLToPath(new URL("../target/www/", import.meta.url));
/** Each has a script and a stylesheet of its name. */
const OTHER_PAGES = ["sign-in", "kumite", "toornament"];
const docs = fileURLToPath(new URL("../target/docs/site/", import.meta.url)); // built by docs/build.mjs
const common = { bundle: true, format: "esm", target: "es2022", logLevel: "warning", absWorkingDir: here };

async function buildPage() {
  await build({
    ...common,
    entryPoints: ["page/main.js", "page/style.css", ...OTHER_PAGES.flatMap((name) => [`page/${name}.js`, `page/${name}.css`])],
    outdir: join(out, "page"),
    loader: { ".woff2": "file", ".svg": "file" },
    assetNames: "[name]",
    minify: true,
    sourcemap: true,
  });
  const copied = ["index.html", "icon.svg", ...OTHER_PAGES.map((name) => `${name}.html`)];
  for (const name of copied) await copyFile(join(here, "page", name), join(out, "page", name));
}

/** The names of the modules, the entry first: workerd wants wasm beside the script, not in it. */
async function buildWorker(entry) {
  const { metafile } = await build({
    ...common,
    entryPoints: [`worker/${entry}`],
    outdir: join(out, "worker"),
    conditions: ["workerd", "worker"],
    loader: { ".wasm": "copy" },
    assetNames: "[name]",
    metafile: true,
  });
  const names = Object.keys(metafile.outputs).map((path) => basename(path));
  return names.sort((a, b) => Number(b === entry) - Number(a === entry));
}

/** A machine may have no IPv6; workerd would end over an address that it can't listen on. */
function hasIpv6() {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(0, "::1", () => server.close(() => resolve(true)));
  });
}

async function main() {
  const settings = readSettings(process.env);
  if (!existsSync(join(here, "node_modules/playoff-wasm/package.json"))) {
    throw new Error("The package isn't built or not installed: run `cargo xtask build`, then `npm ci` in www/.");
  }
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await mkdir(docs, { recursive: true });
  const [demo, assets] = await Promise.all([buildWorker("index.js"), buildWorker("assets.js"), buildPage()]);
  const config = createConfig({
    ...settings,
    modules: { demo, assets },
    files: join(out, "page"),
    docs,
    ipv6: await hasIpv6(),
  });
  await writeFile(join(out, "config.capnp"), config, { mode: 0o600 }); // it holds the client's secret
  console.log(`Built target/www for http://localhost:${settings.port}`);
}

main().catch((error) => {
  console.error(`www/build.mjs: ${error.message}`);
  process.exitCode = 1;
});
