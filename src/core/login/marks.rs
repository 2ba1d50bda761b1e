//! Marks of sign-ins that were finished, for all tabs of the origin: a tab that is duplicated takes
//! its slots along, and the code in its address.
//!
//! A mark is a hash and a time; nothing of the sign-in can be read from it.

use super::slots::LIFETIME;
use crate::core::text::{concat, join, number, read_number, split};

/// The name of the text that holds them.
pub const NAME: &str = "finished-logins";

/// How far a tab has come with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is exchanging it.
    Begun,
    /// The token is kept.
    Done,
    /// There is none.
    Failed,
}

impl Mark {
    fn letter(self) -> &'static str {
        match self {
            Self::Begun => "b",
            Self::Done => "d",
            Self::Failed => "f",
        }
    }
}

/// The mark of a hash.
pub fn find(text: &str, hash: &str) -> Option<Mark> {
    for line in split(text, "\n") {
        if let [known, letter, _] = split(line, " ")[..]
            && known == hash
        {
            return Some(match letter {
                "d" => Mark::Done,
                "f" => Mark::Failed,
                _ => Mark::Begun,
            });
        }
    }
    None
}

/// All marks, with another one in place of the hash's own, and without those for which no slot can
/// be left.
pub fn with(text: &str, hash: &str, mark: Mark, now: f64) -> String {
    let mut lines = Vec::new();
    for line in split(text, "\n") {
        if let [known, _, set] = split(line, " ")[..]
            && known != hash
            && let Some(set) = read_number(set)
            && now <= set as f64 + LIFETIME
        {
            lines.push(line);
        }
    }
    let line = concat(&[hash, " ", mark.letter(), " ", &number(now as u64)]);
    lines.push(&line);
    join(&lines, "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_change_and_age() {
        let text = with("", "aa", Mark::Begun, 100.0);
        let text = with(&text, "bb", Mark::Begun, 200.0);
        assert_eq!(find(&text, "aa"), Some(Mark::Begun));
        let text = with(&text, "aa", Mark::Done, 300.0);
        assert_eq!(find(&text, "aa"), Some(Mark::Done));
        assert_eq!(find(&text, "bb"), Some(Mark::Begun));
        assert_eq!(find(&text, "cc"), None);
        let text = with(&text, "cc", Mark::Failed, 850.0);
        assert_eq!(find(&text, "bb"), None);
        assert_eq!(find(&text, "aa"), Some(Mark::Done));
        assert_eq!(find(&text, "cc"), Some(Mark::Failed));
        assert_eq!(with("broken\naa b x", "dd", Mark::Begun, 1.0), "dd b 1");
    }
}
