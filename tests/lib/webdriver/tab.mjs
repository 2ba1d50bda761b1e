// A tab: what a visitor does there, and what its page can be asked.

import { until } from "../limits.mjs";
import { idOf } from "./protocol.mjs";

const LIMIT = 10_000;

/** `act(action)` makes the tab the driver's current one and lets nobody in between. */
export function createTab({ handle, act, doom }) {
  const post = (path, body) => act(({ send }) => send("POST", path, body));
  const get = (path) => act(({ send }) => send("GET", path));
  const remove = (path) => act(({ send }) => send("DELETE", path));

  /** On the element that `css` names, as soon as there is one that can be used. */
  const onElement = (css, method, path, body) => {
    const attempt = async ({ send }) => {
      const element = idOf(await send("POST", "/element", { using: "css selector", value: css }));
      return { value: await send(method, `/element/${element}${path}`, body) };
    };
    return until(() => act(attempt), { limit: LIMIT, what: css }).then(({ value }) => value);
  };

  /**
   * Calls the function in the page, with arguments that JSON can carry; waits for what it gives, a promise too.
   * Firefox gives a script another global object, which is gone when the script is.
   */
  const run = (fn, ...args) =>
    post("/execute/sync", { script: `return ((globalThis) => ${fn})(window)(...arguments)`, args });

  return {
    handle,
    goto: (url) => post("/url", { url }),
    back: () => post("/back"),
    forward: () => post("/forward"),
    reload: () => post("/refresh"),
    url: () => get("/url"),
    title: () => get("/title"),

    run,

    /** Until the function gives something other than undefined, null or false in the page. */
    until: (what, fn, ...args) => until(async () => (await run(fn, ...args)) ?? false, { limit: LIMIT, what }),

    click: (css) => onElement(css, "POST", "/click"),
    type: (css, text) => onElement(css, "POST", "/value", { text }),
    text: (css) => onElement(css, "GET", "/text"),

    /** Those that the page's address gets, HttpOnly ones included. */
    cookies: () => get("/cookie"),
    clearCookies: () => remove("/cookie"),

    /** A PNG. WebKit's driver has one only of a tab that is seen; of another it never answers. */
    screenshot: async () => Buffer.from(await get("/screenshot"), "base64"),

    /** A command of Chromium's developer tools. */
    devtools: (cmd, params = {}) => post("/goog/cdp/execute", { cmd, params }),

    /** As a visitor closes it. */
    close: () => remove("/window"),

    /**
     * As when its process dies: the page hears nothing of it. WebKit's driver gives up then: the other tabs live on,
     * and only what they send to a server is heard.
     */
    kill: async () => (await doom())(),

    /** Gives what kills it, then at once: in WebKit it takes a while to find the process. */
    doom,
  };
}
