//! Texts in texts, and texts made of texts.
//!
//! The standard library's ways are built for speed on long texts and for every way of formatting,
//! and bring many kilobytes of wasm with them.

/// Whether `needle` is in `text`.
pub fn contains(text: &str, needle: &str) -> bool {
    split_once(text, needle).is_some()
}

/// `text` with every `needle` replaced; an empty one is nowhere.
pub fn replace(text: &str, needle: &str, with: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = split_once(rest, needle) {
        replaced.push_str(before);
        replaced.push_str(with);
        rest = after;
    }
    replaced.push_str(rest);
    replaced
}

/// The parts, one behind the other.
pub fn concat(parts: &[&str]) -> String {
    join(parts, "")
}

/// The parts with a separator between them.
pub fn join<Part: AsRef<str>>(parts: &[Part], separator: &str) -> String {
    let mut joined = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(part.as_ref());
    }
    joined
}

/// A number in decimal digits.
pub fn number(number: u64) -> String {
    let mut digits = match number / 10 {
        0 => String::new(),
        rest => self::number(rest),
    };
    digits.push(char::from(b'0' + (number % 10) as u8));
    digits
}

/// The number that decimal digits write.
pub fn read_number(digits: &str) -> Option<u64> {
    let mut number: u64 = 0;
    for digit in digits.bytes() {
        let digit = digit.wrapping_sub(b'0');
        number = number.checked_mul(10)?.checked_add(digit.into())?;
        if digit > 9 {
            return None;
        }
    }
    (!digits.is_empty()).then_some(number)
}

/// Whether a byte is one of some.
#[allow(clippy::manual_contains, reason = "it is made for thousands of bytes")]
pub fn is_one_of(byte: u8, some: &[u8]) -> bool {
    some.iter().any(|one| *one == byte)
}

/// The parts between the separators; one at least.
pub fn split<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((part, after)) = split_once(rest, separator) {
        parts.push(part);
        rest = after;
    }
    parts.push(rest);
    parts
}

/// What stands before the first `needle`; all of it where there is none.
pub fn before<'a>(text: &'a str, needle: &str) -> &'a str {
    split_once(text, needle).map_or(text, |(before, _)| before)
}

/// What stands before and behind the first `needle`; an empty one is nowhere.
pub fn split_once<'a>(text: &'a str, needle: &str) -> Option<(&'a str, &'a str)> {
    if needle.is_empty() {
        return None;
    }
    let mut windows = text.as_bytes().windows(needle.len());
    let at = windows.position(|window| window == needle.as_bytes())?;
    Some((text.get(..at)?, text.get(at + needle.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_like_the_standard_library() {
        for text in ["", "a", "ab", "aab", "abab", "xabäabx", "ä", "ba", "aaaa"] {
            for needle in ["a", "ab", "aa", "ä", "abab"] {
                assert_eq!(replace(text, needle, "é"), text.replace(needle, "é"));
                assert_eq!(contains(text, needle), text.contains(needle));
                assert_eq!(split_once(text, needle), text.split_once(needle));
                assert_eq!(split(text, needle), text.split(needle).collect::<Vec<_>>());
                assert_eq!(Some(before(text, needle)), text.split(needle).next());
            }
        }
        assert_eq!(replace("abc", "", "x"), "abc");
    }

    #[test]
    fn joins_and_counts() {
        assert_eq!(concat(&["a", "", "b"]), "ab");
        assert_eq!(join(&["a", "", "b"], ", "), "a, , b");
        for value in [0, 7, 10, 503, u64::MAX] {
            assert_eq!(number(value), value.to_string());
            assert_eq!(read_number(&value.to_string()), Some(value));
        }
        for other in ["", "-1", "1 ", "0x1", "18446744073709551616", "1:"] {
            assert_eq!(read_number(other), None, "{other}");
        }
    }
}
