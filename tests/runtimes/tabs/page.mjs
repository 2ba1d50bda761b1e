// In the page: the package, for whoever drives it.

import * as pkg from "playoff-wasm";
import "./listener.mjs";
import "./player.mjs";

globalThis.pkg = pkg;
