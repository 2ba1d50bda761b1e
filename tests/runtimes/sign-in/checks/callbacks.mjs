// Answers that aren't taken. Each has its own outcome, and whoever was signed in stays so.

import { deepEqual, equal, match, ok } from "../../../lib/assert.mjs";
import { FINISHED, SLOTS, codeIn, stateIn } from "../world.mjs";

/** Runs in the page: everything was begun so many seconds earlier. */
function age(key, seconds) {
  const { kept } = JSON.parse(sessionStorage.getItem(key));
  const older = kept.replace(/^\d+/gm, (begun) => String(Number(begun) - seconds));
  sessionStorage.setItem(key, JSON.stringify({ kept: older }));
}

/** Runs in the page: the verifier of the sign-in with this `state`. */
function verifierOf(key, state) {
  const { kept } = JSON.parse(sessionStorage.getItem(key));
  return kept.split("\n").map((slot) => slot.split(" ")).find((slot) => slot[1] === state)[2];
}

/** Spends a code as somebody would who had got hold of all of it. */
async function spend(w, tab, options, callback) {
  const { clientId } = options.login;
  const { clientSecret } = w.playoff.clients.find((client) => client.clientId === clientId);
  const response = await fetch(`${options.authUrl}/auth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: clientId,
      ...(clientSecret ? { client_secret: clientSecret } : {}),
      code: codeIn(callback),
      redirect_uri: options.login.redirectUri,
      code_verifier: await tab.run(verifierOf, SLOTS, stateIn(callback)),
    }),
  });
  equal(response.status, 200, "the code is good once");
}

/** A callback with other parameters in the place of its own. */
function changed(callback, parameters) {
  const url = new URL(callback);
  for (const name of [...url.searchParams.keys()])
    if (name in parameters && parameters[name] === null) url.searchParams.delete(name);
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return url.href;
}

/** By what is wrong: the outcome, and how the tab gets to such an address. `sent`: the service is asked, and refuses. */
const CASES = {
  "the player says no": ["access_denied", (w, tab, options) => w.begun(tab, options, "deny")],
  ...Object.fromEntries(
    ["invalid_scope", "server_error", "temporarily_unavailable", "something_else"].map((error) => [
      `the service answers ${error}`,
      [error, async (w, tab, options) => changed(await w.begun(tab, options), { code: null, error })],
    ]),
  ),
  "somebody else's state": [
    "state_mismatch",
    async (w, tab, options) => changed(await w.begun(tab, options), { state: "theirs" }),
  ],
  "no state": ["state_missing", async (w, tab, options) => changed(await w.begun(tab, options), { state: null })],
  "another issuer": [
    "issuer_mismatch",
    async (w, tab, options) => changed(await w.begun(tab, options), { iss: "https://evil.example" }),
  ],
  "begun eleven minutes ago": [
    "login_expired",
    async (w, tab, options) => {
      const callback = await w.begun(tab, options);
      await tab.run(age, SLOTS, 660);
      return callback;
    },
  ],
  "a code that was used": [
    "invalid_grant",
    async (w, tab, options) => {
      const callback = await w.begun(tab, options);
      await spend(w, tab, options, callback);
      return callback;
    },
    { sent: true },
  ],
  "a code that is too old for the service": [
    "invalid_grant",
    async (w, tab, options) => {
      await w.control.seed({ codeSeconds: 0 });
      const callback = await w.begun(tab, options);
      await w.control.seed({ codeSeconds: 60 });
      return callback;
    },
    { sent: true },
  ],
  "a code that the service never gave": [
    "invalid_grant",
    async (w, tab, options) => changed(await w.begun(tab, options), { code: "unheard-of" }),
    { sent: true },
  ],
};

async function checkCase(w, tab, options, name) {
  const [expected, way, { sent = false } = {}] = CASES[name];
  const callback = await way(w, tab, options);
  await w.control.clearLog();
  await tab.goto(callback);
  const told = await w.handle(tab, options);
  deepEqual([told.class, told.error], ["AuthError", expected], name);
  equal(await tab.url(), `${w.site.url}/callback`, `${name}: address`);
  deepEqual(await w.codes(), sent ? [codeIn(callback)] : [], `${name}: codes sent`);
  ok(!told.message.includes(codeIn(callback) ?? "no code"), `${name}: the error doesn't show the code`);
  if (expected === "state_missing") match(told.message, /nobody has recorded that this service does/, name);
  deepEqual(await w.handle(tab, options), { value: null }, `${name}: once`);
  await w.works(tab, options, name);
}

export function callbacks(check) {
  for (const [way, optionsOf] of [
    ["by the page", (w) => w.byPage({ storage: "local" })],
    ["through the worker", (w) => w.byWorker()],
  ]) {
    check(`answers that aren't taken, ${way}: whoever was signed in stays so`, async (w) => {
      const options = optionsOf(w);
      const tab = await w.open();
      const callback = await w.back(tab, options);
      deepEqual(await w.handle(tab, options), FINISHED, "outcome");
      await tab.goto(callback);
      equal((await w.handle(tab, options)).error, "state_mismatch", "the same callback again");
      await w.works(tab, options, "the same callback again");
      deepEqual(await w.codes(), [codeIn(callback)], "codes sent");
      for (const name of Object.keys(CASES)) await checkCase(w, tab, options, name);
    });
  }

  check("the player says no by hand", { smoke: true }, async (w) => {
    const options = w.byPage();
    const tab = await w.first("/start");
    await w.comeBack(tab, options, "deny");
    const told = await w.handle(tab, options);
    deepEqual([told.class, told.error], ["AuthError", "access_denied"], "outcome");
    deepEqual(await w.kept(tab), { session: [], local: [] }, "what is kept");
    // Asked anew, the player may say yes.
    await w.comeBack(tab, options);
    deepEqual(await w.handle(tab, options), FINISHED, "outcome");
    await w.works(tab, options);
  });

  check("a service that sends no state, and one that sends its issuer", async (w) => {
    const options = w.byPage();
    const tab = await w.open();
    await w.control.seed({ echoState: false });
    await w.back(tab, options);
    equal((await w.handle(tab, options)).error, "state_missing", "without state");
    await w.control.seed({ echoState: true, issuer: options.authUrl });
    match(await w.back(tab, options), /[?&]iss=/, "callback");
    deepEqual(await w.handle(tab, options), FINISHED, "its own issuer");
    equal((await w.codes()).length, 1, "codes sent");
  });

  check("the address keeps what is the page's own, and its history's state", async (w) => {
    const options = w.byPage();
    const tab = await w.open();
    const callback = new URL(await w.begun(tab, options));
    callback.searchParams.append("theme", "dark");
    callback.hash = "part";
    await tab.goto(callback.href);
    // Before anything is waited for.
    const at = await tab.run((options) => {
      history.replaceState({ mine: 1 }, "");
      globalThis.made = globalThis.makeClient(options);
      globalThis.begun = globalThis.outcome(globalThis.made.client.handleRedirect());
      return { address: location.href, state: history.state, slots: sessionStorage.length };
    }, options);
    deepEqual(at, { address: `${w.site.url}/callback?theme=dark#part`, state: { mine: 1 }, slots: 0 }, "at once");
    deepEqual(await tab.run(() => globalThis.begun), FINISHED, "outcome");
  });
}
