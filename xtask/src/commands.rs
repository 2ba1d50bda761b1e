//! The programs that are called, each with the environment it needs.

use crate::{paths, process};
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::process::{Command, Stdio};

/// Settings of the caller's that would change what is compiled to wasm.
const FLAGS: &[&str] = &[
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
    "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
];

/// A program in the repository's root, with our tools first on PATH.
pub fn program(name: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(name);
    command
        .current_dir(paths::root())
        .stdin(Stdio::null())
        .env("PATH", path_with_tools())
        .env("CARGO_TARGET_DIR", paths::target(""));
    for (key, _) in std::env::vars_os() {
        if belongs_to_xtask(&key) {
            command.env_remove(key);
        }
    }
    for flag in FLAGS {
        command.env_remove(flag);
    }
    if std::env::var_os("CI").is_some() {
        command.env("CARGO_INCREMENTAL", "0");
    }
    command
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

pub fn node() -> Command {
    program("node")
}

pub fn npm() -> Command {
    let mut command = program("npm");
    command
        .env("NPM_CONFIG_UPDATE_NOTIFIER", "false")
        .env("NPM_CONFIG_FUND", "false")
        .env("NPM_CONFIG_AUDIT", "false");
    command
}

/// What a program that ends at once writes to stdout, without the end of its last line.
pub fn said(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output =
        process::output(command).with_context(|| format!("no {program} on PATH: install it"))?;
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr);
        bail!("{program}: {}: {}", output.status, error.trim());
    }
    let text = String::from_utf8(output.stdout)
        .with_context(|| format!("{program} says something that isn't text"))?;
    Ok(text.trim_end().to_owned())
}

/// The arguments of a command: what of it decides the result. (Its PATH and folders differ
/// from shell to shell and machine to machine.)
pub fn arguments(command: &Command) -> String {
    let arguments: Vec<_> = command
        .get_args()
        .map(|word| word.to_string_lossy())
        .collect();
    arguments.join("\n")
}

/// What cargo sets for the program it runs would reach the build scripts of the
/// cargo called from here, and rebuild what is up to date.
fn belongs_to_xtask(key: &std::ffi::OsStr) -> bool {
    let key = key.to_string_lossy();
    ["CARGO_PKG_", "CARGO_MANIFEST_"]
        .iter()
        .any(|prefix| key.starts_with(prefix))
        || [
            "CARGO_BIN_NAME",
            "CARGO_CRATE_NAME",
            "CARGO_PRIMARY_PACKAGE",
        ]
        .contains(&&*key)
}

fn path_with_tools() -> OsString {
    let mut folders = vec![paths::target("tools/bin")];
    if let Some(path) = std::env::var_os("PATH") {
        folders.extend(std::env::split_paths(&path));
    }
    std::env::join_paths(folders).expect("no folder of PATH holds a colon")
}
