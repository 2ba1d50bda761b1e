export * from "../index.js";
export * from "./types/jwt.js";
export * from "./types/app.js";
export * from "./types/admin.js";
export * from "./types/kumite.js";
export * from "./types/stores.js";
export * from "./types/handler.js";
