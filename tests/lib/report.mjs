// A tiny reporter: a line per test, and a closing line that the caller counts by.

import { inspect } from "node:util";
import { withLimit } from "./limits.mjs";

const TEST_LIMIT = 30_000;

function describe(error) {
  const text = error instanceof Error ? (error.stack ?? error.message) : inspect(error);
  return text
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}

export function createReport() {
  let passed = 0;
  let failed = 0;

  function pass(name) {
    passed += 1;
    console.log(`ok ${name}`);
  }

  function fail(name, error) {
    failed += 1;
    console.log(`not ok ${name}\n${describe(error)}`);
  }

  return {
    pass,
    fail,

    /** A remark that isn't a test. */
    note: (text) => console.log(`# ${text}`),

    /** Runs one test; what `body` gives, or undefined when it failed. */
    async test(name, body, { limit = TEST_LIMIT } = {}) {
      try {
        const value = await withLimit((async () => body())(), limit, name);
        pass(name);
        return value;
      } catch (error) {
        fail(name, error);
        return undefined;
      }
    },

    /** Prints the closing line; the process's exit code. */
    close() {
      console.log(`${passed} passed, ${failed} failed`);
      return failed > 0 || passed === 0 ? 1 : 0;
    },
  };
}
