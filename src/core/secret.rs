//! Text that must not be seen.

use std::fmt;

use crate::core::percent::encode;
use crate::core::text::split_once;

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

    /// Whether a text shows the secret in any form.
    pub fn is_in(&self, text: &str) -> bool {
        self.forms().iter().any(|form| find(text, form).is_some())
    }

    /// `text` with every form of the secret blacked out.
    pub fn scrub(&self, text: &str) -> String {
        let mut scrubbed = text.to_owned();
        for form in self.forms() {
            scrubbed = black_out(&scrubbed, &form);
        }
        scrubbed
    }

    /// The forms in which the text can turn up elsewhere: as it is, percent-encoded by either of the
    /// two cases, and a player's token without the client's id before it.
    fn forms(&self) -> Vec<String> {
        let Self(text) = self;
        let mut forms = vec![text.clone()];
        let encoded = encode(text);
        if encoded != *text {
            forms.push(lower_escapes(&encoded));
            forms.push(encoded);
        }
        if let Some((_, signed)) = split_once(text, ":")
            && signed.len() >= LONG
        {
            forms.push(signed.to_owned());
        }
        forms
    }
}

/// Letters that no word has by chance. A shorter secret is one of a test or a draft, and can be part
/// of any word: `invalid_access_token` says nothing of a token that is called `token`.
const LONG: usize = 16;

fn lower_escapes(encoded: &str) -> String {
    let mut lower = String::with_capacity(encoded.len());
    let mut escaped = 0;
    for byte in encoded.bytes() {
        let byte = match escaped {
            0 => byte,
            _ => byte.to_ascii_lowercase(),
        };
        escaped = match byte {
            b'%' => 2,
            _ => escaped.max(1) - 1,
        };
        lower.push(byte.into());
    }
    lower
}

fn black_out(text: &str, form: &str) -> String {
    let mut scrubbed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = find(rest, form) {
        scrubbed.push_str(before);
        scrubbed.push_str(REDACTED);
        rest = after;
    }
    scrubbed.push_str(rest);
    scrubbed
}

/// What is before and after a form of a secret: a short one as a whole word.
fn find<'a>(text: &'a str, form: &str) -> Option<(&'a str, &'a str)> {
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut from = 0;
    // By `get`: an index would bring its own error's words.
    while let Some((before, after)) = split_once(text.get(from..)?, form) {
        let end = text.len() - after.len();
        let before = text.get(..from + before.len())?;
        let joins = |byte: Option<u8>| byte.is_some_and(is_inner);
        let is_part = joins(before.bytes().next_back()) || joins(after.bytes().next());
        if form.len() >= LONG || !is_part {
            return Some((before, after));
        }
        from = end;
    }
    None
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
    fn scrubs_all_forms() {
        let secret = Secret::new("client:aaaaaa.bbbbbb.cccccc".into());
        for form in [
            "client:aaaaaa.bbbbbb.cccccc",
            "client%3Aaaaaaa.bbbbbb.cccccc",
            "client%3aaaaaaa.bbbbbb.cccccc",
            "aaaaaa.bbbbbb.cccccc",
        ] {
            assert!(secret.is_in(form), "{form}");
            let scrubbed = secret.scrub(&format!("x{form}y {form}"));
            assert_eq!(scrubbed, "x[redacted]y [redacted]");
        }
        assert!(!secret.is_in("client: aaaaaa"));
    }

    #[test]
    fn short_ones_are_whole_words() {
        let scrub = |secret: &str, text: &str| Secret::new(secret.into()).scrub(text);
        for (secret, text, scrubbed) in [
            ("token", "invalid_access_token", "invalid_access_token"),
            (
                "player",
                "player_not_found: players",
                "player_not_found: players",
            ),
            (
                "t",
                "GET /a didn't reach t",
                "GET /a didn'[redacted] reach [redacted]",
            ),
            (
                "tok-1",
                "tok-12, tok-1, xtok-1, \"tok-1\"",
                "tok-12, [redacted], xtok-1, \"[redacted]\"",
            ),
            (
                "a/b",
                "jwt=a%2fb&x=a%2Fb a/b",
                "jwt=[redacted]&x=[redacted] [redacted]",
            ),
            ("", "nothing", "nothing"),
        ] {
            assert_eq!(scrub(secret, text), scrubbed, "{secret}");
        }
    }
}
