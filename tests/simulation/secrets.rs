//! Tokens that can be told from everything else, whatever is done to them.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use playoff_wasm::core::percent::decode;
use serde_json::{Value as Json, json};

/// What stands in every secret, and nowhere else.
const MARK: &str = "s3cr3t";

/// An access token that says nothing of itself; encoded it looks otherwise.
pub fn opaque(serial: usize) -> String {
    format!("{MARK}/a{serial}+=")
}

/// A player's token, with the life that the backend's clock gives it.
pub fn jwt(serial: usize, claims: &Json) -> String {
    let payload = BASE64_URL_SAFE_NO_PAD.encode(claims.to_string());
    format!("app:e30.{payload}.{MARK}-j{serial}")
}

/// A refresh token.
pub fn refresh(serial: usize) -> String {
    format!("{MARK}/r{serial}+=")
}

/// The claims of a token that lives so long.
pub fn claims(now: f64, life: Option<f64>, with_iat: bool) -> Json {
    let mut claims = json!({ "iss": "app" });
    if let Some(life) = life {
        claims["exp"] = json!(now + life);
    }
    if with_iat {
        claims["iat"] = json!(now);
    }
    claims
}

/// Whether a secret, or a part of one, is in a text.
pub fn is_in(text: &str) -> bool {
    text.contains(MARK)
}

/// The serial number of the secret in a text, percent-encoded or not.
pub fn serial(text: &str) -> Option<usize> {
    let text = decode(text).unwrap_or_else(|| text.to_owned());
    let (_, rest) = text.split_once(MARK)?;
    let digits: String = rest
        .chars()
        .skip(2)
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}
