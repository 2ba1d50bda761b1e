//! Children: each in a process group of its own, ended with all it started, whatever
//! way we end ourselves.

mod orphans;
mod output;

pub use orphans::{adopt as adopt_orphans, sweep as sweep_orphans};
pub use output::{Ended, stream};

use crate::signals;
use anyhow::{Context, Result, bail};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output};
use std::sync::{Mutex, RwLock};
use std::time::{Duration, Instant};

/// How often a child is looked at while it is waited for.
const LOOK: Duration = Duration::from_millis(15);
/// How a group is asked to end, and how long it may take until it has to.
#[derive(Clone, Copy)]
struct Manners {
    signal: i32,
    patience: Duration,
}

const USUAL: Manners = Manners {
    signal: libc::SIGTERM,
    patience: Duration::from_millis(1200),
};
/// Half done, its work would leave a machine on which nothing can be installed. SIGINT is what has it
/// end behind the packages that dpkg is just at.
const PACKAGE_MANAGER: Manners = Manners {
    signal: libc::SIGINT,
    patience: Duration::from_secs(60),
};

impl Manners {
    fn of(command: &Command) -> Manners {
        match Path::new(command.get_program()).file_name() {
            Some(name) if name == "apt-get" => PACKAGE_MANAGER,
            _ => USUAL,
        }
    }
}

/// The groups that are alive, for the signal listener.
static GROUPS: Mutex<Vec<(i32, Manners)>> = Mutex::new(Vec::new());

/// Held by whoever waits for a child that is no group: its end is nobody else's to take.
static ASKING: RwLock<()> = RwLock::new(());

/// What a program says that ends at once. Nobody looks for orphans meanwhile.
pub fn output(command: &mut Command) -> std::io::Result<Output> {
    let _asking = ASKING.read().expect("nobody panics while asking");
    command.output()
}

/// A running child and everything it starts. Dropping it ends the whole group.
pub struct Group {
    child: Child,
    id: i32,
    manners: Manners,
    name: String,
    status: Option<ExitStatus>,
}

impl Group {
    pub fn spawn(name: &str, command: &mut Command) -> Result<Group> {
        let mut groups = GROUPS.lock().expect("the list of groups is whole");
        // Past this point the signal listener would not see a new group.
        if signals::ending() {
            bail!("ending");
        }
        let child = command
            .process_group(0)
            .spawn()
            .with_context(|| format!("can't start {}", command.get_program().to_string_lossy()))?;
        let id = i32::try_from(child.id()).context("a process id beyond i32")?;
        let manners = Manners::of(command);
        groups.push((id, manners));
        Ok(Group {
            child,
            id,
            manners,
            name: name.to_owned(),
            status: None,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// How the child ended, if it did.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        if self.status.is_none() {
            self.status = self
                .child
                .try_wait()
                .with_context(|| format!("can't wait for {}", self.name))?;
        }
        Ok(self.status)
    }

    /// Waits until the child ends, `None` when it did not within the limit (it is ended then).
    pub fn wait(
        &mut self,
        limit: Duration,
        mut meanwhile: impl FnMut(),
    ) -> Result<Option<ExitStatus>> {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.ended()? {
                signals::stay_silent_when_ending();
                return Ok(Some(status));
            }
            if begin.elapsed() > limit {
                self.end();
                return Ok(None);
            }
            meanwhile();
            std::thread::sleep(LOOK);
        }
    }

    /// Ends the group: politely, then not.
    pub fn end(&mut self) {
        signal_group(self.id, self.manners.signal);
        let begin = Instant::now();
        while begin.elapsed() < self.manners.patience {
            if !matches!(self.ended(), Ok(None)) {
                reap(self.id);
                if !group_lives(self.id) {
                    break;
                }
            }
            std::thread::sleep(LOOK);
        }
        if group_lives(self.id) {
            signal_group(self.id, libc::SIGKILL);
            if let Ok(status) = self.child.wait() {
                self.status = Some(status);
            }
        }
        GROUPS
            .lock()
            .expect("the list of groups is whole")
            .retain(|(id, _)| *id != self.id);
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.end();
    }
}

