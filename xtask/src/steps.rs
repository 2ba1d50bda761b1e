//! What the reader sees while something runs: a line when a step begins, a word now
//! and then while it lasts, its time at the end. All of it on stderr: stdout is for results.

use crate::{paths, process, signals};
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How much of a failed step's output is shown; the whole of it stays in its log.
const SHOWN_ON_FAILURE: usize = 60;
const STILL_AT_IT: Duration = Duration::from_secs(20);

static DONE: Mutex<Vec<(String, Duration)>> = Mutex::new(Vec::new());

/// A remark that belongs to no step.
pub fn note(text: &str) {
    signals::stay_silent_when_ending();
    eprintln!("  {text}");
}

/// Runs a step, showing its beginning, end and time.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    note(&format!("... {name}"));
    let begin = Instant::now();
    let result = work();
    let took = begin.elapsed();
    let verdict = if result.is_ok() { "ok " } else { "FAILED" };
    note(&format!("{verdict} {name} ({})", seconds(took)));
    DONE.lock()
        .expect("no step panics while it is noted")
        .push((name.to_owned(), took));
    result
}

/// Runs a program as a step; its output goes to a log and is shown when it fails.
pub fn run(name: &str, command: Command, limit: Duration) -> Result<()> {
    step(name, || quietly(name, command, limit))
}

/// As `run`, once more after a failure: downloads meet passing faults.
pub fn run_with_retry(name: &str, make: impl Fn() -> Command, limit: Duration) -> Result<()> {
    step(name, || {
        quietly(name, make(), limit).or_else(|error| {
            note(&format!("    {name}: {error:#}; trying once more"));
            quietly(name, make(), limit)
        })
    })
}

/// Runs a program with its output in a log, which is shown when it fails.
pub fn quietly(name: &str, mut command: Command, limit: Duration) -> Result<()> {
    let log = log_path(name)?;
    let out = File::create(&log).with_context(|| format!("can't write {}", log.display()))?;
    let program = program_name(&command);
    command.stdout(out.try_clone()?).stderr(out);
    let mut group = process::Group::spawn(name, &mut command)?;
    let begin = Instant::now();
    let mut told = begin;
    let status = group.wait(limit, || {
        if told.elapsed() >= STILL_AT_IT {
            told = Instant::now();
            let last = tail(&log, 1).unwrap_or_default();
            note(&format!(
                "    {name}: {}, {}",
                seconds(begin.elapsed()),
                last.trim()
            ));
        }
    })?;
    let Some(status) = status else {
        show_tail(&log);
        bail!(
            "{program} did not end within {} (its output: {})",
            seconds(limit),
            paths::shown(&log)
        );
    };
    if !status.success() {
        show_tail(&log);
        bail!("{program}: {status} (its output: {})", paths::shown(&log));
    }
    Ok(())
}

fn program_name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    name.to_string_lossy().into_owned()
}

/// A new log for a step; only its path is made here.
pub fn log_path(name: &str) -> Result<PathBuf> {
    let folder = paths::target("logs");
    std::fs::create_dir_all(&folder).with_context(|| format!("can't make {}", folder.display()))?;
    let file: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect();
    Ok(folder.join(format!("{file}.log")))
}

/// Says what ran and how long each part took.
pub fn summary(whole: Duration) {
    let done = DONE.lock().expect("no step panics while it is noted");
    if done.is_empty() {
        return;
    }
    note(&format!("{:>9}  step", "time"));
    for (name, took) in done.iter() {
        note(&format!("{:>9}  {name}", seconds(*took)));
    }
    note(&format!(
        "{:>9}  from the beginning (steps run side by side)",
        seconds(whole)
    ));
}

/// A time for people.
pub fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// Shows the end of a log, indented.
pub fn show_tail(log: &Path) {
    signals::stay_silent_when_ending();
    match tail(log, SHOWN_ON_FAILURE) {
        Ok(text) => {
            for line in text.lines() {
                eprintln!("    | {line}");
            }
        }
        Err(error) => note(&format!("can't read {}: {error:#}", paths::shown(log))),
    }
}

/// The last lines of a file, however large it is.
fn tail(path: &Path, lines: usize) -> Result<String> {
    const ENOUGH: u64 = 32 * 1024;
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(ENOUGH)))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let all: Vec<&str> = text.lines().collect();
    Ok(all[all.len().saturating_sub(lines)..].join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_of_a_log_is_its_last_lines() {
        let path = std::env::temp_dir().join(format!("xtask-tail-{}", std::process::id()));
        std::fs::write(&path, "one\ntwo\nthree\n").unwrap();
        let found = tail(&path, 2).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(found, "two\nthree");
    }
}
