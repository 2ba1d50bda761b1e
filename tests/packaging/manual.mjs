// The examples of the manual, as they stand in it.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { equal } from "../lib/assert.mjs";

const SECTION = /^## .*$/gm;
const BLOCK = /^```(\w+)\n([\s\S]*?)\n```$/gm;
/** A block that is a file begins with its name. */
const NAMED = /^(?:\/\/|#) ((?:[\w-]+\/)*[\w-]*\.[\w.]+)\n/;

function blocksOf(text) {
  return [...text.matchAll(BLOCK)].map(([, language, code]) => {
    const [head, file] = code.match(NAMED) ?? ["", null];
    return { language, file, text: `${code.slice(head.length)}\n` };
  });
}

/** The blocks under a heading: `{ language, file, text }`, with `file` null where the block names none. */
export async function manualBlocks(installed, heading) {
  const manual = await readFile(join(installed, "README.md"), "utf8");
  const [, ...texts] = manual.split(SECTION);
  const at = [...manual.matchAll(SECTION)].findIndex(([line]) => line === `## ${heading}`);
  if (at < 0) throw new Error(`the manual has no section "${heading}"`);
  return blocksOf(texts[at]);
}

/** The text of the one block that is this file. */
export function fileOf(blocks, name) {
  const found = blocks.filter(({ file }) => file === name);
  equal(found.length, 1, `blocks of the manual that are ${name}`);
  return found[0].text;
}

/** The texts of the blocks for a shell, in their order. */
export const commandsOf = (blocks) =>
  blocks.filter(({ language, file }) => language === "sh" && file === null).map(({ text }) => text);

/** The text with another one in place of `part`, which stands in it once. */
export function replaced(text, part, other) {
  equal(text.split(part).length - 1, 1, `times that ${JSON.stringify(part)} stands in the manual's example`);
  return text.replace(part, () => other);
}
