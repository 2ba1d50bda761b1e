import { createClient } from "playoff-wasm";
import { sandbox } from "./sandbox.js";

export const playoff = createClient({
  ...sandbox, // the real service's addresses are known
  login: {
    clientId: "sandbox-code",
    redirectUri: `${location.origin}/callback/worker`,
    exchange: "/auth/exchange", // the worker's, which has the secret
  },
});
