//! The services on loopback: built here, run as a program of their own.

use crate::process::Group;
use crate::setup::{self, Need};
use crate::{commands, paths, signals, steps};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

pub const DEFAULT_PORT: u16 = 8790;

const BUILD_LIMIT: Duration = Duration::from_secs(8 * 60);
const START_LIMIT: Duration = Duration::from_secs(20);

/// A sandbox that answers. Dropping it ends it.
pub struct Sandbox {
    pub group: Group,
    /// The line of JSON that says where and who everything is.
    pub line: String,
    pub url: String,
}

/// Compiles it; cargo knows whether there is anything to do, and then needs no network.
pub fn build() -> Result<()> {
    let mut command = commands::cargo();
    command.args(["build", "--locked", "--package", "playoff-sandbox"]);
    steps::run("the sandbox", command, BUILD_LIMIT).context("can't compile the sandbox")
}

/// The program.
pub fn executable() -> PathBuf {
    paths::target("debug/playoff-sandbox")
}

fn command(port: u16, json: bool) -> Command {
    let mut command = commands::program(executable());
    command.args(["--port", &port.to_string()]);
    if json {
        command.arg("--json");
    }
    command
}

/// `cargo xtask sandbox`: in the foreground, its output passed on unchanged.
pub fn run(port: u16, json: bool) -> Result<()> {
    setup::require(&[Need::CCompiler, Need::Sandbox])?;
    let mut group = Group::spawn("the sandbox", &mut command(port, json))?;
    loop {
        if let Some(status) = group.ended()? {
            signals::stay_silent_when_ending();
            bail!("the sandbox ended by itself ({status})");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

impl Sandbox {
    /// Starts one on the port, or the next free one, and waits until it says where it is.
    pub fn start(port: u16) -> Result<Sandbox> {
        let log = steps::log_path("sandbox")?;
        let errors = File::create(&log)?;
        let mut command = command(port, true);
        command.stdout(Stdio::piped()).stderr(errors);
        let mut group = Group::spawn("the sandbox", &mut command)?;
        let line = first_line(&mut group).inspect_err(|_| steps::show_tail(&log))?;
        let url = url_in(&line)?;
        Ok(Sandbox { group, line, url })
    }

    pub fn port(&self) -> Result<u16> {
        self.url
            .rsplit_once(':')
            .and_then(|(_, port)| port.parse().ok())
            .with_context(|| format!("no port in the sandbox's address {}", self.url))
    }
}

fn url_in(line: &str) -> Result<String> {
    let json: Value = serde_json::from_str(line)
        .with_context(|| format!("the sandbox's first line is no JSON: {line}"))?;
    json["playoff"]["apiUrl"]
        .as_str()
        .map(str::to_owned)
        .context("the sandbox's first line has no playoff.apiUrl")
}

/// The first line of its output; the rest is read and dropped, so that it never waits for us.
fn first_line(group: &mut Group) -> Result<String> {
    let stdout = group.child().stdout.take().context("no stdout")?;
    let (sender, first) = channel();
    std::thread::spawn(move || {
        let mut reader = BufReader::new(stdout);
        let mut line = String::new();
        let said = matches!(reader.read_line(&mut line), Ok(length) if length > 0);
        if said && sender.send(line).is_ok() {
            // A read error is the sandbox's end, which its group tells.
            drop(std::io::copy(&mut reader, &mut std::io::sink()));
        }
    });
    let begin = Instant::now();
    loop {
        match first.recv_timeout(Duration::from_millis(50)) {
            Ok(line) => return Ok(line.trim_end().to_owned()),
            Err(RecvTimeoutError::Disconnected) => {
                bail!("the sandbox ended before it said where it is")
            }
            Err(RecvTimeoutError::Timeout) if begin.elapsed() > START_LIMIT => {
                bail!(
                    "the sandbox did not say where it is within {} s",
                    START_LIMIT.as_secs()
                )
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_taken_from_the_line() {
        let line =
            r#"{"playoff": {"authUrl": "http://127.0.0.1:1", "apiUrl": "http://127.0.0.1:8791"}}"#;
        assert_eq!(url_in(line).unwrap(), "http://127.0.0.1:8791");
        assert!(url_in("listening on 8790").is_err());
        assert!(url_in("{}").is_err());
    }
}
