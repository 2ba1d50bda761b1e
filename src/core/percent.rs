//! Percent-encoding, as RFC 3986 has it.

use crate::core::text::is_one_of;

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
        if byte.is_ascii_alphanumeric() || is_one_of(byte, others) {
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

/// What a hexadecimal digit stands for.
pub fn digit(hex: u8) -> Option<u8> {
    match hex {
        b'0'..=b'9' => Some(hex - b'0'),
        b'a'..=b'f' => Some(hex - b'a' + 10),
        b'A'..=b'F' => Some(hex - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
