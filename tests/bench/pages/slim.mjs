import { createClient, init } from "playoff-wasm/slim";

await init("playoff.wasm");
createClient({ apiUrl: location.origin, token: "token" }).get("/runtime/player");
