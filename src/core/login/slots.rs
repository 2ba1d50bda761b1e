//! Sign-ins that were begun: one slot for each `state`, kept as one text.

use crate::core::percent::{decode, encode};
use crate::core::secret::Secret;
use crate::core::text::{join, number, read_number, split};

/// Slots that are kept; the oldest makes room.
const KEPT: usize = 5;
/// Seconds for which a sign-in can be finished.
pub const LIFETIME: f64 = 600.0;

/// A sign-in that was begun.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// What the service sends back.
    pub state: String,
    /// What the code is exchanged with.
    pub verifier: Secret,
    /// Where the service was told to send the player back to.
    pub redirect_uri: String,
    /// Where the caller wants to go on.
    pub return_to: Option<String>,
    /// Which client began it.
    pub client: String,
    /// When, in Unix seconds.
    pub begun: u64,
    /// The hash of the access token that was stored then: it isn't what this sign-in brings.
    pub before: Option<String>,
}

impl Slot {
    /// Whether it can't be finished any more. A clock that was set back ends nothing.
    pub fn is_over(&self, now: f64) -> bool {
        now > self.begun as f64 + LIFETIME
    }

    fn write(&self) -> String {
        let mut line = number(self.begun);
        for field in [
            &self.state,
            self.verifier.expose(),
            &self.redirect_uri,
            &self.client,
            self.return_to.as_deref().unwrap_or_default(),
            self.before.as_deref().unwrap_or_default(),
        ] {
            line.push(' ');
            line.push_str(&encode(field));
        }
        line
    }

    fn read(line: &str) -> Option<Self> {
        let fields = split(line, " ");
        let [
            begun,
            state,
            verifier,
            redirect_uri,
            client,
            return_to,
            before,
        ] = fields[..]
        else {
            return None;
        };
        let given = |field| decode(field).map(|text| (!text.is_empty()).then_some(text));
        Some(Self {
            begun: read_number(begun)?,
            state: decode(state)?,
            verifier: Secret::new(decode(verifier)?),
            redirect_uri: decode(redirect_uri)?,
            client: decode(client)?,
            return_to: given(return_to)?,
            before: given(before)?,
        })
    }
}

/// All of them with another one, the oldest first, less what is over, can't be read, or makes room.
pub fn with(text: &str, slot: &Slot, now: f64) -> String {
    let mut lines = Vec::new();
    for line in split(text, "\n") {
        if Slot::read(line).is_some_and(|one| !one.is_over(now)) {
            lines.push(line);
        }
    }
    if lines.len() >= KEPT {
        lines.remove(0);
    }
    let line = slot.write();
    lines.push(&line);
    join(&lines, "\n")
}

/// The one of a `state`.
pub fn find(text: &str, state: &str) -> Option<Slot> {
    for line in split(text, "\n") {
        if let Some(slot) = Slot::read(line)
            && slot.state == state
        {
            return Some(slot);
        }
    }
    None
}

/// All of them but that of a `state`.
pub fn without(text: &str, state: &str) -> String {
    let mut lines = Vec::new();
    for line in split(text, "\n") {
        if Slot::read(line).is_some_and(|slot| slot.state != state) {
            lines.push(line);
        }
    }
    join(&lines, "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(state: &str, begun: u64) -> Slot {
        Slot {
            state: state.into(),
            verifier: Secret::new("v".into()),
            redirect_uri: "https://app.example/back?a=b c".into(),
            return_to: Some("/profile?x=\n1#ä".into()),
            client: "playoff https%3A%2F%2Fa ".into(),
            begun,
            before: Some("5f".into()),
        }
    }

    #[test]
    fn reads_what_it_writes() {
        let one = slot("a", 100);
        let bare = Slot {
            return_to: None,
            before: None,
            ..slot("b", 101)
        };
        let text = with(&with("", &one, 100.0), &bare, 101.0);
        assert_eq!(
            (find(&text, "a"), find(&text, "b")),
            (Some(one), Some(bare))
        );
        assert_eq!(find(&text, "c"), None);
        for broken in [
            "",
            "x",
            "1 a b c d ",
            "x a v r c  ",
            "1 %zz v r c  ",
            "1 a v r c   e",
        ] {
            assert_eq!(find(broken, "a"), None, "{broken}");
            assert_eq!(without(broken, "b"), "", "{broken}");
        }
        let half = crate::core::text::concat(&["broken\n", &text]);
        assert_eq!(without(&half, "c"), text);
    }

    #[test]
    fn the_oldest_makes_room() {
        let mut text = String::new();
        for (begun, state) in ["a", "b", "c", "d", "e", "f"].iter().enumerate() {
            text = with(&text, &slot(state, begun as u64), 10.0);
        }
        assert_eq!(find(&text, "a"), None);
        assert_eq!(split(&text, "\n").len(), 5);
        let text = without(&text, "b");
        assert_eq!(find(&text, "b"), None);
        assert_eq!(split(&text, "\n").len(), 4);
    }

    #[test]
    fn ten_minutes_are_the_end() {
        let old = slot("old", 1000);
        assert!(!old.is_over(1600.0) && !old.is_over(10.0) && old.is_over(1601.0));
        let text = with(&with("", &old, 1000.0), &slot("new", 1601), 1601.0);
        assert_eq!(find(&text, "old"), None);
    }
}
