// In the page: the package, for whoever drives it.

import * as pkg from "playoff-wasm";
import "./player.mjs";

globalThis.pkg = pkg;
