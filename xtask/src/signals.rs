//! What SIGINT, SIGTERM and SIGHUP do: end every child, then us, within two seconds;
//! a package manager may take a minute.

use crate::process;
use anyhow::{Context, Result};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

static ENDING: AtomicBool = AtomicBool::new(false);

/// Listens from now on. The listener ends the process itself, since the main
/// thread may be anywhere, waiting for a child or writing a file.
pub fn listen() -> Result<()> {
    let mut signals =
        Signals::new([SIGINT, SIGTERM, SIGHUP]).context("can't listen for signals")?;
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            ENDING.store(true, Ordering::SeqCst);
            process::end_all();
            std::process::exit(128 + signal);
        }
    });
    Ok(())
}

/// Whether a signal is about to end the process.
pub fn ending() -> bool {
    ENDING.load(Ordering::SeqCst)
}

/// Children that a signal ended look like failures; nobody wants to read of them.
/// Waits here for the end of the process once a signal came.
pub fn stay_silent_when_ending() {
    while ending() {
        std::thread::sleep(Duration::from_millis(50));
    }
}
