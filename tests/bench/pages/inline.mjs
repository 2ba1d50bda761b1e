import { createClient } from "playoff-wasm";

createClient({ apiUrl: location.origin, token: "token" }).get("/runtime/player");
