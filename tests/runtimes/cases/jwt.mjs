// createJWT and verifyJWT.

import { deepEqual, equal, failure, match, ok } from "../../lib/assert.mjs";
import { PLAYER, SCOPES } from "../context.mjs";
import { forgeJWT, nowSeconds } from "../forge.mjs";
import { leaks } from "../leaks.mjs";

const claimsFor = (more = {}) => ({
  player_id: PLAYER,
  scopes: SCOPES,
  iat: nowSeconds(),
  exp: nowSeconds() + 600,
  ...more,
});

/** The token with the last character but one of a part changed. */
function changed(token, part) {
  const parts = token.split(".");
  const text = parts[part];
  parts[part] = text.slice(0, -2) + (text.at(-2) === "A" ? "B" : "A") + text.at(-1);
  return parts.join(".");
}

/** The token with a part of another one. */
function withPart(token, part, other) {
  const parts = token.split(".");
  parts[part] = other.split(".")[part];
  return parts.join(".");
}

// What verifyJWT is given, and its code.
const REFUSALS = {
  "a wrong secret": [(t) => t.jwt({ clientSecret: "another-secret-not-a-real-secret" }), "jwt_signature_mismatch"],
  "a changed byte of the claims": [async (t) => changed(await t.jwt(), 1), "jwt_signature_mismatch"],
  "claims of another player": [
    async (t) => withPart(await t.jwt(), 1, await t.jwt({ playerId: "boss" })),
    "jwt_signature_mismatch",
  ],
  "the signature of another token": [
    async (t) => withPart(await t.jwt(), 2, await t.jwt({ playerId: "boss" })),
    "jwt_signature_mismatch",
  ],
  "a changed byte of the signature": [async (t) => changed(await t.jwt(), 2), "jwt_signature_mismatch"],
  "an ended token": [
    (t) => forgeJWT(t.keys(), claimsFor({ iat: nowSeconds() - 7200, exp: nowSeconds() - 3600 })),
    "jwt_expired",
  ],
  "a token for another client": [(t) => t.jwt({ clientId: "another-client" }), "jwt_other_client"],
  "a token without exp": [
    (t) => forgeJWT(t.keys(), { player_id: PLAYER, scopes: SCOPES, iat: nowSeconds() }),
    "jwt_no_expiry",
  ],
  "a text": [async () => "hello", "jwt_malformed"],
  "an empty text": [async () => "", "jwt_malformed"],
  "a token without its client": [async (t) => (await t.jwt()).split(":")[1], "jwt_malformed"],
  "a token of two parts": [async (t) => (await t.jwt()).split(".").slice(0, 2).join("."), "jwt_malformed"],
  "alg none": [
    async (t) => (await forgeJWT(t.keys(), claimsFor(), { alg: "none", typ: "JWT" })).replace(/[^.]*$/, ""),
    undefined,
  ],
  "another alg": [(t) => forgeJWT(t.keys(), claimsFor(), { alg: "HS512", typ: "JWT" }), undefined],
};

// What createJWT is given beside what is right, and what its error must name.
const BAD_ORDERS = {
  "no client": [{ clientId: undefined }, /clientId/],
  "no secret": [{ clientSecret: undefined }, /clientSecret/],
  "an empty secret": [{ clientSecret: "" }, /clientSecret/],
  "a client with a colon": [{ clientId: "a:b" }, /clientId/],
  "no player": [{ playerId: undefined }, /playerId/],
  "an empty player": [{ playerId: "" }, /playerId/],
  "a player that is a number": [{ playerId: 7 }, /playerId/],
  "half of a surrogate pair": [{ playerId: "a\ud800" }, /playerId/],
  "the other half, in a long id": [{ playerId: `${"a".repeat(40)}\udc00` }, /playerId/],
  "scopes that are text": [{ scopes: "player.runtime.read" }, /scopes/],
  "a scope that is a number": [{ scopes: [7] }, /scopes/],
  "a life of nothing": [{ expiresIn: 0 }, /expiresIn/],
  "a negative life": [{ expiresIn: -1 }, /expiresIn/],
  "a life that isn't a number": [{ expiresIn: Number.NaN }, /expiresIn/],
  "a life that is text": [{ expiresIn: "1h" }, /expiresIn/],
  "a life of more than a day": [{ expiresIn: 86_401 }, /expiresIn.*allowLongLifetime/s],
  "an unknown option": [{ player_id: PLAYER }, /player_id/],
};

// What verifyJWT is given beside what is right, and what its error must name.
const BAD_TERMS = {
  "no client": [{ clientId: undefined }, /clientId/],
  "an empty secret": [{ clientSecret: "" }, /clientSecret/],
  "a client with a colon": [{ clientId: "a:b" }, /clientId/],
  "a negative leeway": [{ leeway: -1 }, /leeway/],
  "a leeway that is text": [{ leeway: "1" }, /leeway/],
  "an endless maxAge": [{ maxAge: Number.POSITIVE_INFINITY }, /maxAge/],
  "an unknown option": [{ maxage: 1 }, /maxage/],
};

