//! Verifying a player's token.

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jwt_compact::{Algorithm, AlgorithmSignature, UntrustedToken};
use serde::de::IgnoredAny;

use super::Issuer;
use super::claims::{self, Claim, Claims};
use super::hs256::Hs256;
use super::minter::HEADER;
use crate::core::error::Error;

/// Why a token is refused; each reason is a code of its own.
pub mod code {
    /// It isn't `client_id:jws`, or its claims aren't a player's.
    pub const MALFORMED: &str = "jwt_malformed";
    /// It names another client.
    pub const OTHER_CLIENT: &str = "jwt_other_client";
    /// It is signed by another algorithm than HS256, or by none.
    pub const WRONG_ALGORITHM: &str = "jwt_wrong_algorithm";
    /// It was changed, or signed with another secret: nobody can tell which.
    pub const SIGNATURE_MISMATCH: &str = "jwt_signature_mismatch";
    /// It has no end.
    pub const NO_EXPIRY: &str = "jwt_no_expiry";
    /// It has ended.
    pub const EXPIRED: &str = "jwt_expired";
    /// It isn't valid yet.
    pub const NOT_YET_VALID: &str = "jwt_not_yet_valid";
    /// It was issued too long ago, or doesn't say when.
    pub const TOO_OLD: &str = "jwt_too_old";
}

/// What a header holds beside the names that every reader knows.
type Extensions = BTreeMap<String, IgnoredAny>;

/// How strictly time is taken, in seconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tolerance {
    /// How far clocks may differ.
    pub leeway: f64,
    /// How long ago the token may have been issued.
    pub max_age: Option<f64>,
}

/// Checks a token's form, client, signature and times, in that order. Gives its claims: JSON of an
/// object that names each once, in which `exp` is a whole number, `player_id` a text that isn't
/// empty, and `scopes`, if there, a list of texts. They are put into `room`.
///
/// # Errors
/// An `AuthError` with one of [`code`]'s codes.
pub fn verify<'a, V>(
    token: &str,
    issuer: &Issuer,
    tolerance: Tolerance,
    now: f64,
    room: &'a mut Vec<u8>,
) -> Result<&'a str, Error<V>> {
    let (client_id, jws) = token
        .split_once(':')
        .ok_or_else(|| refused(code::MALFORMED, "it isn't a client's id, a colon and a JWS"))?;
    if client_id != issuer.client_id {
        return Err(refused(
            code::OTHER_CLIENT,
            "it was made for another client",
        ));
    }
    let json = signed_claims(jws, issuer, room)?;
    let claims = json.and_then(|json| Some((json, claims::read(json).ok()?)));
    let (json, claims) = claims.ok_or_else(|| {
        refused(
            code::MALFORMED,
            "its claims aren't what a JWT holds: a JSON object that names each once",
        )
    })?;
    check_claims(&claims, tolerance, now)?;
    Ok(json)
}

/// The claims' text, if it is one, given only once the signature is found to fit.
fn signed_claims<'a, V>(
    jws: &str,
    issuer: &Issuer,
    room: &'a mut Vec<u8>,
) -> Result<Option<&'a str>, Error<V>> {
    let no_jws = || {
        refused(
            code::MALFORMED,
            "what follows the colon isn't a compact JWS",
        )
    };
    let (signed, signature) = jws.rsplit_once('.').ok_or_else(no_jws)?;
    let (header, payload) = signed.split_once('.').ok_or_else(no_jws)?;
    // Most tokens have the header that ours have: what that says needn't be read again.
    if header != HEADER {
        let untrusted: UntrustedToken<'_, Extensions> = jws.try_into().map_err(|_| no_jws())?;
        if untrusted.algorithm() != Hs256.name() {
            return Err(refused(code::WRONG_ALGORITHM, "it isn't signed with HS256"));
        }
        // What it says is critical, whoever doesn't know it mustn't take the token (RFC 7515, section
        // 4.1.11): we know no extension.
        if untrusted.header().other_fields.contains_key("crit") {
            return Err(refused(
                code::MALFORMED,
                "its header names extensions that nobody here knows (`crit`)",
            ));
        }
    }
    decode(signature, room).ok_or_else(no_jws)?;
    let signature = <Hs256 as Algorithm>::Signature::try_from_slice(room);
    decode(payload, room).ok_or_else(no_jws)?;
    let fits = |signature| Hs256.verify_signature(&signature, &issuer.key, signed.as_bytes());
    if !signature.is_ok_and(fits) {
        return Err(refused(
            code::SIGNATURE_MISMATCH,
            "its signature doesn't fit: it was changed, or signed with another secret",
        ));
    }
    Ok(std::str::from_utf8(room).ok())
}

