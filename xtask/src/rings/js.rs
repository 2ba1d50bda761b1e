//! The rings whose tests are JavaScript: `tests/RING/run.mjs`, with a sandbox of its own.

use super::{Ring, Setting, Tally, native, say};
use crate::build;
use crate::demo::Demo;
use crate::process::{Ended, stream};
use crate::sandbox::{self, Sandbox};
use crate::setup::{browsers, python};
use crate::{commands, paths};
use anyhow::{Context, Result, anyhow};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Away from the demo's own ports, which a developer may have in use.
const DEMO_PORT: u16 = 18787;
const SANDBOX_PORT: u16 = 18790;

pub fn run(ring: Ring, setting: &Setting) -> Result<Tally> {
    let mut command = command(ring, setting)?;
    if ring == Ring::Www {
        let demo = Demo::start(DEMO_PORT, SANDBOX_PORT)?;
        command
            .env("PLAYOFF_SANDBOX", &demo.sandbox.line)
            .env("PLAYOFF_DEMO_URL", &demo.url);
        return judge(ring, command, setting);
    }
    let sandboxes = (0..sandboxes(ring))
        .map(|index| Sandbox::start(SANDBOX_PORT + index))
        .collect::<Result<Vec<_>>>()?;
    let lines: Vec<&str> = sandboxes.iter().map(|one| one.line.as_str()).collect();
    command
        .env("PLAYOFF_SANDBOX", lines[0])
        .env("PLAYOFF_SANDBOXES", format!("[{}]", lines.join(",")));
    let mut tally = judge(ring, command, setting)?;
    if ring == Ring::Packaging {
        tally += sockets_of_npms_sandbox(setting)?;
    }
    Ok(tally)
}

/// The tests of the sandbox's sockets, on the program that the ring has installed.
fn sockets_of_npms_sandbox(setting: &Setting) -> Result<Tally> {
    let name = "cargo test of the sandbox's sockets, on npm's";
    say(&format!("-- {name}"));
    let program = work_folder(Ring::Packaging).join("sandbox/node_modules/.bin/playoff-sandbox");
    let mut command = commands::cargo();
    command
        .args(["test", "--locked", "--package", "playoff-sandbox"])
        .args(["--test", "shell"])
        .env("PLAYOFF_SANDBOX_PROGRAM", program);
    native::tests(name, command, setting.deadline)
}

/// Runtimes are tried side by side: each resets its own.
fn sandboxes(ring: Ring) -> u16 {
    match ring {
        Ring::Runtimes => 7,
        _ => 1,
    }
}

fn command(ring: Ring, setting: &Setting) -> Result<Command> {
    let package = setting
        .package
        .as_ref()
        .map_err(|error| anyhow!("{error:#}"))?;
    let mut command = commands::node();
    command
        .arg(paths::at("tests").join(ring.name()).join("run.mjs"))
        .env("PLAYOFF_PACKAGE", &package.folder)
        .env("PLAYOFF_TARBALL", &package.tarball)
        .env("PLAYOFF_NAMED_WASM", &package.named_wasm)
        .env("PLAYOFF_PANIC_SWITCH", build::panic_switch_folder())
        .env("PLAYOFF_WORK", empty_work_folder(ring)?)
        .env_remove("PLAYOFF_FULL");
    if ring.wants_sandbox_package() {
        command
            .env("PLAYOFF_SANDBOX_TARBALL", build::sandbox_package()?.tarball)
            .env("PLAYOFF_SANDBOX_NATIVE", sandbox::executable());
    }
    if setting.full {
        command.env("PLAYOFF_FULL", "1");
    }
    // Those that a ring can't do without are its needs; the others are passed on if they are there.
    if let Ok(chromium) = browsers::chromium() {
        command
            .env("PLAYOFF_CHROMIUM", chromium.executable)
            .env("PLAYOFF_CHROMEDRIVER", chromium.driver);
    }
    if let Ok(firefox) = browsers::firefox() {
        command
            .env("PLAYOFF_FIREFOX", firefox)
            .env("PLAYOFF_GECKODRIVER", paths::tool("geckodriver"));
    }
    if let Ok(webkit) = browsers::webkit() {
        command
            .env("PLAYOFF_WEBKIT_DRIVER", webkit.driver)
            .env("PLAYOFF_XVFB", webkit.display);
    }
    if let Ok(python) = python::find() {
        command.env("PLAYOFF_PYTHON", python);
    }
    Ok(command)
}

fn work_folder(ring: Ring) -> PathBuf {
    paths::target("rings").join(ring.name())
}

fn empty_work_folder(ring: Ring) -> Result<PathBuf> {
    let folder = work_folder(ring);
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("can't empty {}", paths::shown(&folder)))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("can't make {}", paths::shown(&folder)))?;
    Ok(folder)
}

/// Runs it; the last closing line counts, and it must be there.
fn judge(ring: Ring, command: Command, setting: &Setting) -> Result<Tally> {
    let name = ring.name();
    let mut closing = None;
    let ended =
        stream(
            name,
            command,
            setting.deadline.remaining(),
            |line| match Tally::of_closing_line(line) {
                Some(tally) => closing = Some(tally),
                None => say(line),
            },
        )?;
    let mut tally = closing.unwrap_or_default();
    match ended {
        Ended::TooLate => {
            tally += Tally::failure(&format!("{name}: it took too long and was ended"))
        }
        Ended::Exited(status) if closing.is_none() => {
            tally += Tally::failure(&format!("{name}: no closing line ({status})"));
        }
        Ended::Exited(status) if !status.success() && tally.failed == 0 => {
            tally += Tally::failure(&format!("{name}: {status}"));
        }
        Ended::Exited(_) => {}
    }
    Ok(tally)
}
