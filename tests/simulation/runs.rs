//! Runs of many schedules.

use std::env;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use crate::report::Report;
use crate::schedule;

/// Schedules of a plain `cargo test`, which doesn't optimise.
const FEW: u64 = 2_000;
/// Schedules of a full run.
const FULL: u64 = 10_000_000;
/// Seeds that a thread takes at a time.
const BATCH: u64 = 500;

fn number(name: &str) -> Option<u64> {
    let text = env::var(name).ok()?;
    Some(text.parse().expect("a number"))
}

fn schedules() -> u64 {
    let full = env::var_os("PLAYOFF_FULL").map_or(FEW, |_| FULL);
    number("PLAYOFF_SCHEDULES").unwrap_or(full)
}

/// How a seed is replayed.
pub fn replay(seed: u64) -> String {
    format!(
        "PLAYOFF_SIM_SEED={seed} cargo test --profile sim --features edge,bugs --test simulation -- --nocapture no_schedule"
    )
}

/// Runs schedules on every core.
fn run_all(schedules: u64) -> Report {
    let next = AtomicU64::new(0);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let work = || {
        let mut report = Report::default();
        loop {
            let first = next.fetch_add(BATCH, Ordering::Relaxed);
            if first >= schedules {
                return report;
            }
            for seed in first..(first + BATCH).min(schedules) {
                report.count(seed, schedule::run(seed, false));
            }
        }
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let mut report = Report::default();
        for thread in running {
            report.add(&thread.join().expect("a thread that ran schedules"));
        }
        report
    })
}

#[test]
fn no_schedule_breaks_a_rule() {
    if let Some(seed) = number("PLAYOFF_SIM_SEED") {
        let ran = schedule::run(seed, true);
        for line in &ran.trace {
            println!("{line}");
        }
        if let Some(broken) = ran.broken {
            panic!("seed {seed}: {broken}");
        }
        return;
    }
    let begun = Instant::now();
    let report = run_all(schedules());
    report.print();
    let seconds = begun.elapsed().as_secs_f64();
    let each = seconds * 1e6 / schedules() as f64;
    println!("{seconds:.1} s, {each:.1} ms for a thousand schedules");
    let broken = report.broken();
    assert!(broken.is_empty(), "rules were broken:\n{broken}");
    assert_eq!(report.too_seldom(), [], "too seldom to say much");
}

#[test]
fn the_same_seed_makes_the_same_trace() {
    for seed in 0..50 {
        let (one, two) = (schedule::run(seed, true), schedule::run(seed, true));
        assert!(!one.trace.is_empty());
        assert_eq!(one.trace, two.trace);
    }
}
