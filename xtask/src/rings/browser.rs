//! Ring `browser`: the wasm tests in headless Chromium and Firefox, against a sandbox.

use super::native::tests;
use super::{Setting, Tally, say};
use crate::sandbox::Sandbox;
use crate::setup::browsers;
use crate::{commands, paths};
use anyhow::Result;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
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
    let chromium = browsers::chromium()?;
    let capabilities = write_capabilities(&chromium.executable, &browsers::firefox()?)?;
    let mut tally = Tally::default();
    for (title, name, variable, driver) in [
        ("Chromium", "chromium", "CHROMEDRIVER", chromium.driver),
        (
            "Firefox",
            "firefox",
            "GECKODRIVER",
            paths::tool("geckodriver"),
        ),
    ] {
        say(&format!("-- {title}"));
        let mut command = test_command(&sandbox, name);
        command
            .env(variable, driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities);
        tally += tests(&format!("wasm tests in {title}"), command, setting.deadline)?;
    }
    Ok(tally)
}

/// Tells the drivers which browsers we found; they look in fewer places.
fn write_capabilities(chromium: &Path, firefox: &Path) -> Result<PathBuf> {
    let path = paths::target("rings/webdriver.json");
    fs::create_dir_all(paths::target("rings"))?;
    let capabilities = json!({
        "goog:chromeOptions": { "binary": chromium },
        "moz:firefoxOptions": { "binary": firefox },
    });
    fs::write(&path, capabilities.to_string())?;
    Ok(path)
}

fn test_command(sandbox: &Sandbox, browser: &str) -> Command {
    let mut command = commands::cargo();
    for choice in CHOICES {
        command.env_remove(choice);
    }
    command
        .args(["test", "--locked", "--target", "wasm32-unknown-unknown"])
        .args(["--test", "browser"])
        .env(
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
            paths::at("xtask/browser-runner.sh"),
        )
        .env("WASM_BINDGEN_TEST_TIMEOUT", "60");
    compile_in(&mut command, browser, &sandbox.url);
    command
}

/// What the tests are compiled with.
fn compile_in(command: &mut Command, browser: &str, sandbox: &str) {
    command
        .env("PLAYOFF_EXPECT_BROWSER", browser)
        .env("PLAYOFF_SANDBOX_URL", sandbox);
}

/// For whoever only looks at the tests: what they are compiled with most of the time.
pub fn compile_in_usual(command: &mut Command) {
    compile_in(
        command,
        "chromium",
        &format!("http://127.0.0.1:{SANDBOX_PORT}"),
    );
}
