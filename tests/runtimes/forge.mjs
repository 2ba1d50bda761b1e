// JWTs that createJWT would never make, signed by Web Crypto.

const encoder = new TextEncoder();

function base64url(bytes) {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** `client_id:jws` with exactly these claims. */
export async function forgeJWT({ clientId, clientSecret }, claims, header = { alg: "HS256", typ: "JWT" }) {
  const part = (value) => base64url(encoder.encode(JSON.stringify(value)));
  const signed = `${part(header)}.${part(claims)}`;
  const key = await crypto.subtle.importKey(
    "raw",
    encoder.encode(clientSecret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const signature = new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(signed)));
  return `${clientId}:${signed}.${base64url(signature)}`;
}

/** Unix time, in seconds. */
export const nowSeconds = () => Math.floor(Date.now() / 1000);
