//! What processes are made of.

use super::{Named, Reward};

/// What processes are made of.
#[derive(Debug, PartialEq)]
pub struct ProcessDesign {
    /// Id, name and description.
    pub named: Named,
    /// What can be done, in the order that triggers are listed.
    pub tasks: &'static [Task],
}

/// A step of a process.
#[derive(Debug, PartialEq)]
pub struct Task {
    /// What sets it off; `Name:Gate` where there is a choice.
    pub trigger: &'static str,
    /// Its name.
    pub name: &'static str,
    /// At which stage of the process it can be played.
    pub stage: usize,
    /// The stage that follows. A task that leads to its own stage can be played again.
    pub next: usize,
    /// How often it can be played at its stage; without end if `None`.
    pub times: Option<u64>,
    /// What it gives.
    pub rewards: &'static [Reward],
}
