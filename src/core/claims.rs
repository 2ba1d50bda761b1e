//! Reading the claims of a JWT without checking its signature: the service does that.

use crate::core::provider::TokenForm;
use crate::core::text::{split, split_once};
use crate::core::value::Value;

/// The claims that matter for the life of a token.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims<V> {
    /// The form of the token.
    pub form: TokenForm,
    /// Unix time, in seconds, at which it ends.
    pub exp: Option<f64>,
    /// Unix time, in seconds, at which it was issued, by the issuer's clock.
    pub iat: Option<f64>,
    /// All claims.
    pub all: V,
}

/// The claims of `client_id:header.payload.signature`, and of what comes without the id; `None` where the
/// text has another form.
pub fn read<V: Value>(token: &str) -> Option<Claims<V>> {
    let (form, jws) = match split_once(token, ":") {
        Some(("", _)) => return None,
        Some((_, jws)) => (TokenForm::Jwt, jws),
        None => (TokenForm::Access, token),
    };
    let [_, payload, _] = split(jws, ".")[..] else {
        return None;
    };
    let all = V::parse(&String::from_utf8(decode_base64url(payload)?).ok()?)?;
    let number = |name| all.get(name).and_then(|value: V| value.as_number());
    Some(Claims {
        form,
        exp: number("exp"),
        iat: number("iat"),
        all,
    })
}

fn decode_base64url(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let mut bits = 0u32;
    let mut count = 0;
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value as Json;

    // {"player_id":"johny","scopes":[],"exp":2000000000,"iat":1999996400}
    const PAYLOAD: &str = "eyJwbGF5ZXJfaWQiOiJqb2hueSIsInNjb3BlcyI6W10sImV4cCI6MjAwMDAwMDAwMCwiaWF0IjoxOTk5OTk2NDAwfQ";

    #[test]
    fn reads_the_claims() {
        let claims = read::<Json>(&format!("client:eyJ.{PAYLOAD}.sig")).unwrap();
        assert_eq!(claims.exp, Some(2e9));
        assert_eq!(claims.iat, Some(2e9 - 3600.0));
        assert_eq!(claims.all["player_id"], "johny");
        assert_eq!(claims.form, TokenForm::Jwt);
        let plain = read::<Json>(&format!("eyJ.{PAYLOAD}.sig")).unwrap();
        assert_eq!((plain.form, plain.exp), (TokenForm::Access, Some(2e9)));
    }

    #[test]
    fn leaves_other_texts_alone() {
        for other in [
            "MzA0ZTg5YzctMjY4Yi00ZDE3",
            "client:abc",
            "client:a.b",
            "client:a.b.c.d",
            &format!(":a.{PAYLOAD}.c"),
            &format!("a.{PAYLOAD}"),
            "client:a.!!.c",
            "client:a.bm90IGpzb24.c",
        ] {
            assert!(read::<Json>(other).is_none(), "{other}");
        }
    }
}