/// Ends every group at once; for the signal listener, right before the process exits.
pub fn end_all() {
    let groups = GROUPS.lock().expect("the list of groups is whole");
    for (id, manners) in groups.iter() {
        signal_group(*id, manners.signal);
        if manners.patience > USUAL.patience {
            eprintln!("  waiting for a package manager to end what it is at");
        }
    }
    let begin = Instant::now();
    let is_waited_for =
        |(id, manners): &(i32, Manners)| begin.elapsed() < manners.patience && group_lives(*id);
    while groups.iter().any(is_waited_for) {
        for (id, _) in groups.iter() {
            reap(*id);
        }
        std::thread::sleep(LOOK);
    }
    for (id, _) in groups.iter() {
        signal_group(*id, libc::SIGKILL);
    }
    orphans::kill_all();
}

fn signal_group(id: i32, signal: i32) {
    // SAFETY: kill takes two integers; a group that is gone is ESRCH, which is what we want.
    unsafe { libc::kill(-id, signal) };
}

fn group_lives(id: i32) -> bool {
    // SAFETY: signal 0 only asks.
    unsafe { libc::kill(-id, 0) == 0 }
}

/// The dead that nobody waited for still count as members of their group: adopted
/// orphans, and while everything ends, the children themselves.
fn reap(id: i32) {
    // SAFETY: a null status pointer is allowed; WNOHANG never blocks.
    unsafe { libc::waitpid(-id, std::ptr::null_mut(), libc::WNOHANG) };
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    const LIMIT: Duration = Duration::from_secs(20);

    /// A shell script, once it has written its first line.
    fn started(script: &str) -> (Group, String) {
        let mut command = Command::new("sh");
        command.args(["-c", script]).stdout(Stdio::piped());
        let mut group = Group::spawn("shell", &mut command).unwrap();
        let mut line = String::new();
        let stdout = group.child().stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        (group, line.trim().to_owned())
    }

    fn process_lives(id: i32) -> bool {
        // SAFETY: signal 0 only asks.
        unsafe { libc::kill(id, 0) == 0 }
    }

    #[test]
    fn ending_a_child_ends_what_it_started() {
        let (mut group, line) = started("sleep 60 & echo $!; wait");
        let grandchild: i32 = line.parse().unwrap();
        assert!(process_lives(grandchild));
        group.end();
        // The new parent of an orphan may take a moment to bury it.
        let begin = Instant::now();
        while process_lives(grandchild) && begin.elapsed() < LIMIT {
            std::thread::sleep(LOOK);
        }
        assert!(!process_lives(grandchild));
    }

    #[test]
    fn a_child_that_ignores_sigterm_is_killed() {
        let (mut group, line) = started("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        assert_eq!(line, "ready");
        group.end();
        let status = group.ended().unwrap().expect("it has ended");
        assert_eq!(status.code(), None, "ended by a signal");
    }

    #[test]
    fn a_package_manager_gets_the_time_to_end_behind_what_it_is_at() {
        let folder = std::env::temp_dir().join(format!("xtask-apt-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let program = folder.join("apt-get");
        std::os::unix::fs::symlink("/bin/sh", &program).unwrap();
        let mut command = Command::new(&program);
        let script = "trap 'sleep 2; exit 7' INT; echo ready; while :; do sleep 0.05; done";
        command.args(["-c", script]).stdout(Stdio::piped());
        let mut group = Group::spawn("apt-get", &mut command).unwrap();
        let mut line = String::new();
        BufReader::new(group.child().stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        group.end();
        let status = group.ended().unwrap().expect("it has ended");
        assert_eq!(status.code(), Some(7), "ended by itself: {status}");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_child_that_takes_too_long_is_ended() {
        let mut command = Command::new("sleep");
        command.arg("60");
        let mut group = Group::spawn("sleep", &mut command).unwrap();
        let status = group.wait(Duration::from_millis(50), || {}).unwrap();
        assert!(status.is_none());
        assert!(!group_lives(group.id));
    }

    #[test]
    fn both_streams_and_the_status_of_a_child_are_passed_on() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo err >&2; printf rest; exit 3"]);
        let mut lines = Vec::new();
        let ended = stream("shell", command, LIMIT, |line| lines.push(line.to_owned())).unwrap();
        lines.sort();
        assert_eq!(lines, ["err", "out", "rest"]);
        match ended {
            Ended::Exited(status) => assert_eq!(status.code(), Some(3)),
            Ended::TooLate => panic!("it ended by itself"),
        }
    }
}
