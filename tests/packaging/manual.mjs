// The manual: the package's README and its guides, whose samples are run as they stand there.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { equal, ok } from "../lib/assert.mjs";

const repository = fileURLToPath(new URL("../../", import.meta.url));
const BLOCK = /^(?:<!-- (.+) -->\n)?```(\w+)\n([\s\S]*?)\n```$/gm;
/** A block that is a file begins with its name. */
const NAMED = /^(?:\/\/ |# |<!-- )((?:[\w-]+\/)*[\w.-]*\.[\w.]+)(?: -->)?\n/;
/** What a comment before a block may say of how it is tried. */
const MARK = /^(prints|page|tested in|not run): (.+)$/;

/** Each text is read once, so that what was taken of it is known to all. */
const read = new Map();

function blocksOf(path, text) {
  return [...text.matchAll(BLOCK)].map(({ 1: comment, 2: language, 3: code, index }) => {
    const [head, file] = code.match(NAMED) ?? ["", null];
    const [, way, how] = comment?.match(MARK) ?? [null, null, null];
    const line = text.slice(0, index).split("\n").length + (comment ? 1 : 0);
    return { at: `${path}:${line}`, language, file, text: `${code.slice(head.length)}\n`, way, how, taken: false };
  });
}

async function blocksIn(installed, path) {
  const key = join(installed, path);
  if (!read.has(key)) read.set(key, blocksOf(path, await readFile(key, "utf8")));
  return read.get(key);
}

/** The paths of all texts of the manual, in the package. */
export async function manualPaths(installed) {
  const guides = await readdir(join(installed, "docs"));
  return ["README.md", ...guides.sort().map((name) => `docs/${name}`)];
}

/** The text of one of them. */
export const manualText = (installed, path) => readFile(join(installed, path), "utf8");

/**
 * The blocks of a guide: `{ at, language, file, text, way, how, taken }`, with `file` null where the block names none,
 * `way` and `how` from the comment before it, and `taken` once somebody tries it.
 */
export const manualBlocks = (installed, guide) => blocksIn(installed, `docs/${guide}.md`);

/** Those of a package's README. */
export const readmeBlocks = (installed) => blocksIn(installed, "README.md");

/** Those of all texts. */
export async function allBlocks(installed) {
  const lists = await Promise.all((await manualPaths(installed)).map((path) => blocksIn(installed, path)));
  return lists.flat();
}

function take(blocks) {
  for (const block of blocks) block.taken = true;
  return blocks.map(({ text }) => text);
}

/** The text of the one block that is this file. */
export function fileOf(blocks, name) {
  const found = blocks.filter(({ file }) => file === name);
  equal(found.length, 1, `blocks of the manual that are ${name}`);
  return take(found)[0];
}

/** The text of the one block in which this stands. */
export function blockWith(blocks, part) {
  const found = blocks.filter(({ text }) => text.includes(part));
  equal(found.length, 1, `blocks of the manual with ${part}`);
  return take(found)[0];
}

/** The texts of the blocks for a shell, in their order: all that the guide doesn't say are tried otherwise. */
export const commandsOf = (blocks) =>
  take(blocks.filter(({ language, file, way }) => language === "sh" && file === null && way === null));

/** Sees that a block that says so is tried by that file, which has to name it. */
export async function takeElsewhere(block) {
  const text = await readFile(join(repository, block.how), "utf8");
  ok(block.file && text.includes(`"${block.file}"`), `${block.how} doesn't name ${block.at}`);
  block.taken = true;
}

/** Where blocks stand that nobody took, and that don't say why. */
export const untried = (blocks) => blocks.filter(({ taken, way }) => !taken && way !== "not run").map(({ at }) => at);

/** The text with another one in place of `part`, which stands in it once. */
export function replaced(text, part, other) {
  equal(text.split(part).length - 1, 1, `times that ${JSON.stringify(part)} stands in the manual's example`);
  return text.replace(part, () => other);
}
