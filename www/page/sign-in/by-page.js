import { createClient, webStorage } from "playoff-wasm";
import { sandbox } from "./sandbox.js";

export const playoff = createClient({
  ...sandbox, // the real service needs none of this
  storage: webStorage("local"), // all tabs share it
  login: {
    clientId: "sandbox-public",
    redirectUri: `${location.origin}/callback/page`,
  },
});
