//! Rules: what follows from scores, or is run by an admin.

use super::{Named, Reward, Variable};

/// A rule that gives an item once a metric is high enough.
#[derive(Debug)]
pub struct Achievement {
    /// The rule's id.
    pub id: &'static str,
    /// The metric that is looked at.
    pub metric: &'static str,
    /// What it must reach.
    pub at_least: i64,
    /// The set that the item is of.
    pub set: &'static str,
    /// The item that is given, once.
    pub item: &'static str,
}

/// A rule that gives a state by how high another metric is.
#[derive(Debug)]
pub struct LevelRule {
    /// The rule's id.
    pub id: &'static str,
    /// The state metric that it drives.
    pub metric: &'static str,
    /// The metric that is looked at.
    pub base: &'static str,
    /// From how many on a player is in which state.
    pub levels: &'static [(i64, &'static str)],
}

/// A rule that an admin runs for players.
#[derive(Debug)]
pub struct CustomRule {
    /// Id, name and description.
    pub named: Named,
    /// Its variables.
    pub variables: &'static [Variable],
    /// What it gives.
    pub rewards: &'static [Reward],
}
