//! Ring `browser`: the wasm tests in headless Chromium and Firefox, against a sandbox.

use super::native::tests;
use super::{Setting, Tally};
use crate::sandbox::Sandbox;
use crate::setup::browsers;
use crate::{commands, paths};
use anyhow::Result;
use std::process::Command;

/// Its address is compiled into the tests: the same one next time saves a build.
const SANDBOX_PORT: u16 = 18790;

/// Variables that would choose another driver, or another kind of run.
const CHOICES: &[&str] = &[
    "CHROMEDRIVER",
    "GECKODRIVER",
    "SAFARIDRIVER",
    "MSEDGEDRIVER",
    "CHROMEDRIVER_REMOTE",
    "GECKODRIVER_REMOTE",
    "SAFARIDRIVER_REMOTE",
    "MSEDGEDRIVER_REMOTE",
    "NO_HEADLESS",
];

pub fn run(setting: &Setting) -> Result<Tally> {
    let sandbox = Sandbox::start(SANDBOX_PORT)?;
    let mut tally = Tally::default();

    println!("-- Chromium");
    let mut command = test_command(&sandbox, "chromium");
    command.env("CHROMEDRIVER", browsers::chromium()?.driver);
    tally += tests("wasm tests in Chromium", command, setting.deadline)?;

    println!("-- Firefox");
    let mut command = test_command(&sandbox, "firefox");
    command.env("GECKODRIVER", paths::tool("geckodriver")).env(
        "GECKODRIVER_ARGS",
        format!("--binary={}", browsers::firefox()?.display()),
    );
    tally += tests("wasm tests in Firefox", command, setting.deadline)?;
    Ok(tally)
}

fn test_command(sandbox: &Sandbox, browser: &str) -> Command {
    let mut command = commands::cargo();
    for choice in CHOICES {
        command.env_remove(choice);
    }
    command
        .args([
            "test",
            "--locked",
            "--target",
            "wasm32-unknown-unknown",
            "--test",
            "browser",
        ])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            paths::tool("wasm-bindgen-test-runner"),
        )
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("PLAYOFF_EXPECT_BROWSER", browser)
        .env("PLAYOFF_SANDBOX_URL", &sandbox.url);
    command
}
