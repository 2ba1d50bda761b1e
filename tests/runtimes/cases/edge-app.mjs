// createEdge: an app that acts by its own credentials, and its clients.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { turn } from "../gate.mjs";
import { leaks } from "../leaks.mjs";
import { newApp } from "../new-app.mjs";
import { tokenRequests } from "../sign-in.mjs";

const ROUTE = "/admin/players";

/** The app at the sandbox, as options of createEdge. */
const serviceOf = (t) => ({ apiUrl: t.sandbox.apiUrl, authUrl: t.sandbox.authUrl });

/** A new app: what createEdge makes of it, its options, and how its errors are checked. */
async function appOf(t, more = {}) {
  const options = { ...serviceOf(t), ...(await newApp(t.control)), ...more };
  return {
    options,
    edge: t.edge.createEdge(options),
    /** Errors of it are of that kind, and show no secret. */
    checkError(error, expected) {
      t.checkError(error, expected);
      ok(!leaks(error, options.clientSecret), "the error shows no secret");
    },
  };
}

const works = async (client) => ok(Array.isArray((await client.get(ROUTE)).data), "players");

const timesAsked = async (t) => (await tokenRequests(t)).length;

const outage = (t, count) => t.control.fail({ path: "/auth/token", status: 503, count });

/** How a token request can fail: what the sandbox's fault is. */
const TOKEN_FAULTS = [
  { status: 204 },
  { status: 304 },
  { status: 200, body: "" },
  { status: 200, body: {} },
  { status: 200, body: { access_token: 7 } },
  { status: 302, headers: { location: "/elsewhere" } },
  { status: 400, body: { error: "invalid_scope", error_description: "There is no such scope" } },
  { status: 401, body: { error: "client_auth_fail", error_description: "The secret is wrong" } },
  { status: 404, body: "nothing here" },
  { status: 429, headers: { "retry-after": "7" } },
  { status: 500 },
  { status: 503, body: "<html>" },
  { drop: "body" },
  { drop: "connection" },
];

/** A namespace with a broker of our own, which keeps what it is given. */
function brokerOf(t) {
  const kept = new Map();
  const storage = {
    get: async (key) => kept.get(key),
    put: async (key, value) => void kept.set(key, value),
    delete: async (key) => kept.delete(key),
  };
  const broker = new t.edge.TokenBroker({ storage });
  return { idFromName: (name) => name, get: () => ({ fetch: (url, init) => broker.fetch(new Request(url, init)) }) };
}

