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
pub struct Ledgers(BTreeMap<(Option<String>, Entity), Sums>);

impl Ledgers {
    /// Books what was earned at that moment; `scope` is a custom one.
    pub fn book(
        &mut self,
        scope: Option<&str>,
        entity: &Entity,
        at: i64,
        earned: &BTreeMap<&'static str, i64>,
    ) {
        let key = (scope.map(str::to_owned), entity.clone());
        let sums = self.0.entry(key).or_default();
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
        let key = (cycle, cycle.start(at), metric);
        self.0.iter().filter_map(move |((s, entity), sums)| {
            (s.as_deref() == scope).then_some(())?;
            sums.get(&key).map(|sum| (entity, *sum))
        })
    }

    /// Strikes everything of that entity.
    pub fn forget(&mut self, entity: &Entity) {
        self.0.retain(|(_, e), _| e != entity);
    }
}
