// Every code that the SDK can raise stands once in the guide to errors, with its meaning and what to do, and no other does.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { deepEqual, ok } from "../../lib/assert.mjs";

const RUST = /^\s*pub const [A-Z_]+: &str = "([a-z0-9_]+)";/gm;
const JAVASCRIPT = /\bcode: "([a-z0-9_]+)"/g;
const ROW = /^\| `(\w+)` \| `([a-z0-9_]+)` \| (.+) \| (.+) \|$/gm;

function found(text, pattern) {
  return [...text.matchAll(pattern)].map((match) => match[1]);
}

/** The text between `pub mod code {` and its end. */
function codeModule(source) {
  const begin = source.indexOf("pub mod code {");
  return begin < 0 ? "" : source.slice(begin, source.indexOf("\n}", begin));
}

async function textsOf(folder, extension) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(extension));
  return Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
}

export async function codeCases(report, { installed, sources }) {
  await report.test("the guide to errors has every code once, and no other", async () => {
    const rust = (await textsOf(sources, ".rs")).flatMap((text) => found(codeModule(text), RUST));
    const scripts = (await textsOf(installed, ".js")).flatMap((text) => found(text, JAVASCRIPT));
    const raised = [...new Set([...rust, ...scripts])].sort();
    ok(rust.length > 20 && scripts.length > 2, `codes were found in both languages: ${rust.length}, ${scripts.length}`);

    const guide = await readFile(join(installed, "docs", "errors.md"), "utf8");
    const rows = [...guide.matchAll(ROW)].filter(([, name]) => name.endsWith("Error"));
    deepEqual(rows.map(([, , code]) => code).sort(), raised, "codes of the guide");
    for (const [, , code, meaning, advice] of rows)
      ok(meaning.trim().length > 5 && advice.trim().length > 5, `${code} has a meaning and what to do`);
  });
}
