import { createClient } from "playoff-wasm";
import { sandbox } from "./sandbox.js";

export const playoff = createClient({
  ...sandbox, // the real service needs none of this
  login: {
    clientId: "sandbox-code",
    redirectUri: `${location.origin}/callback/worker`,
    exchange: "/auth/exchange", // the worker's
  },
});
