//! Signatures of webhooks: the hash of the body followed by the secret, in hexadecimal digits.

use hmac::digest::CtOutput;
use sha2::{Digest, Sha256};

/// Bytes of a hash.
const LENGTH: usize = 32;

/// Whether a body was signed with that secret. Compares in constant time.
pub fn is_signed(body: &[u8], secret: &str, signature: &str) -> bool {
    let Some(given) = from_hex(signature) else {
        return false;
    };
    let hash = Sha256::new().chain_update(body).chain_update(secret);
    CtOutput::<Sha256>::new(hash.finalize()) == CtOutput::new(given.into())
}

/// Whether two secrets are the same. Compares in constant time, whatever their lengths.
pub fn is_same(one: &str, other: &str) -> bool {
    let hashed = |secret: &str| CtOutput::<Sha256>::new(Sha256::digest(secret));
    hashed(one) == hashed(other)
}

/// The bytes of 64 hexadecimal digits.
fn from_hex(text: &str) -> Option<[u8; LENGTH]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * LENGTH {
        return None;
    }
    let mut bytes = [0; LENGTH];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let [high, low] = [pair[0], pair[1]].map(|digit| char::from(digit).to_digit(16));
        *byte = u8::try_from(high? << 4 | low?).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"name":"participant.created"}"#;
    const SECRET: &str = "not-a-real-secret";

    fn signed(body: &[u8], secret: &str) -> String {
        let hash = Sha256::digest([body, secret.as_bytes()].concat());
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// FIPS 180-2, appendix B.1: the hash of "abc", here of "a" signed with "bc".
    #[test]
    fn it_is_the_plain_hash_of_body_and_secret() {
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        for (body, secret) in [("a", "bc"), ("abc", ""), ("", "abc")] {
            assert!(is_signed(body.as_bytes(), secret, hash));
            assert!(is_signed(body.as_bytes(), secret, &hash.to_uppercase()));
        }
        assert!(!is_signed(b"bc", "a", hash));
    }

    #[test]
    fn whatever_is_changed_it_fits_no_more() {
        let good = signed(BODY, SECRET);
        assert!(is_signed(BODY, SECRET, &good));
        assert!(!is_signed(BODY, "another-secret", &good));
        assert!(!is_signed(&BODY[1..], SECRET, &good));
        for index in 0..good.len() {
            let other = if &good[index..=index] == "0" {
                "1"
            } else {
                "0"
            };
            let mut changed = good.clone();
            changed.replace_range(index..=index, other);
            assert!(!is_signed(BODY, SECRET, &changed), "digit {index}");
        }
    }

    #[test]
    fn what_is_no_hash_fits_nothing() {
        let good = signed(BODY, SECRET);
        let long = format!("{good}00");
        let odd = format!("{}x", &good[1..]);
        let wide = format!("{}é", &good[2..]);
        for text in ["", &good[1..], &good[2..], &long, &odd, &wide, "sha256=0"] {
            assert!(!is_signed(BODY, SECRET, text), "{text}");
        }
    }

    #[test]
    fn secrets_are_the_same_or_not() {
        assert!(is_same(SECRET, SECRET));
        for other in [
            "",
            "not-a-real-secre",
            "not-a-real-secrets",
            "Not-a-real-secret",
        ] {
            assert!(!is_same(SECRET, other));
        }
    }
}
