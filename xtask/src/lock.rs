//! One `cargo xtask` at a time installs and builds, and one at a time runs a ring.

use crate::{paths, steps};
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::io::{self, ErrorKind};
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
    while !try_lock(&file).with_context(|| {
        format!(
            "can't lock {}: does the file system that it is on have file locks (flock)?",
            path.display()
        )
    })? {
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

/// Whether it is ours now; an error where that is nothing that changes by waiting.
fn try_lock(file: &File) -> io::Result<bool> {
    // SAFETY: the descriptor is open as long as `file` lives.
    if unsafe { libc::flock(file.as_raw_fd(), libc::LOCK_EX | libc::LOCK_NB) } == 0 {
        return Ok(true);
    }
    let error = io::Error::last_os_error();
    match error.kind() {
        ErrorKind::WouldBlock | ErrorKind::Interrupted => Ok(false),
        _ => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_waited_for_only_where_somebody_has_it() {
        let path = std::env::temp_dir().join(format!("xtask-lock-{}", std::process::id()));
        let [first, second] = [(); 2].map(|()| File::create(&path).unwrap());
        assert!(try_lock(&first).unwrap());
        assert!(!try_lock(&second).unwrap());
        drop(first);
        assert!(try_lock(&second).unwrap());
        std::fs::remove_file(&path).unwrap();
    }

    /// A descriptor that can't be locked stands for a file system that has no locks.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_cant_be_locked_is_an_error_at_once() {
        use std::os::unix::fs::OpenOptionsExt;
        let mut options = File::options();
        options.read(true).custom_flags(libc::O_PATH);
        let unlockable = options.open(std::env::temp_dir()).unwrap();
        assert!(try_lock(&unlockable).is_err());
    }
}
