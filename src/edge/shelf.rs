//! The tokens of the apps of one program or isolate.
//!
//! Whoever makes an app holds nothing of them, so that nobody has to free anything.

use std::rc::Rc;

use crate::core::sessions::Sessions;

/// Apps whose tokens are kept.
const KEPT: usize = 1000;

/// The sessions of apps by what tells these apart, those that were used last at the end.
pub struct Shelf<V>(Vec<(String, Rc<Sessions<V>>)>);

impl<V: Clone> Shelf<V> {
    /// An empty one.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The sessions of an app. Those of apps that never called make room first.
    pub fn of(&mut self, app: String) -> Rc<Sessions<V>> {
        let Self(kept) = self;
        let known = kept.iter().rposition(|(known, _)| *known == app);
        let sessions = match known {
            Some(known) => kept.remove(known).1,
            None => Sessions::shared(),
        };
        if kept.len() == KEPT {
            let unused = kept.iter().position(|(_, sessions)| sessions.is_empty());
            kept.remove(unused.unwrap_or_default());
        }
        kept.push((app, Rc::clone(&sessions)));
        sessions
    }
}

impl<V: Clone> Default for Shelf<V> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(shelf: &mut Shelf<()>, app: &str) -> Rc<Sessions<()>> {
        let sessions = shelf.of(app.to_owned());
        sessions.of(None);
        sessions
    }

    #[test]
    fn an_app_finds_its_sessions_again() {
        let mut shelf = Shelf::new();
        let one = used(&mut shelf, "one");
        assert!(!Rc::ptr_eq(&one, &used(&mut shelf, "other")));
        assert!(Rc::ptr_eq(&one, &used(&mut shelf, "one")));
    }

    #[test]
    fn apps_that_never_called_make_room_first() {
        let mut shelf = Shelf::new();
        let one = used(&mut shelf, "one");
        for app in 0..3 * KEPT {
            shelf.of(app.to_string());
        }
        assert_eq!(shelf.0.len(), KEPT);
        assert!(Rc::ptr_eq(&one, &used(&mut shelf, "one")));
    }

    #[test]
    fn then_the_one_that_called_longest_ago() {
        let mut shelf = Shelf::new();
        let (one, two) = (used(&mut shelf, "one"), used(&mut shelf, "two"));
        for app in 2..KEPT {
            used(&mut shelf, &app.to_string());
        }
        used(&mut shelf, "one");
        used(&mut shelf, "last");
        assert!(Rc::ptr_eq(&one, &used(&mut shelf, "one")));
        assert!(!Rc::ptr_eq(&two, &used(&mut shelf, "two")));
    }
}
