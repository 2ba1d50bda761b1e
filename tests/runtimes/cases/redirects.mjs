// Redirects to another origin, whose own log tells what reached it: nothing of ours.

import { deepEqual, equal, failure, ok } from "../../lib/assert.mjs";
import { nowSeconds } from "../forge.mjs";
import { signIn, signedIn } from "../sign-in.mjs";
import { allowHeaders } from "./hooks.mjs";

const ROUTE = "/runtime/player";
const PLAY = "/runtime/actions/collect/play";
const STATUSES = [301, 302, 303, 307, 308];
const VARIABLE = "tell-nobody";

// What a browser or a server sends by itself, with every request.
const THEIR_OWN = [
  /^(host|connection|accept|accept-encoding|accept-language|user-agent|origin|pragma|cache-control|dnt|priority)$/,
  /^sec-/,
  /^access-control-request-/,
  /^content-length$/,
  /^upgrade-insecure-requests$/,
];

async function elsewhere(t, method = "GET") {
  const response = await fetch(`${t.elsewhere}/log`, { method });
  return (await response.json()).calls;
}

/** Nothing of `secrets`, no query, no body and no header of ours reached the other origin. */
async function checkNothingArrived(t, secrets) {
  for (const call of await elsewhere(t)) {
    equal(call.body, "", "body");
    equal(call.url, "/stolen", "path and query");
    const ours = Object.keys(call.headers).filter((name) => !THEIR_OWN.some((pattern) => pattern.test(name)));
    deepEqual(ours, [], "headers of ours");
    const whole = JSON.stringify(call);
    for (const secret of [...secrets, "x-app", VARIABLE])
      ok(!whole.includes(secret) && !whole.includes(encodeURIComponent(secret)), "a trace of ours");
  }
}

// Browsers keep a 301 for later, unless they are told not to.
const lead = (t, status, more) =>
  t.control.fail({
    count: 1,
    status,
    headers: { location: `${t.elsewhere}/stolen`, "cache-control": "no-store" },
    ...more,
  });

const CALLS = {
  GET: (client) => client.get(ROUTE, { query: { text: VARIABLE } }),
  POST: (client) => client.post(PLAY, { variables: { text: VARIABLE } }),
};

// The kinds of credential, and where each is sent.
const CREDENTIALS = {
  "a JWT": { make: (t) => t.jwt(), tokenIn: "query" },
  "a token in the query": { make: (t) => t.accessToken("sandbox-app"), tokenIn: "query" },
  "a token in the header": { make: (t) => t.accessToken("sandbox-app"), tokenIn: "header" },
};

async function staysHere(t, { method, make, tokenIn, headers }) {
  await t.control.seed({ allowAuthorization: true });
  const token = await make(t);
  for (const status of STATUSES) {
    if (headers) await allowHeaders(t, "authorization, content-type, x-app");
    await elsewhere(t, "DELETE");
    await lead(t, status, { method });
    const client = t.client({ token, tokenIn, headers, playerId: "johny", retry: 0 });
    // A page follows a GET that carries nothing with it: then the other origin's answer is what it gets.
    const followed = await CALLS[method](client).catch((error) => error);
    await checkNothingArrived(t, [token, "johny"]);
    if (t.place === "page" && method === "GET" && tokenIn === "query" && !headers) continue;
    ok(t.pkg.isPlayoffError(followed), `an error of ours, not ${followed}`);
    deepEqual(await elsewhere(t), [], "what reached the other origin");
    equal((await t.calls()).filter((call) => call.status === status).length, 1, `redirects with status ${status}`);
  }
}

export const redirectCases = [
  {
    name: "redirects: the other origin writes down what reaches it",
    async run(t) {
      await elsewhere(t, "DELETE");
      await fetch(`${t.elsewhere}/stolen?a=1`, { method: "POST", body: "b" });
      const [call] = await elsewhere(t);
      deepEqual([call.method, call.url, call.body], ["POST", "/stolen?a=1", "b"], "what came");
    },
  },
  ...Object.keys(CALLS).flatMap((method) =>
    Object.entries(CREDENTIALS).flatMap(([title, credential]) =>
      [undefined, { "x-app": "quiz" }].map((headers) => ({
        name: `redirects: a ${method} with ${title}${headers ? " and a header of the caller's" : ""}`,
        run: (t) => staysHere(t, { method, headers, ...credential }),
      })),
    ),
  ),
  {
    name: "redirects: of the token endpoint, which gets a refresh token",
    async run(t) {
      const { refresh_token } = await signIn(t);
      await elsewhere(t, "DELETE");
      for (const status of STATUSES) {
        await t.control.clearLog();
        await lead(t, status, { path: "/auth/token", method: "POST" });
        const record = { access_token: "ended", refresh_token, expires_at: nowSeconds() - 10 };
        const error = await failure(() => signedIn(t, record, { headers: { "x-app": "quiz" } }).get(ROUTE));
        ok(t.pkg.isPlayoffError(error), `an error of ours, not ${error}`);
        deepEqual(await elsewhere(t), [], "what reached the other origin");
        deepEqual(await t.calls(), [], "calls that the sandbox got");
        equal((await t.control.log()).length, 1, "token requests that the sandbox got");
      }
    },
  },
  {
    name: "redirects: within the service's own origin, a GET is followed",
    // A page follows by itself, without its token: what it gets then is refused.
    except: "page",
    async run(t) {
      const location = "/v2/runtime/player?player_id=johny";
      for (const { make, tokenIn } of Object.values(CREDENTIALS)) {
        const client = t.client({ token: await make(t), tokenIn, playerId: "johny" });
        await t.control.fail({ count: 1, status: 307, headers: { location }, method: "GET", path: "/v2/runtime/moved" });
        deepEqual(await client.get("/runtime/moved"), await t.profile(), `profile by ${tokenIn}`);
      }
    },
  },
];
