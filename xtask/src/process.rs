//! Children: each in a process group of its own, ended with all it started, whatever
//! way we end ourselves.

mod orphans;
mod output;

pub use orphans::{adopt as adopt_orphans, sweep as sweep_orphans};
pub use output::{Ended, stream};

use crate::signals;
use anyhow::{Context, Result, bail};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Output};
use std::sync::{Mutex, RwLock};
use std::time::{Duration, Instant};

/// How often a child is looked at while it is waited for.
const LOOK: Duration = Duration::from_millis(15);
/// How long a group may take to end by itself after SIGTERM.
const PATIENCE: Duration = Duration::from_millis(1200);

/// The groups that are alive, for the signal listener.
static GROUPS: Mutex<Vec<i32>> = Mutex::new(Vec::new());

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
        groups.push(id);
        Ok(Group {
            child,
            id,
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
        signal_group(self.id, libc::SIGTERM);
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
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
            .retain(|id| *id != self.id);
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
    for id in groups.iter() {
        signal_group(*id, libc::SIGTERM);
    }
    let begin = Instant::now();
    while begin.elapsed() < PATIENCE && groups.iter().any(|id| group_lives(*id)) {
        for id in groups.iter() {
            reap(*id);
        }
        std::thread::sleep(LOOK);
    }
    for id in groups.iter() {
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
