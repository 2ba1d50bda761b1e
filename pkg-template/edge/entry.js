import { createGlue } from "./playoff_bg.js";
import { reader, text } from "./playoff.wasm.js";
import { edgeOver } from "./api.js";
import { compileText, load } from "../lib/load.js";

export * from "../errors.js";
export * from "../lib/storage.js";
export { kvStorage } from "./kv.js";

export const {
  createClient,
  createEdge,
  createEdgeHandler,
  createJWT,
  createWebhookHandler,
  TokenBroker,
  verifyJWT,
} = edgeOver(
  load(createGlue, () => compileText(reader, text)),
);
