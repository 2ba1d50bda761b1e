import { createGlue } from "./playoff_bg.js";
import wasm from "./playoff-edge.wasm?module";
import { edgeOver } from "./api.js";
import { load } from "../lib/load.js";

export * from "../errors.js";
export * from "../lib/storage.js";

export const { createClient, createJWT, verifyJWT, createEdgeHandler } = edgeOver(
  load(createGlue, () => wasm),
);
