// Programs and packages of `tests/node_modules`.

import { fileURLToPath } from "node:url";
import { join } from "node:path";

/** The folder `tests/`. */
export const testsFolder = fileURLToPath(new URL("..", import.meta.url));

/** A file of an installed tool, by its path in `node_modules`. */
export function toolFile(...parts) {
  return join(testsFolder, "node_modules", ...parts);
}
