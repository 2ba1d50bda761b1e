// JWTs of the package checked by other libraries, and theirs by the package.

import { createRequire } from "node:module";
import { SignJWT, jwtVerify } from "jose";
import jsonwebtoken from "jsonwebtoken";
import { deepEqual, equal, failure, ok } from "../lib/assert.mjs";
import { askPython } from "./python.mjs";

const { Playlyfe } = createRequire(import.meta.url)("playlyfe");

const PLAYER = "johny";
const SCOPES = ["player.runtime.read", "player.runtime.write"];
const LIFE = 600;

const bytes = (text) => new TextEncoder().encode(text);
const nowSeconds = () => Math.floor(Date.now() / 1000);

/** What follows the client id's colon. */
function jwsOf(token, clientId) {
  ok(token.startsWith(`${clientId}:`), "the token starts with the client id and a colon");
  return token.slice(clientId.length + 1);
}

function checkOurs(header, claims) {
  equal(header.alg, "HS256", "alg");
  equal(header.typ, "JWT", "typ");
  deepEqual(Object.keys(claims).sort(), ["exp", "iat", "player_id", "scopes"], "names of the claims");
  equal(claims.player_id, PLAYER, "player_id");
  deepEqual(claims.scopes, SCOPES, "scopes");
  equal(claims.exp - claims.iat, LIFE, "exp - iat");
  ok(Math.abs(claims.iat - nowSeconds()) <= 5, "iat is now");
}

/** One way of checking a JWS: gives `{ header, claims }` or throws. */
function checkers(pyjwt) {
  return {
    jose: async (jws, secret) => {
      const { payload, protectedHeader } = await jwtVerify(jws, bytes(secret), { algorithms: ["HS256"], typ: "JWT" });
      return { header: protectedHeader, claims: payload };
    },
    jsonwebtoken: async (jws, secret) => {
      const { header, payload } = jsonwebtoken.verify(jws, secret, { algorithms: ["HS256"], complete: true });
      return { header, claims: payload };
    },
    "PyJWT 2": async (jws, secret) => {
      const answer = await askPython(pyjwt, "pyjwt.py", { check: { jws, secret } });
      if (answer.error) throw new Error(answer.error);
      return answer;
    },
  };
}

/** Ways of making a token that the package must accept. */
function makers({ clientId, clientSecret }, { pyjwt, playoffPython }) {
  const claims = () => ({ player_id: PLAYER, scopes: SCOPES, exp: nowSeconds() + LIFE });
  return {
    "playlyfe 0.4.4": async () =>
      Playlyfe.createJWT({
        client_id: clientId,
        client_secret: clientSecret,
        player_id: PLAYER,
        scopes: SCOPES,
        expires: LIFE,
      }),
    "Playoff 0.7.6": () =>
      askPython(playoffPython, "mint_playoff.py", {
        clientId,
        clientSecret,
        playerId: PLAYER,
        scopes: SCOPES,
        expires: LIFE,
      }),
    jose: async () =>
      `${clientId}:${await new SignJWT(claims()).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(bytes(clientSecret))}`,
    jsonwebtoken: async () => `${clientId}:${jsonwebtoken.sign(claims(), clientSecret, { algorithm: "HS256" })}`,
    "PyJWT 2": async () =>
      `${clientId}:${await askPython(pyjwt, "pyjwt.py", { mint: { claims: claims(), secret: clientSecret } })}`,
  };
}

/** The last character of the JWS's claims, changed. */
function withChangedByte(jws) {
  const [header, claims, signature] = jws.split(".");
  const last = claims.at(-2) === "A" ? "B" : "A";
  return [header, claims.slice(0, -2) + last + claims.at(-1), signature].join(".");
}

async function theirsIsAccepted(edge, client, make) {
  const token = await make();
  const before = nowSeconds();
  const result = edge.verifyJWT(token, client);
  equal(result.playerId, PLAYER, "playerId");
  deepEqual(result.scopes, SCOPES, "scopes");
  ok(Math.abs(result.claims.exp - before - LIFE) <= 5, "claims.exp");
  const refused = await failure(() => edge.verifyJWT(token, { ...client, clientSecret: `${client.clientSecret}x` }));
  equal(refused.code, "jwt_signature_mismatch", "code with a wrong secret");
}

/** The sandbox takes a token as the service does: in the query, as `jwt`. */
async function isServed({ sandbox, control }, token) {
  const response = await fetch(`${sandbox.apiUrl}/v2/runtime/player?jwt=${encodeURIComponent(token)}`);
  deepEqual(await response.json(), await control.player(PLAYER), "profile");
}

export async function jwtCases(report, world, { edge, pyjwt, playoffPython }) {
  const client = world.sandbox.clients.find((one) => one.type === "jwt");
  const { clientId, clientSecret } = client;
  const keys = { clientId, clientSecret };
  const ours = () => edge.createJWT({ ...keys, playerId: PLAYER, scopes: SCOPES, expiresIn: LIFE });

  for (const [name, check] of Object.entries(checkers(pyjwt))) {
    await report.test(`createJWT's token is accepted by ${name}`, async () => {
      const { header, claims } = await check(jwsOf(ours(), clientId), clientSecret);
      checkOurs(header, claims);
    });
    await report.test(`createJWT's token is refused by ${name} with another secret or a changed byte`, async () => {
      const jws = jwsOf(ours(), clientId);
      await failure(() => check(jws, `${clientSecret}x`), "another secret");
      await failure(() => check(withChangedByte(jws), clientSecret), "a changed byte");
    });
  }
  await report.test("createJWT's token is served by the sandbox", () => isServed(world, ours()));

  for (const [name, make] of Object.entries(makers(keys, { pyjwt, playoffPython }))) {
    await report.test(`verifyJWT accepts the token of ${name}`, () => theirsIsAccepted(edge, keys, make));
    await report.test(`the sandbox serves the token of ${name}`, async () => isServed(world, await make()));
  }
}