/// Decodes the one way in which bytes are written: no padding, and no bits that mean nothing.
fn decode(text: &str, room: &mut Vec<u8>) -> Option<()> {
    room.clear();
    BASE64_URL_SAFE_NO_PAD.decode_vec(text, room).ok()
}

fn check_claims<V>(claims: &Claims, tolerance: Tolerance, now: f64) -> Result<(), Error<V>> {
    let expires_at = time(claims.expires_at, "exp")?
        .ok_or_else(|| refused(code::NO_EXPIRY, "it has no `exp`"))?;
    let issued_at = time(claims.issued_at, "iat")?;
    let not_before = time(claims.not_before, "nbf")?;
    check_times(expires_at, issued_at, not_before, tolerance, now)?;
    if claims.player_id != Some(Claim::Text) {
        return Err(refused(code::MALFORMED, "it names no player (`player_id`)"));
    }
    match claims.scopes {
        None | Some(Claim::Texts) => Ok(()),
        Some(_) => Err(refused(
            code::MALFORMED,
            "its `scopes` aren't a list of strings",
        )),
    }
}

/// Seconds since 1970, as a whole number.
fn time<V>(claim: Option<Claim>, name: &str) -> Result<Option<i64>, Error<V>> {
    match claim {
        None => Ok(None),
        Some(Claim::Integer(seconds)) => Ok(Some(seconds)),
        Some(_) => Err(refused(
            code::MALFORMED,
            &format!("its `{name}` isn't a whole number of seconds"),
        )),
    }
}

fn check_times<V>(
    expires_at: i64,
    issued_at: Option<i64>,
    not_before: Option<i64>,
    tolerance: Tolerance,
    now: f64,
) -> Result<(), Error<V>> {
    let Tolerance { leeway, max_age } = tolerance;
    if now >= expires_at as f64 + leeway {
        return Err(refused(code::EXPIRED, "it has ended"));
    }
    if not_before.is_some_and(|at| now + leeway < at as f64) {
        return Err(refused(code::NOT_YET_VALID, "it isn't valid yet (`nbf`)"));
    }
    if let Some(max_age) = max_age {
        let too_old = |at| now - at as f64 > max_age + leeway;
        if issued_at.is_none_or(too_old) {
            return Err(refused(
                code::TOO_OLD,
                "it was issued longer ago than `maxAge`, or doesn't say when (`iat`)",
            ));
        }
        if issued_at.is_some_and(|at| now + leeway < at as f64) {
            return Err(refused(
                code::NOT_YET_VALID,
                "it was issued in the future (`iat`), so `maxAge` says nothing of it",
            ));
        }
    }
    Ok(())
}

