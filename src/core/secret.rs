//! Text that must not be seen.

use std::fmt;

use crate::core::percent::encode;
use crate::core::text::replace;

/// A token. `Debug` shows that there is one, never which.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes the text in.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself: for the request that carries it, and for nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The forms in which the text can turn up elsewhere: as it is and percent-encoded.
    pub fn forms(&self) -> [String; 2] {
        [self.0.clone(), encode(&self.0)]
    }

    /// `text` with every form of the secret blacked out.
    pub fn scrub(&self, text: &str) -> String {
        self.forms()
            .iter()
            .fold(text.to_owned(), |text, form| replace(&text, form, REDACTED))
    }
}

/// What stands where a secret stood.
pub const REDACTED: &str = "[redacted]";

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        let secret = Secret::new("client:aaa.bbb.ccc".into());
        assert_eq!(format!("{secret:?}"), "[redacted]");
    }

    #[test]
    fn scrubs_both_forms() {
        let secret = Secret::new("client:a.b".into());
        assert_eq!(
            secret.scrub("GET /v2?jwt=client%3Aa.b and client:a.b"),
            "GET /v2?jwt=[redacted] and [redacted]"
        );
    }
}
