// The browser's wasm holds nothing that needs a secret: neither its words nor its code.
//
// Every search is first shown to find its object in the edge's wasm, so that an empty result means something.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readWasm } from "../wasm-file.mjs";

// The last one is of the administration's routes.
const WORDS = ["client_secret", "clientSecret", "HS256", "sha256", "/admin/rules"];

// Names of functions, as Rust writes them: what signs, and what only the edge does.
const CODE = {
  "the prepared key": /\bhs256::/,
  "the hash": /\bsha2::/,
  HS256: /\bHs256/,
  "the JWT library": /\bjwt_compact::/,
  "the crate's edge module": /\bplayoff_wasm::edge::/,
  createJWT: /createJWT/i,
};

/** The word in data, in names or in imports and exports, in any case. */
function findWord(wasm, word) {
  const lower = word.toLowerCase();
  const texts = [wasm.data, wasm.other, ...wasm.functions];
  const hit = texts.find((text) => text.toLowerCase().includes(lower));
  if (hit === undefined) return null;
  const at = hit.toLowerCase().indexOf(lower);
  return hit.slice(Math.max(0, at - 40), at + 40).replace(/[^ -~]/g, "·");
}

const findCode = (wasm, pattern) => wasm.functions.find((name) => pattern.test(name)) ?? null;

export async function secretCases(report, { namedWasm, installed }) {
  const read = async (name) => readWasm(await readFile(join(namedWasm, name)));
  const [browser, edge] = [await read("browser.named.wasm"), await read("edge.named.wasm")];
  const searches = [
    ...WORDS.map((word) => [`"${word}"`, (wasm) => findWord(wasm, word)]),
    ...Object.entries(CODE).map(([what, pattern]) => [`the code of ${what}`, (wasm) => findCode(wasm, pattern)]),
  ];

  await report.test("secrets: both builds still have their names", () => {
    for (const [name, wasm] of Object.entries({ browser, edge })) {
      if (wasm.functions.length < 50) throw new Error(`${name}: only ${wasm.functions.length} names of functions`);
    }
  });
  for (const [what, search] of searches) {
    await report.test(`secrets: ${what} is found in the edge's wasm`, () => {
      if (search(edge) === null) throw new Error("not found: the search is blind, or the edge lacks it");
    });
    await report.test(`secrets: ${what} isn't in the browser's wasm`, () => {
      const hit = search(browser);
      if (hit !== null) throw new Error(`found: ${hit}`);
    });
  }

  await report.test("secrets: nor in the wasm as published", async () => {
    const published = readWasm(await readFile(join(installed, "playoff.wasm")));
    for (const word of WORDS) {
      const hit = findWord(published, word);
      if (hit !== null) throw new Error(`found ${word}: ${hit}`);
    }
  });
}
