//! Signed tokens (RFC 7515): HS256, three parts with dots between them.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// The header of every token that is signed here.
const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

/// Signs claims.
pub fn sign(secret: &str, claims: &Value) -> Option<String> {
    sign_with(HEADER, secret, claims)
}

/// The same with a header of one's own.
pub fn sign_with(header: &str, secret: &str, claims: &Value) -> Option<String> {
    let header = URL_SAFE_NO_PAD.encode(header);
    let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(signed.as_bytes());
    let signature = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    Some(format!("{signed}.{signature}"))
}

/// Checks form and signature. Gives the claims.
pub fn verify(jws: &str, secret: &str) -> Result<Value, String> {
    let malformed = "The JWT is malformed";
    let (signed, signature) = jws.rsplit_once('.').ok_or(malformed)?;
    let (header, payload) = signed.split_once('.').ok_or(malformed)?;
    if decode(header)?["alg"] != "HS256" {
        return Err("The JWT is not signed by HS256".to_owned());
    }
    let signature = URL_SAFE_NO_PAD
        .decode(signature)
        .map_err(|_| "The JWT's signature is not base64url")?;
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes())
        .map_err(|_| "The client's secret is no key")?;
    mac.update(signed.as_bytes());
    mac.verify_slice(&signature)
        .map_err(|_| "The JWT's signature is wrong")?;
    decode(payload)
}

fn decode(part: &str) -> Result<Value, String> {
    URL_SAFE_NO_PAD
        .decode(part)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .filter(Value::is_object)
        .ok_or_else(|| "The JWT is malformed".to_owned())
}
