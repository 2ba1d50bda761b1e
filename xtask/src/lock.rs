//! One `cargo xtask` at a time installs and builds.

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

pub fn take() -> Result<Lock> {
    std::fs::create_dir_all(paths::target(""))?;
    let path = paths::target("xtask.lock");
    let file = File::create(&path).with_context(|| format!("can't write {}", path.display()))?;
    let begin = Instant::now();
    let mut told = false;
    while !try_lock(&file) {
        if !told {
            steps::note("waiting for another cargo xtask to finish its build");
            told = true;
        }
        if begin.elapsed() > LIMIT {
            bail!("another cargo xtask has been building for 20 minutes: end it, then try again");
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(Lock { _file: file })
}

fn try_lock(file: &File) -> bool {
    // SAFETY: the descriptor is open as long as `file` lives.
    unsafe { libc::flock(file.as_raw_fd(), libc::LOCK_EX | libc::LOCK_NB) == 0 }
}
