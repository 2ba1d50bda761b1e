//! The players of whom it is known that the service has them.

use std::collections::{HashSet, VecDeque};

/// Players who are remembered; the one who has been known longest makes room.
const KEPT: usize = 10_000;

/// Their ids.
#[derive(Debug, Default)]
pub struct Known {
    ids: HashSet<String>,
    order: VecDeque<String>,
}

impl Known {
    /// Whether somebody is known.
    pub fn holds(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// Somebody is known from now on.
    pub fn add(&mut self, id: &str) {
        if !self.ids.insert(id.to_owned()) {
            return;
        }
        self.order.push_back(id.to_owned());
        if self.order.len() > KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.ids.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_as_many_as_it_has_room_for() {
        let mut known = Known::default();
        for id in 0..=KEPT {
            known.add(&id.to_string());
            known.add(&id.to_string());
        }
        assert!(!known.holds("0"));
        assert!(known.holds("1") && known.holds(&KEPT.to_string()));
        assert_eq!(known.ids.len(), KEPT);
    }
}
