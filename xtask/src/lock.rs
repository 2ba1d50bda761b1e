//! One `cargo xtask` at a time installs and builds, and one at a time runs a ring.

use crate::{paths, steps};
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::os::fd::AsRawFd;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(20 * 60);

/// Held while it lives; the system frees it with the process.
pub struct Lock {
    _file: File,
}

/// For whoever installs or builds.
pub fn take() -> Result<Lock> {
    take_named("xtask", "finish its build")
}

/// For whoever runs this ring, which has a folder of its own.
pub fn take_ring(ring: &str) -> Result<Lock> {
    take_named(&format!("ring-{ring}"), &format!("finish ring {ring}"))
}

fn take_named(name: &str, what: &str) -> Result<Lock> {
    let folder = paths::target("locks");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(name);
    let file = File::create(&path).with_context(|| format!("can't write {}", path.display()))?;
    let begin = Instant::now();
    let mut told = false;
    while !try_lock(&file) {
        if !told {
            steps::note(&format!("waiting for another cargo xtask to {what}"));
            told = true;
        }
        if begin.elapsed() > LIMIT {
            bail!("another cargo xtask did not {what} within 20 minutes: end it, then try again");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(Lock { _file: file })
}

fn try_lock(file: &File) -> bool {
    // SAFETY: the descriptor is open as long as `file` lives.
    unsafe { libc::flock(file.as_raw_fd(), libc::LOCK_EX | libc::LOCK_NB) == 0 }
}
