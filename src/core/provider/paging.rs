//! How services give lists by parts.

use super::{List, Text};
use crate::core::text::split;

/// How lists are read by parts.
#[derive(Debug)]
pub enum Paging {
    /// Not at all: an answer is the whole list.
    None,
    /// By `skip` and `limit` in the query.
    Skip,
    /// By a `Range` of rows (RFC 9110, section 14).
    Range(Ranges),
}

/// The units of ranges.
#[derive(Debug)]
pub struct Ranges {
    /// Rows of one answer, at most, of lists that aren't named below. The unit of those is the last
    /// part of their route.
    pub limit: u32,
    /// The last part of a route, its unit, and its rows at most.
    pub units: List<(Text, Text, u32)>,
}

/// The unit of a list, and how much of it one answer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit<'a> {
    /// Its name.
    pub name: &'a str,
    /// Rows of one answer, at most.
    pub limit: u32,
    /// Whether the definition names it: then a range that isn't satisfied can only be behind the end.
    pub known: bool,
}

impl Ranges {
    /// The unit of a route's list.
    pub fn of<'a>(&'a self, route: &'a str) -> Unit<'a> {
        let last = split(route, "/").pop().unwrap_or_default();
        let known = self.units.iter().find(|(name, ..)| name == last);
        match known {
            Some((_, unit, limit)) => Unit {
                name: unit,
                limit: *limit,
                known: true,
            },
            None => Unit {
                name: last,
                limit: self.limit,
                known: false,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::presets::TOORNAMENT;
    use super::*;

    #[test]
    fn lists_have_units_and_limits_by_their_routes() {
        let Paging::Range(ranges) = &TOORNAMENT.paging else {
            panic!("it is read by ranges");
        };
        for (route, name, limit, known) in [
            ("/organizer/v2/tournaments", "tournaments", 50, true),
            ("/organizer/v2/matches", "matches", 128, true),
            ("/organizer/v2/matches/7/games", "games", 50, true),
            ("/bracket-nodes", "nodes", 128, true),
            ("/ranking-items", "items", 50, true),
            ("/tournament-sponsors", "sponsors", 50, true),
            ("/odd", "odd", 50, false),
        ] {
            assert_eq!(ranges.of(route), Unit { name, limit, known });
        }
    }
}
