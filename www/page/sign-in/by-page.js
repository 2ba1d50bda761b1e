import { createClient, webStorage } from "playoff-wasm";
import { sandbox } from "./sandbox.js";

export const playoff = createClient({
  ...sandbox, // the real service's addresses are known
  storage: webStorage("local"), // for all tabs, until the sign-out
  login: {
    clientId: "sandbox-public",
    redirectUri: `${location.origin}/callback/page`,
  },
});
