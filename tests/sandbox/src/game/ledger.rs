//! What was earned in which cycle: the leaderboards are read from here.

use std::collections::{BTreeMap, BTreeSet};

use crate::time::Cycle;

/// Who earns.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entity {
    /// A player's id.
    Player(String),
    /// A team's id.
    Team(String),
}

/// Where something was earned.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Anywhere in the game.
    Game,
    /// On a custom scope of that id.
    Custom(String),
    /// As a member of the team of that id.
    Team(String),
}

/// Cycle, its start, metric id: the sum.
type Sums = BTreeMap<(Cycle, i64, &'static str), i64>;

/// The sums of everyone in every scope.
#[derive(Debug, Default)]
pub struct Ledgers {
    sums: BTreeMap<Scope, BTreeMap<Entity, Sums>>,
    /// The custom scopes that were made by name: leaderboard and scope.
    instances: BTreeSet<(&'static str, String)>,
}

impl Ledgers {
    /// Books what was earned at that moment.
    pub fn book(
        &mut self,
        scope: Scope,
        entity: &Entity,
        at: i64,
        earned: &BTreeMap<&'static str, i64>,
    ) {
        let entities = self.sums.entry(scope).or_default();
        let sums = entities.entry(entity.clone()).or_default();
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
        scope: &Scope,
        cycle: Cycle,
        at: i64,
        metric: &'static str,
    ) -> impl Iterator<Item = (&Entity, i64)> {
        let key = (cycle, cycle.start(at), metric);
        let entities = self.sums.get(scope).into_iter().flatten();
        entities.filter_map(move |(entity, sums)| Some((entity, *sums.get(&key)?)))
    }

    /// Makes an instance of a board for a custom scope. `false`: it is there.
    pub fn create(&mut self, board: &'static str, scope: &str) -> bool {
        self.instances.insert((board, scope.to_owned()))
    }

    /// Removes it with all that was booked on that scope. `false`: there is none.
    pub fn remove(&mut self, board: &'static str, scope: &str) -> bool {
        let made = self.instances.remove(&(board, scope.to_owned()));
        let booked = self.sums.remove(&Scope::Custom(scope.to_owned()));
        made || booked.is_some()
    }

    /// Strikes everything of that entity.
    pub fn forget(&mut self, entity: &Entity) {
        for entities in self.sums.values_mut() {
            entities.remove(entity);
        }
        if let Entity::Team(id) = entity {
            self.sums.remove(&Scope::Team(id.clone()));
        }
    }
}
