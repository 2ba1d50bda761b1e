// In the page: the launcher gives `hostMint`, `hostAccessToken` and the sandbox's addresses.

import { wasmMemory } from "./wasm-memory.mjs";
import * as pkg from "playoff-wasm";
import { createSuite } from "../suite.mjs";

globalThis.makeSuite = ({ browser, playoff, toornament, control, elsewhere, streamPeer, full, panicSwitch }) => {
  const suite = createSuite({
    place: "page",
    browser,
    panicSwitch,
    wasmMemory,
    pkg,
    edge: null,
    sandbox: playoff,
    toornament,
    controlUrl: control.url,
    elsewhere: elsewhere.url,
    streamPeer: streamPeer.url,
    full,
    mint: (options) => globalThis.hostMint(options),
    accessToken: (clientId) => globalThis.hostAccessToken(clientId),
  });
  globalThis.runCase = suite.run;
  return suite.names;
};
