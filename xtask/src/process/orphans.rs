//! Programs that leave their group (a browser started "detached") and outlive their
//! parent. On Linux they become our children, so they are found and ended; elsewhere
//! ending them is left to the program that started them.

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;

    /// From now on an orphan below us becomes our child instead of init's.
    pub fn adopt() {
        // SAFETY: this prctl takes an integer and touches no memory.
        unsafe { libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) };
    }

    /// Kills the adopted children, group and all, that are none of `ours`.
    pub fn sweep(ours: &[i32]) {
        // A dying orphan hands its own children to us: a few rounds find them all.
        for _ in 0..5 {
            let strangers: Vec<i32> = children()
                .into_iter()
                .filter(|id| !ours.contains(id))
                .collect();
            if strangers.is_empty() {
                return;
            }
            for id in strangers {
                kill(id);
            }
        }
    }

    /// Takes the end of one dead adopted child, if there is one: as long as nobody does,
    /// it looks alive to whoever asks by its id.
    pub fn bury(ours: &[i32]) {
        // SAFETY: all zero is a valid siginfo_t, which waitid fills; WNOWAIT leaves the child
        // to be waited for by whom it belongs to.
        let dead = unsafe {
            let mut info: libc::siginfo_t = std::mem::zeroed();
            let options = libc::WEXITED | libc::WNOHANG | libc::WNOWAIT;
            match libc::waitid(libc::P_ALL, 0, &raw mut info, options) {
                0 => info.si_pid(),
                _ => 0,
            }
        };
        if dead > 0 && !ours.contains(&dead) {
            // SAFETY: a null status pointer is allowed; the child is dead, so this does not block.
            unsafe { libc::waitpid(dead, std::ptr::null_mut(), libc::WNOHANG) };
        }
    }

    fn kill(id: i32) {
        // SAFETY: plain integers; the child is ours and not waited for by anyone else,
        // so its id can't be another process's by now.
        unsafe {
            if libc::getpgid(id) == id {
                libc::kill(-id, libc::SIGKILL);
            }
            libc::kill(id, libc::SIGKILL);
            libc::waitpid(id, std::ptr::null_mut(), 0);
        }
    }

    fn children() -> Vec<i32> {
        let me = i32::try_from(std::process::id()).unwrap_or(i32::MAX);
        let Ok(entries) = fs::read_dir("/proc") else {
            return Vec::new();
        };
        entries
            .flatten()
            .filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok())
            .filter(|id| parent(*id) == Some(me))
            .collect()
    }

    fn parent(id: i32) -> Option<i32> {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name, in brackets, may hold blanks and brackets itself.
        let (_, rest) = stat.rsplit_once(')')?;
        rest.split_whitespace().nth(1)?.parse().ok()
    }
}

#[cfg(target_os = "linux")]
use linux::{adopt as adopt_here, bury as bury_here, sweep as sweep_here};

#[cfg(not(target_os = "linux"))]
fn adopt_here() {}

#[cfg(not(target_os = "linux"))]
fn sweep_here(_ours: &[i32]) {}

#[cfg(not(target_os = "linux"))]
fn bury_here(_ours: &[i32]) {}

/// Makes orphans findable.
pub fn adopt() {
    adopt_here();
}

/// Ends what a finished child left behind.
pub fn sweep() {
    let _nobody_asks = super::ASKING.write().expect("nobody panics while asking");
    let groups = super::GROUPS.lock().expect("the list of groups is whole");
    sweep_here(&ids(&groups));
}

/// Lets dead orphans go, unless a child runs that is no `Group`: then the next time.
pub fn bury() {
    let Ok(_nobody_asks) = super::ASKING.try_write() else {
        return;
    };
    let groups = super::GROUPS.lock().expect("the list of groups is whole");
    bury_here(&ids(&groups));
}

fn ids(groups: &[(i32, super::Manners)]) -> Vec<i32> {
    groups.iter().map(|(id, _)| *id).collect()
}

/// Ends every child, ours or adopted; for the end of the process.
pub fn kill_all() {
    sweep_here(&[]);
}