fn refused<V>(code: &'static str, why: &str) -> Error<V> {
    Error::auth(code, format!("the token is refused: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::mint::{Grant, mint};
    use hmac_of_tests::sign;
    use serde_json::Value as Json;

    const NOW: f64 = 1_800_000_000.0;

    fn issuer(client_id: &str, client_secret: &str) -> Issuer {
        Issuer::new::<()>(client_id, client_secret).unwrap()
    }

    fn ours() -> Issuer {
        issuer("app", "not-a-real-secret")
    }

    fn minted(expires_in: f64) -> String {
        let grant = Grant {
            player_id: "johny".into(),
            scopes: vec!["player.runtime.read".into()],
            expires_in,
            allow_long_lifetime: false,
        };
        mint::<()>(&ours(), &grant, NOW).unwrap()
    }

    fn at(token: &str, now: f64) -> Result<Json, &'static str> {
        with(token, Tolerance::default(), now)
    }

    fn with(token: &str, tolerance: Tolerance, now: f64) -> Result<Json, &'static str> {
        by(&ours(), token, tolerance, now)
    }

    fn by(
        issuer: &Issuer,
        token: &str,
        tolerance: Tolerance,
        now: f64,
    ) -> Result<Json, &'static str> {
        // What was there before is of no consequence.
        let mut room = b"{\"player_id\":\"boss\"}".to_vec();
        match verify::<()>(token, issuer, tolerance, now, &mut room) {
            Ok(claims) => Ok(serde_json::from_str(claims).unwrap()),
            Err(error) => match &error.code {
                std::borrow::Cow::Borrowed(code) => Err(*code),
                std::borrow::Cow::Owned(code) => panic!("{code} isn't a code of ours"),
            },
        }
    }

    /// Signing without our own `mint`, for tokens that it wouldn't make.
    mod hmac_of_tests {
        use super::*;
        pub fn sign(header: &str, claims: &str) -> String {
            let base64 = base64::prelude::BASE64_URL_SAFE_NO_PAD;
            let text = format!("{}.{}", base64.encode(header), base64.encode(claims));
            let signature = Hs256.sign(&ours().key, text.as_bytes());
            format!("app:{text}.{}", base64.encode(signature.as_bytes()))
        }
    }

    #[test]
    fn reads_back_what_was_minted() {
        let claims = at(&minted(60.0), NOW + 59.0).unwrap();
        assert_eq!(
            claims,
            serde_json::json!({
                "player_id": "johny",
                "scopes": ["player.runtime.read"],
                "iat": NOW as i64,
                "exp": NOW as i64 + 60,
            })
        );
    }

    #[test]
    fn takes_tokens_without_iat_or_typ() {
        let token = sign(
            r#"{"alg":"HS256"}"#,
            r#"{"player_id":"a","exp":1900000000}"#,
        );
        assert!(at(&token, NOW).unwrap().get("scopes").is_none());
    }

    #[test]
    fn each_refusal_has_its_code() {
        let good = minted(60.0);
        assert_eq!(at(&good, NOW + 60.0).unwrap_err(), code::EXPIRED);
        let lenient = Tolerance {
            leeway: 5.0,
            ..Tolerance::default()
        };
        assert!(with(&good, lenient, NOW + 64.0).is_ok());
        let young = Tolerance {
            max_age: Some(10.0),
            ..Tolerance::default()
        };
        assert_eq!(with(&good, young, NOW + 11.0).unwrap_err(), code::TOO_OLD);

        let strict = |leeway| Tolerance {
            leeway,
            max_age: Some(10.0),
        };
        let early = with(&good, strict(0.0), NOW - 5.0);
        assert_eq!(early.unwrap_err(), code::NOT_YET_VALID);
        assert!(with(&good, strict(5.0), NOW - 5.0).is_ok());
        assert!(at(&good, NOW - 5.0).is_ok());

        let other = by(&issuer("other", "s"), &good, Tolerance::default(), NOW);
        assert_eq!(other.unwrap_err(), code::OTHER_CLIENT);
        let wrong = by(&issuer("app", "wrong"), &good, Tolerance::default(), NOW);
        assert_eq!(wrong.unwrap_err(), code::SIGNATURE_MISMATCH);

        let header = r#"{"alg":"HS256","typ":"JWT"}"#;
        let no_end = sign(header, r#"{"player_id":"a"}"#);
        assert_eq!(at(&no_end, NOW).unwrap_err(), code::NO_EXPIRY);
        let later = sign(
            header,
            r#"{"player_id":"a","exp":1900000000,"nbf":1800000001}"#,
        );
        assert_eq!(at(&later, NOW).unwrap_err(), code::NOT_YET_VALID);
        let nobody = sign(header, r#"{"exp":1900000000}"#);
        assert_eq!(at(&nobody, NOW).unwrap_err(), code::MALFORMED);
        for alg in ["none", "HS384", "RS256", "hs256"] {
            let header = format!(r#"{{"alg":"{alg}"}}"#);
            let swapped = sign(&header, r#"{"player_id":"a","exp":1900000000}"#);
            assert_eq!(at(&swapped, NOW).unwrap_err(), code::WRONG_ALGORITHM);
        }
        for header in [
            r#"{"alg":"HS256","crit":["x"],"x":1}"#,
            r#"{"alg":"HS256","crit":["b64"],"b64":false}"#,
            r#"{"alg":"HS256","crit":[]}"#,
            r#"{"alg":"HS256","crit":null}"#,
        ] {
            let critical = sign(header, r#"{"player_id":"a","exp":1900000000}"#);
            assert_eq!(at(&critical, NOW).unwrap_err(), code::MALFORMED, "{header}");
        }
        let broken = sign(header, "not json");
        assert_eq!(at(&broken, NOW).unwrap_err(), code::MALFORMED);
        let changed = good.replacen(".eyJ", ".fyJ", 1);
        assert_ne!(changed, good);
        assert_eq!(at(&changed, NOW).unwrap_err(), code::SIGNATURE_MISMATCH);
        for malformed in [
            "",
            "app",
            "app:",
            "app:a.b",
            "app:a.b.c",
            "app:....",
            &good[4..],
        ] {
            assert_eq!(
                at(malformed, NOW).unwrap_err(),
                code::MALFORMED,
                "{malformed}"
            );
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        let header = r#"{"alg":"HS256"}"#;
        for claims in [
            r#"{"player_id":"a","exp":1900000000,"exp":1}"#,
            r#"{"player_id":"a","player_id":"b","exp":1900000000}"#,
            r#"{"player_id":"a","exp":1900000000.5}"#,
            r#"{"player_id":"a","exp":"1900000000"}"#,
            r#"{"player_id":"a","exp":1e400}"#,
            r#"{"player_id":"a","exp":1900000000,"iat":"now"}"#,
            r#"["player_id"]"#,
            r#"{"player_id":"","exp":1900000000}"#,
            r#"{"player_id":1,"exp":1900000000}"#,
            r#"{"player_id":"a","exp":1900000000,"scopes":null}"#,
            r#"{"player_id":"a","exp":1900000000,"scopes":[1]}"#,
            r#"{"player_id":"a","exp":1900000000,"more":[1e400]}"#,
            r#"{"player_id":"a","exp":1900000000} "a""#,
        ] {
            let token = sign(header, claims);
            assert_eq!(at(&token, NOW).unwrap_err(), code::MALFORMED, "{claims}");
        }
        let good = minted(60.0);
        assert!(at(&format!("{good}="), NOW).is_err());
        // The last letter of 32 bytes has two bits that mean nothing, and must be 0.
        let twin = match good.as_bytes()[good.len() - 1] {
            b'A'..=b'Y' | b'a'..=b'y' | b'0'..=b'8' => good.as_bytes()[good.len() - 1] + 1,
            _ => b'B',
        };
        let twin = format!("{}{}", &good[..good.len() - 1], char::from(twin));
        assert_eq!(at(&twin, NOW).unwrap_err(), code::MALFORMED);
    }

    #[test]
    fn a_changed_byte_never_passes() {
        let good = minted(60.0);
        for index in 0..good.len() {
            for to in [b'A', b'Q', b'g', b'-'] {
                let mut bytes = good.clone().into_bytes();
                if bytes[index] == to {
                    continue;
                }
                bytes[index] = to;
                let changed = String::from_utf8(bytes).unwrap();
                assert!(at(&changed, NOW).is_err(), "byte {index}");
            }
        }
    }
}
