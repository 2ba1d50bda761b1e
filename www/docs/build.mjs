// Builds the site into target/docs/site: the guides as they are in the package, and the reference from its types.
import { cp, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Application } from "typedoc";
import { build } from "vitepress";
import typedoc from "./typedoc.config.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const pages = at("target/docs/pages");

/** The package's README is the first page. There the guides are beside it. */
async function copyGuides() {
  await cp(at("pkg-template/docs"), pages, { recursive: true });
  const readme = await readFile(at("pkg-template/README.md"), "utf8");
  await writeFile(join(pages, "index.md"), readme.replaceAll("](docs/", "]("));
}

async function writeReference() {
  const app = await Application.bootstrapWithPlugins(typedoc);
  const project = await app.convert();
  if (!project) throw new Error("TypeDoc can't read the package's types");
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error("TypeDoc has something to say: see above");
}

const timed = async (what, work) => {
  const begin = performance.now();
  await work;
  console.log(`${what}: ${((performance.now() - begin) / 1000).toFixed(1)} s`);
};

await rm(at("target/docs"), { recursive: true, force: true });
await mkdir(pages, { recursive: true });
// What pages import is looked for above them.
await symlink(join(here, "node_modules"), at("target/docs/node_modules"));
await Promise.all([timed("the guides", copyGuides()), timed("the reference", writeReference())]);
await timed("the site", build(here));
