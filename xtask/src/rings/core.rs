//! Ring `core`: everything that runs natively, and what the compiler and the formatter say.

use super::native::{check, tests};
use super::{Setting, Tally, browser, say};
use crate::{commands, paths};
use anyhow::Result;
use std::process::Command;

const WASM: &[&str] = &[
    "--package",
    "playoff-wasm",
    "--target",
    "wasm32-unknown-unknown",
];

pub fn run(setting: &Setting) -> Result<Tally> {
    let mut tally = Tally::default();
    let deadline = setting.deadline;
    for (name, arguments) in [
        ("cargo test", &["--features", ""]),
        ("cargo test --features edge", &["--features", "edge"]),
    ] {
        say(&format!("-- {name}"));
        tally += tests(
            name,
            cargo(setting, &["test", "--locked"], arguments),
            deadline,
        )?;
    }
    let simulation = "cargo test of the simulation";
    say(&format!("-- {simulation}"));
    tally += tests(simulation, simulated(setting), deadline)?;
    let tools = "cargo test of sandbox and xtask";
    say(&format!("-- {tools}"));
    let packages = &["--package", "playoff-sandbox", "--package", "xtask"];
    tally += tests(
        tools,
        cargo(setting, &["test", "--locked"], packages),
        deadline,
    )?;

    say("-- checks");
    tally += check(
        "cargo fmt --all --check",
        cargo(setting, &["fmt", "--all"], &["--check"]),
        deadline,
    )?;
    tally += clippy(setting, "cargo clippy", &["--workspace", "--all-targets"])?;
    tally += clippy(
        setting,
        "cargo clippy --features edge,bugs",
        &["--all-targets", "--features", "edge,bugs"],
    )?;
    tally += clippy(
        setting,
        "cargo clippy for wasm32",
        &[WASM, &["--lib", "--test", "browser"]].concat(),
    )?;
    tally += clippy(
        setting,
        "cargo clippy for wasm32 --features edge",
        &[WASM, &["--lib", "--features", "edge"]].concat(),
    )?;
    tally += clippy(
        setting,
        "cargo clippy for wasm32 of npm's sandbox",
        &[
            "--package",
            "playoff-sandbox-npm",
            "--target",
            "wasm32-unknown-unknown",
            "--lib",
        ],
    )?;
    tally += documentation(setting, "cargo doc", &["--workspace"])?;
    tally += documentation(setting, "cargo doc for wasm32", WASM)?;
    if setting.full {
        tally += check("cargo deny", dependencies(), deadline)?;
    }
    Ok(tally)
}

/// A hundred thousand schedules, or as many as a full run has.
fn simulated(setting: &Setting) -> Command {
    let profile = &["test", "--locked", "--profile", "sim"];
    let target = &["--features", "edge,bugs", "--test", "simulation"];
    let mut command = cargo(setting, profile, target);
    command.args(["--", "--nocapture"]);
    if !setting.full {
        command.env("PLAYOFF_SCHEDULES", "100000");
    }
    command
}

fn clippy(setting: &Setting, name: &str, arguments: &[&str]) -> Result<Tally> {
    let mut command = cargo(setting, &["clippy", "--locked"], arguments);
    command.args(["--", "-D", "warnings"]);
    browser::compile_in_usual(&mut command);
    check(name, command, setting.deadline)
}

/// The documentation of all that there is, private items included, without warnings.
fn documentation(setting: &Setting, name: &str, arguments: &[&str]) -> Result<Tally> {
    let mut command = cargo(setting, &["doc", "--locked", "--no-deps"], arguments);
    command
        .args(["--document-private-items", "--features", "edge"])
        .env("RUSTDOCFLAGS", "-D warnings");
    check(name, command, setting.deadline)
}

/// Licences, bans and sources of the dependencies: `deny.toml`.
fn dependencies() -> Command {
    let mut command = commands::program(paths::tool("cargo-deny"));
    command
        .args(["--locked", "--workspace", "check"])
        .args(["bans", "licenses", "sources"])
        .current_dir(paths::root());
    command
}

fn cargo(setting: &Setting, first: &[&str], then: &[&str]) -> Command {
    let mut command = commands::cargo();
    command.args(first).args(then);
    if setting.full {
        command.env("PLAYOFF_FULL", "1");
    }
    command
}
