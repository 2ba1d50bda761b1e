//! Running cargo's tests and checks.

use super::{Deadline, Tally, say};
use crate::process::{Ended, stream};
use anyhow::Result;
use std::process::Command;

/// Runs `cargo test` in some form and counts what its binaries report. None is a failure.
pub fn tests(name: &str, command: Command, deadline: Deadline) -> Result<Tally> {
    let mut tally = Tally::default();
    let ended = stream(name, command, deadline.remaining(), |line| {
        if !is_noise(line) {
            say(line);
        }
        if let Some(more) = Tally::of_rust(line) {
            tally += more;
        }
    })?;
    match ended {
        Ended::TooLate => {
            tally += Tally::failure(&format!("{name}: it took too long and was ended"))
        }
        Ended::Exited(status) if !status.success() && tally.failed == 0 => {
            tally += Tally::failure(&format!("{name}: {status}"));
        }
        Ended::Exited(_) if tally.ran() == 0 => {
            tally += Tally::failure(&format!("{name}: it ran no tests"));
        }
        Ended::Exited(_) => {}
    }
    Ok(tally)
}

/// Runs a check that passes or fails as a whole; its output is shown when it fails.
pub fn check(name: &str, command: Command, deadline: Deadline) -> Result<Tally> {
    let mut output = Vec::new();
    let ended = stream(name, command, deadline.remaining(), |line| {
        output.push(line.to_owned())
    })?;
    if matches!(ended, Ended::Exited(status) if status.success()) {
        return Ok(Tally::success(name));
    }
    for line in output.iter().filter(|line| !is_noise(line)) {
        say(&format!("    {line}"));
    }
    Ok(Tally::failure(name))
}

/// cargo's own progress.
fn is_noise(line: &str) -> bool {
    let progress = [
        "Compiling ",
        "Checking ",
        "Downloaded ",
        "Downloading ",
        "Blocking ",
        "Updating ",
        "Locking ",
    ];
    let word = line.trim_start();
    line.starts_with(' ') && progress.iter().any(|start| word.starts_with(start))
}
