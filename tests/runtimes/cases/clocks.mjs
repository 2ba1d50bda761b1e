// Clocks that are wrong, and renewals that fail while there is still time.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { withClock } from "../clock.mjs";
import { PLAYER, SCOPES } from "../context.mjs";
import { forgeJWT, nowSeconds } from "../forge.mjs";
import { leaks } from "../leaks.mjs";
import { signIn, signedIn, tokenRequests } from "../sign-in.mjs";

const TEN_MINUTES = 600;

/** A JWT of the service's own time: it begins now and lasts for so long. */
function jwtOf(t, offset, { lasts, iat }) {
  const begins = nowSeconds() + offset;
  const claims = { player_id: PLAYER, scopes: SCOPES, exp: begins + lasts };
  return forgeJWT(t.keys(), iat ? { ...claims, iat: begins } : claims);
}

// How the client learns of a token's life, whose clock is not its own.
const LIVES = {
  "a JWT with `iat`": (t, offset) => t.client({ token: () => jwtOf(t, offset, { lasts: 300, iat: true }) }),
  "a JWT without `iat`, and `expires_in`": (t, offset) =>
    t.client({
      token: async () => ({ access_token: await jwtOf(t, offset, { lasts: 300, iat: false }), expires_in: 300 }),
    }),
  "a token of the token endpoint": async (t) => signedIn(t, await signIn(t)),
};

const WAYS = { ahead: TEN_MINUTES, behind: -TEN_MINUTES };

export const clockCases = [
  ...Object.entries(LIVES).flatMap(([title, make]) =>
    Object.entries(WAYS).map(([way, offset]) => ({
      name: `clock: the service's is ten minutes ${way}; ${title}`,
      async run(t) {
        await t.control.clock(offset);
        const client = await make(t, offset);
        await t.works(client);
        await t.works(client);
        equal((await t.calls()).length, 2, "calls, none of them refused");
      },
    })),
  ),
  ...Object.entries(WAYS).map(([way, offset]) => ({
    name: `clock: the service's is ten minutes ${way}; a refreshed token`,
    async run(t) {
      await t.control.clock(offset);
      const { refresh_token } = await signIn(t);
      const client = signedIn(t, { access_token: "ended", refresh_token, expires_at: nowSeconds() - 10 });
      await t.works(client);
      await t.works(client);
      equal((await tokenRequests(t)).length, 2, "the sign-in and one renewal");
      equal((await t.calls()).length, 2, "calls, none of them refused");
    },
  })),
  {
    name: "clock: ten minutes ahead of the service's, a given JWT with `iat` is sent all the same",
    async run(t) {
      await t.control.clock(-TEN_MINUTES);
      const token = await jwtOf(t, -TEN_MINUTES, { lasts: 300, iat: true });
      await t.works(t.client({ token }));
    },
  },
  {
    name: "clock: a JWT without `iat` that the clock calls ended is refused, with a word on the clock",
    async run(t) {
      await t.control.clock(-TEN_MINUTES);
      const token = await jwtOf(t, -TEN_MINUTES, { lasts: 300, iat: false });
      for (const given of [token, () => token, { access_token: token }, async () => ({ access_token: token })]) {
        await t.refuses(
          () => t.client({ token: given }).get("/runtime/player"),
          { name: "AuthError", code: "token_expired", message: /ended \d+ seconds ago.*clock/ },
          [token],
        );
      }
    },
  },
  {
    name: "clock: a clock that is set back or on while the client lives makes no call fail",
    run: (t) =>
      withClock(async (set) => {
        const client = t.client();
        for (const seconds of [0, -86_400, 86_400, 0]) {
          set(seconds);
          await t.works(client);
        }
      }),
  },
  {
    name: "margin: a renewal that fails in it leaves the old token until its end, then the error is the caller's",
    run: (t) =>
      withClock(async (set) => {
        const asked = [];
        const client = t.client({
          async token({ reason }) {
            asked.push(reason);
            if (asked.length > 1) throw new Error("the backend is down");
            return { access_token: await t.jwt({ expiresIn: 7200 }), expires_in: 3600 };
          },
        });
        await t.works(client);
        // A minute before its end.
        set(3600 - 50);
        await t.works(client);
        await t.works(client);
        deepEqual(asked, ["initial", "expired"], "renewals: one, then it is left in peace");
        set(3600 - 15);
        await t.works(client);
        equal(asked.length, 3, "renewals after the cool-down");
        // Its end.
        set(3600 + 20);
        const error = await failure(() => client.get("/runtime/player"));
        t.checkError(error, { name: "AuthError", code: "token_callback_failed", message: /the backend is down/ });
        equal((await t.calls()).length, 4, "calls that the sandbox got");
      }),
  },
  {
    name: "margin: a refresh token that can't be used in it leaves the old token, too",
    run: (t) =>
      withClock(async (set) => {
        const record = await signIn(t);
        const client = signedIn(t, record);
        await t.works(client);
        await t.control.fail({ count: 2, path: "/auth/token", status: 503 });
        set(record.expires_in - 50);
        await t.works(client);
        set(record.expires_in + 20);
        const error = await failure(() => client.get("/runtime/player"));
        t.checkError(error, { name: "AuthError", code: "temporarily_unavailable", status: 503 });
        ok(!leaks(error, record.refresh_token), "the error doesn't show the refresh token");
        match(error.message, /./, "message");
        // The clock goes on, and so does the service.
        set(record.expires_in + 60);
        await t.works(client);
      }),
  },
];
