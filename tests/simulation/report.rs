//! What a run tells: how much it did, and how often what went wrong.

use crate::faults::{FAULTS, Fault, Struck};
use crate::rules::Broken;
use crate::runs::replay;
use crate::schedule::Ran;

/// Schedules from which on every kind of fault must have struck often.
const ENOUGH: u64 = 100_000;
/// How often, at least.
const OFTEN: u64 = 1000;

/// Schedules that broke one rule.
#[derive(Clone)]
struct Found {
    schedules: u64,
    /// The lowest seed of them.
    seed: u64,
    broken: Broken,
}

/// Sums over many schedules.
#[derive(Clone, Default)]
pub struct Report {
    found: Vec<Found>,
    schedules: u64,
    calls: u64,
    points: u64,
    struck: Struck,
}

impl Report {
    /// One more schedule.
    pub fn count(&mut self, seed: u64, ran: Ran) {
        self.schedules += 1;
        self.calls += ran.calls;
        self.points += ran.points;
        self.struck.add(&ran.struck);
        if let Some(broken) = ran.broken {
            self.find(Found {
                schedules: 1,
                seed,
                broken,
            });
        }
    }

    fn find(&mut self, more: Found) {
        let same = |known: &&mut Found| known.broken.rule == more.broken.rule;
        let Some(known) = self.found.iter_mut().find(same) else {
            return self.found.push(more);
        };
        known.schedules += more.schedules;
        if more.seed < known.seed {
            (known.seed, known.broken) = (more.seed, more.broken);
        }
    }

    /// Those that another thread ran.
    pub fn add(&mut self, other: &Self) {
        self.schedules += other.schedules;
        self.calls += other.calls;
        self.points += other.points;
        self.struck.add(&other.struck);
        for found in &other.found {
            self.find(found.clone());
        }
    }

    /// The rules that were broken, each with a seed that shows it; empty where none was.
    pub fn broken(&self) -> String {
        let line = |found: &Found| {
            let Found {
                schedules,
                seed,
                broken,
            } = found;
            let replay = replay(*seed);
            format!("{schedules} schedules, as seed {seed}: {broken}\n  {replay}\n")
        };
        self.found.iter().map(line).collect()
    }

    /// The table.
    pub fn print(&self) {
        for (fault, words) in FAULTS {
            println!("{:>12}  {words}", self.struck.of(*fault));
        }
        let Self {
            schedules,
            calls,
            points,
            ..
        } = self;
        let faults = self.struck.total();
        println!(
            "{schedules} schedules, {calls} calls, {points} scheduling points, {faults} faults"
        );
    }

    /// The kinds of fault that struck too seldom for a run of this length to say much.
    pub fn too_seldom(&self) -> Vec<Fault> {
        let kinds = FAULTS.iter().map(|(fault, _)| *fault);
        match self.schedules >= ENOUGH {
            true => kinds.filter(|kind| self.struck.of(*kind) < OFTEN).collect(),
            false => Vec::new(),
        }
    }
}
