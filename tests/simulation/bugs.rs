//! Bugs that are put in on purpose: a simulation that doesn't find them is blind.

use playoff_wasm::core::bugs::{Bug, seed};

use crate::rules::Rule;
use crate::schedule;

/// Schedules in which a bug must be found.
const SCHEDULES: u64 = 20_000;

/// Takes the bug out again, even if the test fails.
struct Seeded;

impl Drop for Seeded {
    fn drop(&mut self) {
        seed(None);
    }
}

fn breaks(bug: Bug, rule: Rule) {
    let _seeded = Seeded;
    seed(Some(bug));
    for number in 0..SCHEDULES {
        if let Some(broken) = schedule::run(number, false).broken {
            println!("{bug:?}: schedule {number}: {broken}");
            assert_eq!(broken.rule, rule, "schedule {number}: {broken}");
            return;
        }
    }
    panic!("{bug:?} wasn't found in {SCHEDULES} schedules");
}

#[test]
fn two_renewals_at_a_time_are_found() {
    breaks(Bug::RenewTwice, Rule::OneRenewal);
}

#[test]
fn a_post_that_is_sent_again_is_found() {
    breaks(Bug::RetryPost, Rule::SentOnce);
}

#[test]
fn an_abort_that_is_not_heard_is_found() {
    breaks(Bug::IgnoreAbort, Rule::Abort);
}

#[test]
fn a_token_that_outlives_a_sign_out_is_found() {
    breaks(Bug::NoCommitGuard, Rule::SignedOut);
}

#[test]
fn a_client_that_outlives_its_end_is_found() {
    breaks(Bug::SendAfterDispose, Rule::Disposed);
}

#[test]
fn tabs_that_renew_at_the_same_time_are_found() {
    breaks(Bug::NoTabLock, Rule::RefreshReuse);
}

#[test]
fn a_token_in_an_error_is_found() {
    breaks(Bug::TokenInError, Rule::Secret);
}
