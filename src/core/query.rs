//! Query strings.

use crate::core::error::{Error, code};
use crate::core::text::concat;

/// One component of a URL, percent-encoded: what `encodeURIComponent` leaves as it is stays, less
/// `!'()*`, which RFC 3986 reserves.
pub fn encode(text: &str) -> String {
    encode_except(text, b"-_.~")
}

/// A text in which everything but letters, digits and some other characters is percent-encoded.
pub fn encode_except(text: &str, others: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || others.contains(&byte) {
            encoded.push(byte.into());
        } else {
            encoded.push('%');
            encoded.push(DIGITS[usize::from(byte >> 4)].into());
            encoded.push(DIGITS[usize::from(byte & 15)].into());
        }
    }
    encoded
}

/// A percent-encoded text as it is meant; `None` for broken escapes, and for what isn't UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut rest = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = rest.next() {
        decoded.push(match byte {
            b'%' => (digit(rest.next()?)? << 4) | digit(rest.next()?)?,
            plain => plain,
        });
    }
    String::from_utf8(decoded).ok()
}

fn digit(hex: u8) -> Option<u8> {
    match hex {
        b'0'..=b'9' => Some(hex - b'0'),
        b'a'..=b'f' => Some(hex - b'a' + 10),
        b'A'..=b'F' => Some(hex - b'A' + 10),
        _ => None,
    }
}

/// Name and value pairs, in the order in which they are sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Adds what a caller asked for.
    ///
    /// # Errors
    /// `invalid_query` for a name under which tokens travel: a token in a caller's hand would be
    /// logged with the caller's query.
    pub fn add<V>(&mut self, name: String, value: String) -> Result<(), Error<V>> {
        if matches!(name.as_str(), "access_token" | "jwt") {
            return Err(Error::config(
                code::INVALID_QUERY,
                concat(&[
                    "`",
                    &name,
                    "` can't be given in `query`: the SDK adds the token itself",
                ]),
            ));
        }
        self.0.push((name, value));
        Ok(())
    }

    /// Adds a pair unless the caller already gave one of that name.
    pub fn add_default(&mut self, name: &str, value: &str) {
        if !self.0.iter().any(|(known, _)| known == name) {
            self.0.push((name.to_owned(), value.to_owned()));
        }
    }

    /// `url` with the pairs, and with `last` behind them.
    pub fn append_to(&self, url: &mut String, last: Option<(&str, &str)>) {
        let pairs = self.0.iter().map(|(n, v)| (n.as_str(), v.as_str()));
        for (index, (name, value)) in pairs.chain(last).enumerate() {
            url.push(if index == 0 { '?' } else { '&' });
            url.push_str(&encode(name));
            url.push('=');
            url.push_str(&encode(value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_what_would_break_out() {
        let mut query = Query::default();
        query.add::<()>("a&b".into(), "1=2&c#ä +".into()).unwrap();
        query.add_default("a&b", "ignored");
        query.add_default("player_id", "johny");
        let mut url = String::from("https://x/y");
        query.append_to(&mut url, Some(("jwt", "c:d")));
        assert_eq!(
            url,
            "https://x/y?a%26b=1%3D2%26c%23%C3%A4%20%2B&player_id=johny&jwt=c%3Ad"
        );
    }

    #[test]
    fn decodes_what_it_encodes() {
        for text in [
            "",
            "abc",
            "a b/c%d",
            "jös é",
            "\0\n\u{7f}\u{10ffff}",
            "!'()*-_.~",
        ] {
            assert_eq!(decode(&encode(text)).as_deref(), Some(text));
        }
        assert_eq!(decode("%2f%2F%c3%A4+").as_deref(), Some("//ä+"));
        for broken in ["%", "a%2", "%zz", "%+1", "%2g", "%ff"] {
            assert_eq!(decode(broken), None, "{broken}");
        }
    }

    #[test]
    fn refuses_tokens() {
        for name in ["access_token", "jwt"] {
            let refused = Query::default().add::<()>(name.into(), "x".into());
            assert_eq!(refused.unwrap_err().code, code::INVALID_QUERY);
        }
    }
}
