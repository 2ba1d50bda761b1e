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
        ] {
            line.push(' ');
            line.push_str(&encode(field));
        }
        line
    }

    fn read(line: &str) -> Option<Self> {
        let [begun, state, verifier, redirect_uri, client, return_to] = split(line, " ")[..] else {
            return None;
        };
        let return_to = decode(return_to)?;
        Some(Self {
            begun: read_number(begun)?,
            state: decode(state)?,
            verifier: Secret::new(decode(verifier)?),
            redirect_uri: decode(redirect_uri)?,
            client: decode(client)?,
            return_to: (!return_to.is_empty()).then_some(return_to),
        })
    }
}

/// All of them, the oldest first.
#[derive(Debug, Default, PartialEq)]
pub struct Slots(Vec<Slot>);

impl Slots {
    /// Reads what was kept; what can't be read isn't there.
    pub fn read(text: Option<&str>) -> Self {
        let mut slots = Vec::new();
        for line in split(text.unwrap_or_default(), "\n") {
            slots.extend(Slot::read(line));
        }
        Self(slots)
    }

    /// What is to be kept; `None` where nothing is.
    pub fn write(&self) -> Option<String> {
        let mut lines = Vec::new();
        for slot in &self.0 {
            lines.push(slot.write());
        }
        (!lines.is_empty()).then(|| join(&lines, "\n"))
    }

    /// Adds one, and leaves out what is over or makes room.
    pub fn put(&mut self, slot: Slot, now: f64) {
        self.0.retain(|one| !one.is_over(now));
        if self.0.len() >= KEPT {
            self.0.remove(0);
        }
        self.0.push(slot);
    }

    /// The one of a `state`.
    pub fn find(&self, state: &str) -> Option<&Slot> {
        self.0.iter().find(|slot| slot.state == state)
    }

    /// Takes the one of a `state` out.
    pub fn take(&mut self, state: &str) -> Option<Slot> {
        let at = self.0.iter().position(|slot| slot.state == state)?;
        Some(self.0.remove(at))
    }
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
        }
    }

    #[test]
    fn reads_what_it_writes() {
        let mut slots = Slots::default();
        assert_eq!(slots.write(), None);
        slots.put(slot("a", 100), 100.0);
        let bare = Slot {
            return_to: None,
            ..slot("b", 101)
        };
        slots.put(bare, 101.0);
        let text = slots.write().unwrap();
        assert_eq!(Slots::read(Some(&text)), slots);
        for broken in [
            "",
            "x",
            "1 a b c d",
            "x a v r c ",
            "1 %zz v r c ",
            "1 a v r c  e",
        ] {
            assert_eq!(Slots::read(Some(broken)), Slots::default(), "{broken}");
        }
        let half = crate::core::text::concat(&["broken\n", &text]);
        assert_eq!(Slots::read(Some(&half)), slots);
        assert_eq!(Slots::read(None), Slots::default());
    }

    #[test]
    fn the_oldest_makes_room() {
        let mut slots = Slots::default();
        for (begun, state) in ["a", "b", "c", "d", "e", "f"].iter().enumerate() {
            slots.put(slot(state, begun as u64), 10.0);
        }
        assert!(slots.find("a").is_none());
        assert_eq!(slots.0.len(), 5);
        assert_eq!(slots.take("b").unwrap().state, "b");
        assert!(slots.take("b").is_none());
    }

    #[test]
    fn ten_minutes_are_the_end() {
        let mut slots = Slots::default();
        slots.put(slot("old", 1000), 1000.0);
        assert!(!slots.find("old").unwrap().is_over(1600.0));
        assert!(!slots.find("old").unwrap().is_over(10.0));
        assert!(slots.find("old").unwrap().is_over(1601.0));
        slots.put(slot("new", 1601), 1601.0);
        assert!(slots.find("old").is_none());
    }
}
