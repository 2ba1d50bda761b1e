// In the page: an app as its author writes it. Nothing is said for the test but what it looks at afterwards.

import { createClient, webStorage } from "playoff-wasm";

const { login, ...addresses } = globalThis.settings;

const client = createClient({
  ...addresses,
  login: { ...login, redirectUri: `${location.origin}/callback` },
  storage: webStorage("local"),
});

const heard = [];
client.on("signedOut", ({ reason }) => heard.push(reason));
document.querySelector("#sign-in").onclick = () => client.login({ returnTo: "/profile" });

/** `{ back }` where a sign-in was finished, `{ error }` where it came to nothing. */
async function arrive() {
  try {
    const back = await client.handleRedirect();
    if (back) history.replaceState(null, "", back.returnTo);
    return { back };
  } catch (error) {
    return { error: { name: error.name, code: error.code, message: error.message } };
  }
}

Object.assign(globalThis, { client, heard, arrived: await arrive() });
