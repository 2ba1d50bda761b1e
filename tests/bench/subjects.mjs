// Who makes and verifies tokens: every library in the way its own documents show, with what it can prepare prepared.

import { SignJWT, jwtVerify } from "jose";
import tsndr from "@tsndr/cloudflare-worker-jwt";

export const SECRET = "not-a-real-secret-but-as-long-as-the-services-own-secrets-are-which-is-96-letters-altogether-...";
export const CLIENT = "bench";
const SCOPES = ["player.runtime.read", "player.runtime.write"];
const LIFETIME = 3600;

const bytes = new TextEncoder().encode(SECRET);

/** The claims that every library signs, jose with times of its own; each token is another player's, so nothing can be kept. */
function claims(player) {
  const now = Math.floor(Date.now() / 1000);
  return { player_id: player, scopes: SCOPES, iat: now, exp: now + LIFETIME };
}

async function signWithJose(key, player) {
  const jwt = new SignJWT({ player_id: player, scopes: SCOPES }).setProtectedHeader({ alg: "HS256", typ: "JWT" });
  return jwt.setIssuedAt().setExpirationTime("1h").sign(key);
}

/** Libraries for every place: `{ name, mint(player), verify(token) }`, async or not. */
export async function everywhere({ createJWT, verifyJWT }) {
  const cryptoKey = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
    "verify",
  ]);
  const keys = { clientId: CLIENT, clientSecret: SECRET };
  return [
    {
      name: "playoff-wasm",
      mint: (player) =>
        createJWT({
          clientId: CLIENT,
          clientSecret: SECRET,
          playerId: player,
          scopes: SCOPES,
          expiresIn: LIFETIME,
        }),
      verify: (token) => verifyJWT(token, keys),
      // The client's id stands before a token of ours; the others take the bare JWS.
      takes: (token) => token,
    },
    { name: "jose (raw key)", mint: (player) => signWithJose(bytes, player), verify: (jws) => jwtVerify(jws, bytes) },
    {
      name: "jose (CryptoKey)",
      mint: (player) => signWithJose(cryptoKey, player),
      verify: (jws) => jwtVerify(jws, cryptoKey),
    },
    {
      name: "@tsndr/cloudflare-worker-jwt",
      mint: (player) => tsndr.sign(claims(player), SECRET),
      verify: (jws) => tsndr.verify(jws, SECRET, { throwError: true }),
    },
  ];
}

/** Libraries that need Node. */
export async function inNode() {
  const [{ default: jsonwebtoken }, { createSigner, createVerifier }, crypto] = await Promise.all([
    import("jsonwebtoken"),
    import("fast-jwt"),
    import("node:crypto"),
  ]);
  const { createHmac, createSecretKey } = crypto;
  // A string it first takes for a private key, each time, and that takes longer than all the rest.
  const jsonwebtokenKeys = { string: SECRET, KeyObject: createSecretKey(bytes) };
  const fastSign = createSigner({ key: SECRET, algorithm: "HS256" });
  const fastVerify = createVerifier({ key: SECRET, cache: false });
  const header = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString("base64url");
  const hmac = (text) => createHmac("sha256", SECRET).update(text).digest("base64url");
  return [
    ...Object.entries(jsonwebtokenKeys).map(([kind, key]) => ({
      name: `jsonwebtoken (${kind})`,
      mint: (player) => jsonwebtoken.sign(claims(player), key, { algorithm: "HS256" }),
      verify: (jws) => jsonwebtoken.verify(jws, key, { algorithms: ["HS256"] }),
    })),
    { name: "fast-jwt", mint: (player) => fastSign(claims(player)), verify: (jws) => fastVerify(jws) },
    {
      name: "node:crypto, bare",
      mint(player) {
        const text = `${header}.${Buffer.from(JSON.stringify(claims(player))).toString("base64url")}`;
        return `${text}.${hmac(text)}`;
      },
      verify(jws) {
        const end = jws.lastIndexOf(".");
        if (hmac(jws.slice(0, end)) !== jws.slice(end + 1)) throw new Error("it doesn't fit");
        return JSON.parse(Buffer.from(jws.slice(jws.indexOf(".") + 1, end), "base64url").toString());
      },
    },
  ];
}

/** Does something `times` over, with another player or token each time. */
export async function repeat({ mint, verify, tokens }, what, times, from) {
  for (let index = 0; index < times; index++) {
    const done = what === "mint" ? mint(`player-${from + index}`) : verify(tokens[index % tokens.length]);
    if (done instanceof Promise) await done;
  }
}

const bare = (token) => token.slice(token.indexOf(":") + 1);

/** The same libraries with tokens of many players, minted by the first one, as each takes them. */
export function withTokens(subjects) {
  const minted = Array.from({ length: 500 }, (_, index) => subjects[0].mint(`player-${index}`));
  return subjects.map((subject) => ({ ...subject, tokens: minted.map(subject.takes ?? bare) }));
}
