//! What was earned in which cycle: the leaderboards are read from here.

use std::collections::BTreeMap;

use crate::time::Cycle;

/// Who earns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entity {
    /// A player's id.
    Player(String),
    /// A team's id.
    Team(String),
}

/// Cycle, its start, metric id: the sum.
type Sums = BTreeMap<(Cycle, i64, &'static str), i64>;

/// The sums of everyone, within the game and within custom scopes.
#[derive(Debug, Default)]
pub struct Ledgers(BTreeMap<Entity, BTreeMap<Option<String>, Sums>>);

impl Ledgers {
    /// Books what was earned at that moment; `scope` is a custom one.
    pub fn book(
        &mut self,
        scope: Option<&str>,
        entity: &Entity,
        at: i64,
        earned: &BTreeMap<&'static str, i64>,
    ) {
        let scopes = self.0.entry(entity.clone()).or_default();
        let sums = scopes.entry(scope.map(str::to_owned)).or_default();
        for (metric, by) in earned {
            for cycle in Cycle::ALL {
                let sum = sums.entry((cycle, cycle.start(at), metric)).or_default();
                *sum = sum.saturating_add(*by);
            }
        }
    }

    /// Everyone's sum of that metric in the cycle around that moment.
    pub fn sums(
        &self,
        scope: Option<&str>,
        cycle: Cycle,
        at: i64,
        metric: &'static str,
    ) -> impl Iterator<Item = (&Entity, i64)> {
        let scope = scope.map(str::to_owned);
        let key = (cycle, cycle.start(at), metric);
        self.0.iter().filter_map(move |(entity, scopes)| {
            let sum = scopes.get(&scope)?.get(&key)?;
            Some((entity, *sum))
        })
    }

    /// Strikes everything of that entity.
    pub fn forget(&mut self, entity: &Entity) {
        self.0.remove(entity);
    }
}
