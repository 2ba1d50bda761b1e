// Refresh tokens, at the sandbox's own token endpoint.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { nowSeconds } from "../forge.mjs";
import { leaks } from "../leaks.mjs";
import { signIn, signedIn, tokenRequests } from "../sign-in.mjs";

/** A storage of one token, which the case sees. */
function openStorage() {
  const box = { token: null };
  const storage = {
    load: () => box.token,
    store: (key, token) => void (box.token = { ...token }),
    remove: () => void (box.token = null),
  };
  return { box, storage };
}

/** The signed-in player's first record, and a client that begins with it. */
async function begin(t, options) {
  const record = await signIn(t);
  await t.control.clearLog();
  return { record, client: signedIn(t, record, options) };
}

/** A client whose access token has ended, so that its first call refreshes. */
async function beginEnded(t, options) {
  const { refresh_token } = await signIn(t);
  await t.control.clearLog();
  const record = { access_token: "ended-access-token", refresh_token, expires_at: nowSeconds() - 10 };
  return { record, client: signedIn(t, record, options) };
}

export const refreshCases = [
  {
    name: "refresh: by rotation, again and again; storage always has the newest",
    async run(t) {
      const { box, storage } = openStorage();
      const { record, client } = await begin(t, { storage });
      const told = [];
      client.on("token", (event) => told.push(event));
      await t.works(client);
      let live = record;
      for (const round of [1, 2, 3]) {
        await t.control.expire({ access_token: live.access_token });
        await t.works(client);
        const asked = await tokenRequests(t);
        equal(asked.length, round, "renewals");
        const { fields, headers } = asked.at(-1);
        deepEqual(
          fields,
          { grant_type: "refresh_token", client_id: "sandbox-public", refresh_token: live.refresh_token },
          "fields",
        );
        match(headers["content-type"], /^application\/x-www-form-urlencoded/, "content type");
        const [newest] = await t.control.tokens();
        deepEqual(
          [box.token.access_token, box.token.refresh_token],
          [newest.access_token, newest.refresh_token],
          "stored tokens",
        );
        ok(box.token.refresh_token !== live.refresh_token, "another refresh token");
        live = box.token;
      }
      deepEqual(
        told.map((event) => event.reason),
        ["refused", "refused", "refused"],
        "reasons of the events",
      );
    },
  },
  {
    name: "refresh: before the token ends, without a refused call",
    async run(t) {
      const { client } = await beginEnded(t);
      await t.works(client);
      equal((await tokenRequests(t)).length, 1, "renewals");
      deepEqual(
        (await t.calls()).map((call) => call.status),
        [200],
        "statuses",
      );
    },
  },
  {
    name: "refresh: a second client goes on with what the first one stored",
    async run(t) {
      const { box, storage } = openStorage();
      const { record, client } = await beginEnded(t, { storage });
      await t.works(client);
      // It was given the old record, too.
      const second = signedIn(t, record, { storage });
      await t.works(second);
      equal((await tokenRequests(t)).length, 1, "renewals");
      await t.control.expire({ access_token: box.token.access_token });
      await t.works(second);
      const asked = await tokenRequests(t);
      equal(asked.length, 2, "renewals");
      ok(asked[1].fields.refresh_token !== record.refresh_token, "the stored refresh token was sent");
    },
  },
  {
    name: "refresh: what one client renewed, another one with the same storage uses",
    async run(t) {
      const { storage } = openStorage();
      const { record, client } = await begin(t, { storage });
      const other = signedIn(t, record, { storage });
      await t.works(client);
      await t.works(other);
      await t.control.expire({ access_token: record.access_token });
      await t.works(client);
      await t.works(other);
      await t.works(client);
      equal((await tokenRequests(t)).length, 1, "renewals");
    },
  },
  {
    name: "refresh: an answer without a new refresh token keeps the old one",
    async run(t) {
      const { box, storage } = openStorage();
      const asked = [];
      // The sandbox always gives a new one, so somebody else answers for it.
      const fetchInstead = async (url, init) => {
        if (!url.endsWith("/auth/token")) return fetch(url, init);
        asked.push(new URLSearchParams(init.body).get("refresh_token"));
        return Response.json({ access_token: await t.jwt({ expiresIn: 3600 + asked.length }), expires_in: 3600 });
      };
      const record = { access_token: "ended", refresh_token: "the-only-one", expires_at: nowSeconds() - 10 };
      const client = signedIn(t, record, { storage, fetch: fetchInstead });
      await t.works(client);
      equal(box.token.refresh_token, "the-only-one", "stored refresh token");
      await t.control.revoke({ access_token: box.token.access_token });
      await t.works(client);
      deepEqual(asked, ["the-only-one", "the-only-one"], "refresh tokens as sent");
      equal(box.token.refresh_token, "the-only-one", "stored refresh token");
    },
  },
  {
    name: "refresh: no scope is asked for, since less may have been granted",
    async run(t) {
      const { refresh_token } = await signIn(t);
      await t.control.clearLog();
      const token = { access_token: "ended", refresh_token, expires_at: nowSeconds() - 10 };
      const login = { clientId: "sandbox-public", scope: ["player.runtime.read", "player.runtime.write"] };
      await t.works(t.client({ token, login }));
      const [{ fields }] = await tokenRequests(t);
      equal(fields.scope, undefined, "scope");
    },
  },
  {
    name: "refresh: a refused refresh token is the end of the sign-in",
    async run(t) {
      const { box, storage } = openStorage();
      const { record, client } = await begin(t, { storage });
      const told = [];
      client.on("signedOut", (event) => told.push(event.reason));
      await t.works(client);
      await t.control.expire({ access_token: record.access_token });
      await t.works(client);
      const { access_token, refresh_token } = box.token;
      await t.control.revoke({ access_token });
      const error = await failure(() => client.get("/runtime/player"));
      t.checkError(error, { name: "AuthError", code: "invalid_grant", status: 400, message: /refresh token/ });
      for (const secret of [access_token, refresh_token]) ok(!leaks(error, secret), "the error shows no token");
      deepEqual(told, ["refused"], "reasons of signing out");
      equal(box.token, null, "stored token");
      await t.control.clearLog();
      const later = await failure(() => client.get("/runtime/player"));
      t.checkError(later, { name: "AuthError", code: "token_missing" });
      deepEqual(await t.control.log(), [], "what the sandbox got afterwards");
    },
  },
  {
    name: "refresh: a refused refresh token, and the callback is asked in its place",
    async run(t) {
      const record = await signIn(t);
      await t.control.clearLog();
      let asked = 0;
      const client = t.client({
        login: { clientId: "sandbox-public" },
        token: () => ((asked += 1), asked === 1 ? record : t.jwt()),
      });
      const told = [];
      client.on("signedOut", (event) => told.push(event.reason));
      await t.works(client);
      await t.control.revoke({ access_token: record.access_token });
      await t.works(client);
      equal(asked, 2, "times asked");
      equal((await tokenRequests(t)).length, 1, "renewals by refresh token");
      deepEqual(told, [], "reasons of signing out");
    },
  },
  {
    name: "refresh: isn't tried again by itself when the service is out",
    async run(t) {
      const { record, client } = await beginEnded(t);
      await t.control.fail({ count: 9, path: "/auth/token", status: 503 });
      const error = await failure(() => client.get("/runtime/player"));
      t.checkError(error, { name: "AuthError", code: "temporarily_unavailable", status: 503, message: /./ });
      equal(error.retryable, true, "retryable");
      ok(!leaks(error, record.refresh_token), "the error shows no token");
      equal((await tokenRequests(t)).length, 1, "renewals");
      deepEqual(await t.calls(), [], "calls");
      await t.control.clearFaults();
      await t.worksSoon(client);
    },
  },
  {
    name: "refresh: isn't tried again by itself when the answer breaks off",
    async run(t) {
      const { record, client } = await beginEnded(t);
      await t.control.fail({ count: 1, path: "/auth/token", drop: "body" });
      const error = await failure(() => client.get("/runtime/player"));
      t.checkError(error, { name: "NetworkError", code: "network_error", message: /broke off/ });
      ok(!leaks(error, record.refresh_token), "the error shows no token");
      equal((await tokenRequests(t)).length, 1, "renewals");
    },
  },
  {
    name: "refresh: a token endpoint that repeats what it got doesn't get it into the error",
    async run(t) {
      const { record, client } = await beginEnded(t);
      const { refresh_token } = record;
      const body = { error: "invalid_request", error_description: `no ${refresh_token}`, data: { refresh_token } };
      await t.control.fail({ count: 1, path: "/auth/token", status: 400, body });
      const error = await failure(() => client.get("/runtime/player"));
      t.checkError(error, { name: "AuthError", code: "invalid_request", status: 400, message: /\[redacted\]/ });
      ok(!leaks(error, refresh_token), "the error shows no token");
    },
  },
  {
    name: "refresh: getToken renews when asked to",
    async run(t) {
      const { record, client } = await begin(t);
      equal(await client.getToken(), record.access_token, "the token at hand");
      const other = await client.getToken({ refresh: true });
      ok(other !== record.access_token, "another token");
      equal(await client.getToken(), other, "the token at hand");
      equal((await tokenRequests(t)).length, 1, "renewals");
    },
  },
  {
    name: "refresh: logout forgets the refresh token, too",
    async run(t) {
      const { box, storage } = openStorage();
      const { client } = await beginEnded(t, { storage });
      await t.works(client);
      await client.logout();
      equal(box.token, null, "stored token");
      await t.control.clearLog();
      const error = await failure(() => client.get("/runtime/player"));
      t.checkError(error, { name: "AuthError", code: "token_missing" });
      deepEqual(await t.control.log(), [], "what the sandbox got afterwards");
    },
  },
];
