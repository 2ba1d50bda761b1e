//! Texts that nobody can guess, and the proof that whoever exchanges a code also asked for it
//! (RFC 7636).

use crate::core::percent::digit;

/// Bytes as base64url without padding.
pub fn base64url(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let (mut text, mut bits, mut count) = (String::new(), 0u32, 0);
    let mut put = |bits: u32| text.push(LETTERS[(bits & 63) as usize].into());
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        count += 8;
        while count >= 6 {
            count -= 6;
            put(bits >> count);
        }
    }
    if count > 0 {
        put(bits << (6 - count));
    }
    text
}

/// The challenge of method S256: of a verifier's SHA-256 in hexadecimal digits.
pub fn challenge(digest: &str) -> String {
    let mut bytes = Vec::new();
    for pair in digest.as_bytes().chunks_exact(2) {
        let digits = (digit(pair[0]), digit(pair[1]));
        bytes.push((digits.0.unwrap_or(0) << 4) | digits.1.unwrap_or(0));
    }
    base64url(&bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;

    #[test]
    fn writes_base64url() {
        let bytes: Vec<u8> = (0..=255).collect();
        for length in [0, 1, 2, 3, 4, 32, 256] {
            let bytes = &bytes[256 - length..];
            assert_eq!(base64url(bytes), BASE64_URL_SAFE_NO_PAD.encode(bytes));
        }
    }

    /// RFC 7636, appendix B.
    #[test]
    fn makes_the_challenge_of_the_rfc() {
        let digest = "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3";
        assert_eq!(
            challenge(digest),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }
}