function order(t) {
  return { ...t.keys(), playerId: PLAYER, scopes: SCOPES, expiresIn: 600 };
}

const cases = [
  {
    name: "createJWT and verifyJWT: there and back",
    async run(t) {
      const token = t.edge.createJWT(order(t));
      equal(typeof token, "string", "a string, at once");
      match(token, /^sandbox-jwt:[\w-]+\.[\w-]+\.[\w-]+$/, "form");
      const result = t.edge.verifyJWT(token, t.keys());
      equal(result.playerId, PLAYER, "playerId");
      deepEqual(result.scopes, SCOPES, "scopes");
      equal(result.claims.exp - result.claims.iat, 600, "exp - iat");
      ok(Math.abs(result.claims.iat - nowSeconds()) <= 5, "iat is now");
      ok(result.expiresAt !== undefined, "expiresAt");
    },
  },
  {
    name: "createJWT: an hour and no scopes unless said otherwise",
    async run(t) {
      const { expiresIn, scopes, ...rest } = order(t);
      const { claims } = t.edge.verifyJWT(t.edge.createJWT(rest), t.keys());
      equal(claims.exp - claims.iat, 3600, "exp - iat");
      deepEqual(claims.scopes, [], "scopes");
    },
  },
  {
    name: "createJWT: a long life, by its loud name",
    async run(t) {
      const token = t.edge.createJWT({ ...order(t), expiresIn: 86_400 * 30, allowLongLifetime: true });
      const { claims } = t.edge.verifyJWT(token, t.keys());
      equal(claims.exp - claims.iat, 86_400 * 30, "exp - iat");
    },
  },
  {
    name: "createJWT: any text is a player",
    async run(t) {
      for (const playerId of ["ü ö", "🦀", "a\ufffd", "a/b%c", '"quoted"', "日本", "a:b.c"]) {
        equal(t.edge.verifyJWT(t.edge.createJWT({ ...order(t), playerId }), t.keys()).playerId, playerId, "playerId");
      }
    },
  },
  {
    name: "createJWT: each token has what its own call says, whatever was said before",
    async run(t) {
      const scopes = ["player.runtime.read"];
      const said = (more) => t.edge.verifyJWT(t.edge.createJWT({ ...order(t), scopes, ...more }), t.keys());
      deepEqual(said().scopes, ["player.runtime.read"], "scopes");
      scopes.push("player.runtime.write");
      deepEqual(said().scopes, ["player.runtime.read", "player.runtime.write"], "scopes of a list that grew");
      scopes[0] = "player.runtime.write";
      deepEqual(said().scopes, ["player.runtime.write", "player.runtime.write"], "scopes of a list that changed");
      deepEqual(said({ scopes: [] }).scopes, [], "no scopes");
      deepEqual(said({ scopes: null }).scopes, [], "scopes that are null");
      for (const playerId of ["a", "another player", "b"])
        equal(said({ playerId }).playerId, playerId, "playerId after a longer one");
      for (const expiresIn of [60, 61.9, 60]) {
        const { claims } = said({ expiresIn });
        equal(claims.exp - claims.iat, Math.floor(expiresIn), "exp - iat");
      }
    },
  },
  {
    name: "createJWT and verifyJWT: many clients in turn",
    async run(t) {
      const clients = Array.from({ length: 30 }, (_, index) => ({
        clientId: `client-${index % 10}`,
        clientSecret: `not-a-real-secret-${index % 15}`,
      }));
      for (const [index, keys] of [...clients, ...clients].entries()) {
        const token = t.edge.createJWT({ ...keys, playerId: PLAYER, scopes: [`scope-${index % 20}`] });
        equal(t.edge.verifyJWT(token, keys).playerId, PLAYER, "playerId");
        deepEqual(t.edge.verifyJWT(token, keys).scopes, [`scope-${index % 20}`], "scopes");
        const other = { ...keys, clientSecret: `${keys.clientSecret}-` };
        t.checkError(await failure(() => t.edge.verifyJWT(token, other)), { code: "jwt_signature_mismatch" });
      }
    },
  },
  {
    name: "createJWT and verifyJWT: players of every length, for which the memory may have to grow",
    async run(t) {
      for (const length of [1, 31, 32, 33, 2730, 2731, 8192, 3_000_000, 14])
        for (const letter of ["x", "日", '"']) {
          const playerId = letter.repeat(length);
          const token = t.edge.createJWT({ ...order(t), playerId });
          ok(t.edge.verifyJWT(token, t.keys()).playerId === playerId, `${length} times ${letter}`);
        }
    },
  },
  {
    name: "createJWT and verifyJWT: options of any form",
    async run(t) {
      const forms = {
        "without a prototype": (options) => Object.assign(Object.create(null), options),
        frozen: (options) => Object.freeze({ ...options }),
        "with a prototype": (options) => Object.assign(Object.create({ inherited: 1 }), options),
        "a proxy": (options) => new Proxy(options, {}),
        "with null and undefined": (options) => ({
          ...options,
          ...("playerId" in options
            ? { allowLongLifetime: undefined, scopes: null }
            : { leeway: undefined, maxAge: null }),
        }),
      };
      for (const [form, make] of Object.entries(forms)) {
        const token = t.edge.createJWT(make(order(t)));
        equal(t.edge.verifyJWT(token, make(t.keys())).playerId, PLAYER, form);
      }
    },
  },
  {
    name: "createJWT and verifyJWT: refuse options that are a list or a function",
    async run(t) {
      const token = t.edge.createJWT(order(t));
      for (const none of [() => [], () => () => {}]) {
        const expected = { name: "ConfigError", message: /plain object/ };
        t.checkError(await failure(() => t.edge.createJWT(Object.assign(none(), order(t)))), expected);
        t.checkError(await failure(() => t.edge.verifyJWT(token, Object.assign(none(), t.keys()))), expected);
      }
    },
  },
  {
    name: "createJWT and verifyJWT: options that throw are as if they weren't there",
    async run(t) {
      const thrown = new Error("a getter's own");
      const get = () => {
        throw thrown;
      };
      const throwing = (options, name) => Object.defineProperty({ ...options }, name, { get, enumerable: true });
      const token = t.edge.createJWT(order(t));
      for (const name of ["clientId", "clientSecret"]) {
        const message = new RegExp(name);
        const errors = [
          await failure(() => t.edge.createJWT(throwing(order(t), name))),
          await failure(() => t.edge.verifyJWT(token, throwing(t.keys(), name))),
        ];
        for (const error of errors) t.checkError(error, { name: "ConfigError", message });
      }
    },
  },
  {
    name: "createJWT: the sandbox serves its token",
    run: (t) => t.works(t.client({ token: t.edge.createJWT(order(t)) })),
  },
  {
    name: "verifyJWT: leeway takes a token that has just ended",
    async run(t) {
      const token = await forgeJWT(t.keys(), claimsFor({ iat: nowSeconds() - 600, exp: nowSeconds() - 30 }));
      t.checkError(await failure(() => t.edge.verifyJWT(token, { ...t.keys(), leeway: 0 })), {
        name: "AuthError",
        code: "jwt_expired",
      });
      equal(t.edge.verifyJWT(token, { ...t.keys(), leeway: 300 }).playerId, PLAYER, "playerId");
    },
  },
  {
    name: "verifyJWT: maxAge refuses an old token",
    async run(t) {
      const token = await forgeJWT(t.keys(), claimsFor({ iat: nowSeconds() - 500 }));
      equal(t.edge.verifyJWT(token, { ...t.keys(), maxAge: 3600 }).playerId, PLAYER, "playerId");
      t.checkError(await failure(() => t.edge.verifyJWT(token, { ...t.keys(), maxAge: 60 })), { name: "AuthError" });
    },
  },
  ...Object.entries(REFUSALS).map(([title, [make, code]]) => ({
    name: `verifyJWT: refuses ${title}`,
    async run(t) {
      const token = await make(t);
      const error = await failure(() => t.edge.verifyJWT(token, t.keys()));
      t.checkError(error, { name: "AuthError", code, message: /./ });
      match(error.code, /^jwt_/, "code");
      ok(!leaks(error, t.keys().clientSecret), "the error shows no secret");
      if (token.length > 20) ok(!leaks(error, token), "the error shows no token");
    },
  })),
  ...Object.entries(BAD_TERMS).map(([title, [change, message]]) => ({
    name: `verifyJWT: can't be given ${title}`,
    async run(t) {
      const token = t.edge.createJWT(order(t));
      const error = await failure(() => t.edge.verifyJWT(token, { ...t.keys(), ...change }));
      t.checkError(error, { name: "ConfigError", message });
    },
  })),
  ...[7, undefined, null, {}].map((token) => ({
    name: `verifyJWT: can't be given ${JSON.stringify(token)}`,
    async run(t) {
      t.checkError(await failure(() => t.edge.verifyJWT(token, t.keys())), { name: "ConfigError", message: /jwt/ });
    },
  })),
  ...Object.entries(BAD_ORDERS).map(([title, [change, message]]) => ({
    name: `createJWT: refuses ${title}`,
    async run(t) {
      const error = await failure(() => t.edge.createJWT({ ...order(t), ...change }));
      t.checkError(error, { name: "ConfigError", message });
      ok(!leaks(error, t.keys().clientSecret), "the error shows no secret");
    },
  })),
  {
    name: "the edge entry has everything of the main one, and its errors are the same",
    async run(t) {
      for (const name of Object.keys(t.pkg)) ok(name in t.edge, `${name} is in the edge entry`);
      ok(t.edge.PlayoffError === t.pkg.PlayoffError, "one class of errors");
      const error = await failure(() => t.edge.verifyJWT("hello", t.keys()));
      ok(error instanceof t.pkg.AuthError, "instanceof across entries");
      deepEqual(
        await t.edge
          .createClient({ apiUrl: t.sandbox.apiUrl, authUrl: t.sandbox.authUrl, token: () => t.jwt() })
          .get("/runtime/player"),
        await t.profile(),
        "profile",
      );
    },
  },
];

export const jwtCases = cases.map((one) => ({ ...one, needs: "edge" }));
