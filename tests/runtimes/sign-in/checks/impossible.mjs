// Sign-ins that can't work, and say so before the page is left.

import { deepEqual, equal, match } from "../../../lib/assert.mjs";

/** Runs in the page: what comes of `login`; its client is made for this once. */
const login = (options, given) => globalThis.outcome(globalThis.makeClient(options).client.login(given));

/** Runs in the page: the same in the frame that is in it. */
const loginInFrame = (options) =>
  new Promise((resolve) => {
    addEventListener("message", ({ data }) => resolve(data.told), { once: true });
    document.querySelector("iframe").contentWindow.postMessage({ loginWith: options }, "*");
  });

/** Runs in the page: a storage that was forbidden, by the browser or by the visitor. */
function forbid() {
  const get = () => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  };
  Object.defineProperty(globalThis, "sessionStorage", { get });
}

export function impossible(check) {
  check("addresses of other origins, and storages that keep nothing", { smoke: true }, async (w) => {
    const tab = await w.open("/start");
    const refusal = async (expected, options, given) => {
      const told = await tab.run(login, options, given ?? {});
      deepEqual([told.class, told.error], ["ConfigError", expected], JSON.stringify(given ?? options.login ?? null));
      return told.message;
    };
    for (const redirectUri of ["/callback", "https://evil.example/callback", `${w.site.url}.evil.example/`, "#"])
      match(await refusal("invalid_option", w.byPage({ login: { redirectUri } })), /redirectUri/, "message");
    for (const returnTo of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "/.//evil.example",
      "javascript:alert(1)",
      `blob:${w.site.url}/x`,
      "http://",
      w.other.url,
    ])
      match(await refusal("invalid_option", w.byPage(), { returnTo }), /returnTo/, "message");
    await refusal("invalid_option", {});
    match(await refusal("invalid_option", w.byPage({ login: { storage: "promises" } })), /synchronous/, "message");
    await refusal("storage_unavailable", w.byPage({ login: { storage: "forgetful" } }));
    await tab.run(forbid);
    match(await refusal("storage_unavailable", w.byPage()), /login\.storage/, "message");
    equal(await tab.url(), `${w.site.url}/start`, "address");
    deepEqual(await w.codes(), [], "codes sent");
    equal((await w.control.log()).length, 0, "what the sandbox got");
  });

  check("a sandboxed frame", { smoke: true }, async (w) => {
    const tab = await w.open("/frame");
    const told = await tab.run(loginInFrame, w.byPage());
    deepEqual([told.class, told.error], ["ConfigError", "storage_unavailable"], "outcome");
    equal((await w.control.log()).length, 0, "what the sandbox got");
  });

  check("a page of plain http that isn't on loopback", async (w) => {
    const { tab } = await w.another({ proxy: new URL(w.site.url).host });
    await tab.goto("http://app.example/");
    const told = await tab.run(login, w.byPage({ login: { redirectUri: "http://app.example/callback" } }), {});
    deepEqual([told.class, told.error], ["ConfigError", "insecure_origin"], "outcome");
    match(told.message, /https/, "message");
    equal(await tab.url(), "http://app.example/", "address");
  });

  check("a page that is no callback", async (w) => {
    const tab = await w.open("/start?code=1&state=2");
    deepEqual(await w.handle(tab, w.byPage()), { value: null }, "outcome");
    equal(await tab.url(), `${w.site.url}/start?code=1&state=2`, "address");
  });
}
