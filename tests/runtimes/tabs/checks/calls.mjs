// The package in several tabs: each calls as its player.

import { deepEqual, equal } from "../../../lib/assert.mjs";

const PLAYER = "johny";

/** Runs in the page. */
async function call(settings) {
  let asked = 0;
  const token = async () => {
    asked += 1;
    return (await fetch("/token", { method: "POST" })).json();
  };
  const client = globalThis.pkg.createClient({ ...settings, token });
  const player = await client.get("/runtime/player");
  return { player: player.id, asked };
}

export function calls(check) {
  check("two tabs call as their player", { smoke: true }, async ({ site, open, playoff }) => {
    const settings = { apiUrl: playoff.apiUrl, authUrl: playoff.authUrl };
    for (const tab of [await open(`${site.url}/one`), await open(`${site.url}/two`)]) {
      deepEqual(await tab.run(call, settings), { player: PLAYER, asked: 1 }, "the call");
      deepEqual(await tab.run(() => globalThis.uncaught), [], "uncaught");
    }
  });

  check("what a page throws reaches the test", { smoke: true }, async ({ site, open }) => {
    const tab = await open(`${site.url}/one`);
    const thrown = await tab.run(() => Promise.reject(new TypeError("on purpose"))).catch((error) => error);
    equal(thrown.code, "javascript error", "code");
    equal(/on purpose/.test(thrown.message), true, "the page's own message");
  });
}
