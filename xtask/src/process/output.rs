//! A child whose output is read line by line while it runs.

use super::{Group, LOOK, orphans};
use crate::signals;
use anyhow::{Context, Result};
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// How long a pipe is read on after the child's end: something it left behind may hold it open.
const REST: Duration = Duration::from_secs(2);

pub enum Ended {
    Exited(ExitStatus),
    TooLate,
}

/// Runs a child to its end and hands over each line of its stdout and stderr.
pub fn stream(
    name: &str,
    mut command: Command,
    limit: Duration,
    mut on_line: impl FnMut(&str),
) -> Result<Ended> {
    // One pipe for both, so that their lines keep their order.
    let (reader, writer) = std::io::pipe().context("can't make a pipe")?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut group = Group::spawn(name, &mut command)?;
    // It holds our own copies of the writing end, which would keep the pipe open.
    drop(command);
    let (sender, lines) = channel();
    read_lines(reader, sender);

    let begin = Instant::now();
    let ended = loop {
        let open = pass_on(&lines, LOOK, &mut on_line);
        if let Some(status) = group.ended()? {
            break Ended::Exited(status);
        }
        if begin.elapsed() > limit {
            break Ended::TooLate;
        }
        orphans::bury();
        if !open {
            std::thread::sleep(LOOK);
        }
    };
    group.end();
    let rest = Instant::now();
    while rest.elapsed() < REST && pass_on(&lines, LOOK, &mut on_line) {}
    signals::stay_silent_when_ending();
    Ok(ended)
}

/// Hands over what has come within the wait; false once the pipe is closed.
fn pass_on(lines: &Receiver<String>, wait: Duration, on_line: &mut impl FnMut(&str)) -> bool {
    match lines.recv_timeout(wait) {
        Ok(line) => {
            on_line(&line);
            while let Ok(line) = lines.try_recv() {
                on_line(&line);
            }
            true
        }
        Err(RecvTimeoutError::Timeout) => true,
        Err(RecvTimeoutError::Disconnected) => false,
    }
}

fn read_lines(pipe: impl Read + Send + 'static, sender: Sender<String>) {
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).split(b'\n') {
            // A read error is the end of the pipe, and a closed channel the end of interest in it.
            let Ok(line) = line else { return };
            let text = String::from_utf8_lossy(&line);
            if sender.send(text.trim_end_matches('\r').to_owned()).is_err() {
                return;
            }
        }
    });
}