const cases = [
  {
    name: "its client calls as the app, with one token for many calls at once",
    async run(t) {
      const { edge, options } = await appOf(t);
      const client = edge.client();
      await Promise.all(Array.from({ length: 20 }, () => works(client)));
      const [asked, ...more] = await tokenRequests(t);
      deepEqual(more, [], "further token requests");
      const { clientId, clientSecret } = options;
      deepEqual(
        asked.fields,
        { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret },
        "token request",
      );
      deepEqual(asked.query, {}, "its query");
      for (const call of await t.calls()) match(call.headers.authorization, /^Bearer \S+$/, "authorization");
      equal(client.claims(), undefined, "claims");
    },
  },
  {
    name: "clients for players share its token",
    async run(t) {
      const { edge } = await appOf(t);
      await works(edge.client());
      const profile = await edge.client({ playerId: "johny" }).get("/runtime/player");
      equal(profile.id, "johny", "player");
      equal(await edge.client({ playerId: "mara" }).getToken(), await edge.client().getToken(), "token");
      equal(await timesAsked(t), 1, "token requests");
    },
  },
  {
    name: "scope is asked for, as text and as a list",
    async run(t) {
      for (const scope of ["player.runtime.read", ["player.runtime.read"]]) {
        const { edge } = await appOf(t, { scope });
        await t.control.clearLog();
        await edge.client().getToken();
        const [asked] = await tokenRequests(t);
        equal(asked.fields.scope, "player.runtime.read", "scope");
      }
    },
  },
  {
    name: "an error that comes through a broker is the service's own, as without one",
    async run(t) {
      const endOf = async (fault, broker) => {
        const { edge, checkError } = await appOf(t, { broker, retry: { limit: 0 } });
        await t.control.fail({ path: "/auth/token", ...fault });
        const error = await failure(() => edge.client().getToken());
        await t.control.clearFaults();
        checkError(error, {});
        const { name, code, message, status, retryable } = error;
        return { name, code, message, status, retryable };
      };
      for (const fault of TOKEN_FAULTS) {
        deepEqual(await endOf(fault, brokerOf(t)), await endOf(fault), JSON.stringify(fault));
      }
      const ends = [await endOf({ status: 204 }, brokerOf(t)), await endOf({ drop: "connection" }, brokerOf(t))];
      deepEqual(ends.map(({ retryable }) => retryable), [false, true], "whether it may work later");
    },
  },
  {
    name: "a wrong secret: client_auth_fail, asked for once in a while only, and nothing shows it",
    async run(t) {
      const wrong = "another-secret-not-a-real-secret";
      const { edge, checkError } = await appOf(t, { clientSecret: wrong });
      const expected = { name: "AuthError", code: "client_auth_fail", status: 401 };
      const client = edge.client();
      for (let time = 0; time < 20; time++) checkError(await failure(() => client.get(ROUTE)), expected);
      equal(await timesAsked(t), 1, "token requests within the cool-down");
      await turn(1_050);
      checkError(await failure(() => client.get(ROUTE)), expected);
      equal(await timesAsked(t), 2, "token requests after it");
      deepEqual(await t.calls(), [], "calls");
    },
  },
  {
    name: "a token request that fails twice is made again",
    async run(t) {
      const { edge } = await appOf(t);
      await outage(t, 2);
      await works(edge.client());
      equal(await timesAsked(t), 3, "token requests");
    },
  },
  {
    name: "a token request that goes on failing: its error, with the status",
    async run(t) {
      const { edge, checkError } = await appOf(t);
      await outage(t, 3);
      const error = await failure(() => edge.client().get(ROUTE));
      checkError(error, { name: "AuthError", code: "temporarily_unavailable", status: 503 });
      equal(error.retryable, true, "retryable");
      equal(await timesAsked(t), 3, "token requests");
    },
  },
  {
    name: "a token endpoint that isn't reached: network_error",
    async run(t) {
      const fetch = () => Promise.reject(new TypeError("no network"));
      const { edge, checkError } = await appOf(t, { fetch, retry: 0 });
      const error = await failure(() => edge.client().get(ROUTE));
      checkError(error, { name: "NetworkError", code: "network_error", message: /token endpoint/ });
    },
  },
  {
    name: "what fetch throws shows no secret, whatever it saw",
    async run(t) {
      const fetch = (url, { body }) => Promise.reject(new TypeError(`can't send ${body} to ${url}`));
      const { edge, checkError } = await appOf(t, { fetch, retry: 0, clientSecret: "a secret/with+signs" });
      checkError(await failure(() => edge.client().get(ROUTE)), { name: "NetworkError" });
    },
  },
  {
    name: "a service that answers with what it got: the error shows no secret",
    async run(t) {
      const fetch = async (url, { body }) =>
        Response.json({ error: "server_error", error_description: `what is ${body}?` }, { status: 400 });
      const { edge, checkError } = await appOf(t, { fetch });
      checkError(await failure(() => edge.client().get(ROUTE)), {
        name: "AuthError",
        code: "server_error",
        status: 400,
      });
    },
  },
  {
    name: "a revoked token is replaced",
    async run(t) {
      const { edge, options } = await appOf(t);
      await works(edge.client());
      await t.control.revoke({ client_id: options.clientId });
      await works(edge.client());
      equal(await timesAsked(t), 2, "token requests");
    },
  },
  {
    name: "apps with one storage share the token in it, and apps with other credentials don't",
    async run(t) {
      const storage = t.edge.memoryStorage();
      const { options } = await appOf(t, { storage });
      for (let time = 0; time < 3; time++) await works(t.edge.createEdge(options).client());
      equal(await timesAsked(t), 1, "token requests");
      await works((await appOf(t, { storage })).edge.client());
      equal(await timesAsked(t), 2, "token requests of two apps");
    },
  },
  {
    name: "a storage holds no secret, neither in keys nor in records",
    async run(t) {
      const held = [];
      const storage = {
        load: (key) => void held.push(key),
        store: (key, token) => void held.push(key, token),
        remove: (key) => void held.push(key),
      };
      const { edge, options } = await appOf(t, { storage });
      await works(edge.client());
      const text = JSON.stringify(held);
      ok(text.includes("access_token"), "the token is stored");
      for (const hidden of [options.clientSecret, options.clientId])
        ok(!text.includes(hidden), "neither id nor secret is");
    },
  },
  {
    name: "the end of one client is no other's",
    async run(t) {
      const { edge } = await appOf(t);
      const [first, second] = [edge.client(), edge.client()];
      await works(first);
      first.dispose();
      const error = await failure(() => first.get(ROUTE));
      t.checkError(error, { name: "ConfigError", code: "disposed" });
      await works(second);
      await works(edge.client());
      equal((await edge.ensurePlayer({ id: "johny" })).created, false, "created");
      equal(await timesAsked(t), 1, "token requests");
    },
  },
  {
    name: "dispose ends what is under way, and nothing of others",
    async run(t) {
      const { edge } = await appOf(t);
      const [first, second] = [edge.client(), edge.client()];
      await works(second);
      await t.control.fail({ path: "/v2/admin", delay: 1_000, count: 2 });
      const ended = failure(() => first.get(ROUTE));
      const other = works(second);
      await turn(100);
      first.dispose();
      t.checkError(await ended, { name: "ConfigError", code: "disposed" });
      await other;
    },
  },
  {
    name: "logout forgets the token, in storage too; the next call asks for another",
    async run(t) {
      const storage = t.edge.memoryStorage();
      const { edge, options } = await appOf(t, { storage });
      const client = edge.client();
      await works(client);
      await client.logout();
      await works(t.edge.createEdge(options).client());
      equal(await timesAsked(t), 2, "token requests");
      await works(client);
    },
  },
  {
    name: "events tell of tokens and retries, without a token",
    async run(t) {
      const { edge } = await appOf(t);
      const client = edge.client();
      const heard = [];
      for (const type of ["token", "retry"]) client.on(type, (event) => heard.push(event));
      await t.control.fail({ path: "/v2/admin", status: 503, count: 1 });
      await works(client);
      deepEqual(
        heard.map(({ type, reason, code }) => reason ?? code),
        ["initial", "temporarily_unavailable"],
        "events",
      );
      ok(!leaks(heard, await client.getToken()), "they show no token");
    },
  },
  {
    name: "methods can be passed on detached",
    async run(t) {
      const { edge } = await appOf(t);
      const { client, ensurePlayer } = edge;
      const { get, getToken, dispose } = client();
      ok(Array.isArray((await get(ROUTE)).data), "players");
      match(await getToken(), /^\S+$/, "token");
      equal((await ensurePlayer({ id: "mara" })).player.id, "mara", "player");
      dispose();
    },
  },
  {
    name: "it shows no secret, and what its owner changes later is not its own",
    async run(t) {
      const { edge, options } = await appOf(t);
      for (const shown of [edge, edge.client()]) {
        ok(!leaks({ shown, text: String(shown) }, options.clientSecret), "it shows no secret");
        deepEqual(
          Object.keys(shown).filter((name) => typeof shown[name] !== "function"),
          [],
          "members",
        );
      }
      options.clientSecret = "changed";
      await works(edge.client());
    },
  },
  {
    name: "getToken({ refresh: true }) gives another one",
    async run(t) {
      const { edge } = await appOf(t);
      const first = await edge.client().getToken();
      const second = await edge.client().getToken({ refresh: true });
      ok(first !== second, "it is another one");
      equal(await edge.client().getToken(), second, "and stays");
      equal(await timesAsked(t), 2, "token requests");
    },
  },
  {
    name: "ensurePlayer creates a player once, and gives them from then on",
    async run(t) {
      const { edge } = await appOf(t);
      for (const player of [
        { id: "new-one", alias: "New One", email: "new@example.test" },
        { id: "a/b %2e", alias: "Odd" },
      ]) {
        const first = await edge.ensurePlayer(player);
        deepEqual(
          [first.created, first.player.id, first.player.alias],
          [true, player.id, player.alias],
          "the first time",
        );
        const second = await edge.ensurePlayer({ ...player, alias: "Somebody else" });
        deepEqual([second.created, second.player.alias], [false, player.alias], "the second time");
      }
    },
  },
  {
    name: "ensurePlayer says that v1 gives no player by its id, and asks nothing",
    async run(t) {
      const { edge } = await appOf(t, { version: "v1" });
      const expected = { name: "ConfigError", code: "unsupported_version", message: /ensurePlayer/ };
      await t.refuses(() => edge.ensurePlayer({ id: "new-one" }), expected);
    },
  },
  {
    name: "ensurePlayer refuses an id with half of a surrogate pair",
    async run(t) {
      const { edge } = await appOf(t);
      await t.refuses(() => edge.ensurePlayer({ id: "a\ud800" }), { name: "ConfigError", code: "invalid_option", message: /`id`/ });
    },
  },
  {
    name: "ensurePlayer twenty times at once: one player, created once",
    async run(t) {
      const { edge } = await appOf(t);
      const all = await Promise.all(
        Array.from({ length: 20 }, () => edge.ensurePlayer({ id: "raced", alias: "Raced" })),
      );
      equal(all.filter(({ created }) => created).length, 1, "times it was created");
      deepEqual([...new Set(all.map(({ player }) => player.id))], ["raced"], "players");
    },
  },
  {
    name: "ensurePlayer when its creation got lost on the way: made again, and there is one",
    async run(t) {
      const { edge } = await appOf(t);
      await edge.client().getToken();
      await t.control.fail({ method: "POST", path: "/v2/admin/players", drop: "body", count: 1 });
      const ensured = await edge.ensurePlayer({ id: "lost", alias: "Lost" });
      equal(ensured.player.id, "lost", "player");
    },
  },
];

export const edgeAppCases = cases.map(({ name, run }) => ({ name: `createEdge: ${name}`, needs: "edge", run }));
