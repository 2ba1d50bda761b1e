// Loaded before a sample of the manual in a page: the client that a sample only uses.

import { createClient } from "playoff-wasm";

globalThis.playoff = createClient({ token: () => fetch("/player-token", { method: "POST" }) });
