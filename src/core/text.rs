//! Texts in texts.
//!
//! The standard library's ways are built for speed on long texts, and bring ten kilobytes of wasm
//! with them.

/// Whether `needle` is in `text`.
pub fn contains(text: &str, needle: &str) -> bool {
    find(text, needle).is_some()
}

/// `text` with every `needle` replaced; an empty one is nowhere.
pub fn replace(text: &str, needle: &str, with: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = find(rest, needle) {
        replaced.push_str(before);
        replaced.push_str(with);
        rest = after;
    }
    replaced.push_str(rest);
    replaced
}

/// The parts with a separator between them.
pub fn join<Part: AsRef<str>>(parts: impl Iterator<Item = Part>, separator: &str) -> String {
    let mut joined = String::new();
    for (index, part) in parts.enumerate() {
        if index > 0 {
            joined.push_str(separator);
        }
        joined.push_str(part.as_ref());
    }
    joined
}

/// What stands before and behind the first `needle`.
fn find<'a>(text: &'a str, needle: &str) -> Option<(&'a str, &'a str)> {
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
            }
        }
        assert_eq!(replace("abc", "", "x"), "abc");
    }
}
