// What a tool made: how many copies of which wasm, whether anything of the edge, and how many bytes.

import { readFile, readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { deepEqual, ok } from "../lib/assert.mjs";

// Of the strings of a script these alone are wasms.
const LONG_STRING = /(?<=["'`])[^"'`\\$<]{50000,}/g;
const LOADED = /\.(?:m?js|wasm)$/;

// The first ones are names, which stand in no comment of the main entry.
const EDGE_NAMES = ["createJWT", "createEdgeHandler", "HS256", "hmac"];
const EDGE_WORDS = [...EDGE_NAMES, "client_secret", "clientSecret", "playoff-edge"];

/** The scripts and wasm files at these paths of a folder: `{ name, bytes }`. */
async function outputFiles(folder, paths) {
  const files = [];
  for (const path of paths) {
    const at = join(folder, path);
    const names = (await stat(at)).isFile() ? [""] : await readdir(at, { recursive: true });
    for (const name of names.filter((one) => LOADED.test(one || path))) {
      const file = join(at, name);
      files.push({ name: relative(folder, file), bytes: await readFile(file) });
    }
  }
  ok(files.length > 0, `there is nothing to load in ${paths.join(", ")}`);
  return files;
}

/** Both wasms of the installed package, as files and as texts. */
async function knownWasms(installed) {
  const read = async (path) => (await readFile(join(installed, path))).toString("latin1");
  const inlined = async (path) => (await read(path)).match(LONG_STRING)[0];
  return {
    main: [await read("playoff.wasm"), await inlined("lib/playoff.wasm.js")],
    edge: [await read("edge/playoff-edge.wasm"), await inlined("edge/playoff.wasm.js")],
  };
}

/** How many copies of either wasm lie at these paths, inlined or as a file. */
export async function wasmCopies(installed, folder, paths) {
  const known = await knownWasms(installed);
  const copies = { main: 0, edge: 0 };
  for (const { name, bytes } of await outputFiles(folder, paths)) {
    const text = bytes.toString("latin1");
    for (const wasm of name.endsWith(".wasm") ? [text] : (text.match(LONG_STRING) ?? [])) {
      const which = Object.keys(known).find((one) => known[one].includes(wasm));
      // On a server's side tools have wasm of their own.
      if (which !== undefined) copies[which] += 1;
    }
  }
  return copies;
}

/**
 * One copy of the page's wasm, and nothing of the edge: `{ raw, gzip }`, the bytes. In the wasm's own text any word may turn
 * up by chance; what it holds is looked at elsewhere. Where a bundle keeps comments, only names are looked for.
 */
export async function checkShipped(installed, folder, { shipped, comments = false }) {
  deepEqual(await wasmCopies(installed, folder, shipped), { main: 1, edge: 0 }, "copies of the wasm");
  return checkWords(folder, shipped, comments ? EDGE_NAMES : EDGE_WORDS);
}

/** Nothing of the edge, nor a wasm: the import of it is all that is left of it. */
export async function checkWithoutEdge(installed, folder, shipped) {
  deepEqual(await wasmCopies(installed, folder, shipped), { main: 0, edge: 0 }, "copies of the wasm");
  // The page's own code has the name that it imports.
  return checkWords(folder, shipped, EDGE_NAMES.slice(1));
}

async function checkWords(folder, paths, words) {
  const size = { raw: 0, gzip: 0 };
  for (const { name, bytes } of await outputFiles(folder, paths)) {
    size.raw += bytes.length;
    size.gzip += gzipSync(bytes, { level: 9 }).length;
    const readable = bytes.toString().replace(LONG_STRING, "").toLowerCase();
    for (const word of words) ok(!readable.includes(word.toLowerCase()), `${name} holds ${word}`);
  }
  return size;
}
