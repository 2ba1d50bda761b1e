//! Actions: what players do, and what it gives.

use super::Named;
use crate::time::Cycle;

/// A variable's type and default.
#[derive(Debug, PartialEq)]
pub enum Default {
    /// A whole number.
    Int(i64),
    /// A text.
    Text(&'static str),
}

/// A variable of an action.
#[derive(Debug, PartialEq)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// Whether it must be given.
    pub required: bool,
    /// Its default, which also says its type.
    pub default: Default,
}

/// What a reward does with the score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verb {
    /// Adds to it.
    Add,
    /// Takes from it.
    Remove,
    /// Replaces it.
    Set,
}

/// How much a reward gives.
#[derive(Debug, PartialEq)]
pub enum Amount {
    /// A fixed number.
    Number(i64),
    /// A variable times a factor.
    Variable(&'static str, i64),
    /// Items of a set with their counts.
    Items(&'static [(&'static str, i64)]),
}

/// A reward of an action.
#[derive(Debug, PartialEq)]
pub struct Reward {
    /// The metric's id.
    pub metric: &'static str,
    /// What is done.
    pub verb: Verb,
    /// How much.
    pub amount: Amount,
    /// How likely it is, up to 1.
    pub probability: f64,
}

/// An action.
#[derive(Debug)]
pub struct Action {
    /// Id, name and description.
    pub named: Named,
    /// Its variables.
    pub variables: &'static [Variable],
    /// Its rewards, in the order they are given.
    pub rewards: &'static [Reward],
    /// How often a player may play it in a cycle.
    pub limit: Option<(u64, Cycle)>,
}
