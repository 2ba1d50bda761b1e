// In the page: the package, for whoever drives it.

import * as pkg from "playoff-wasm";

globalThis.pkg = pkg;
