//! The Rust side: the wasm32 library, a linker, the lints.

use crate::stamps::{self, Fingerprint};
use crate::{commands, paths, process, steps};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::time::Duration;

const TARGET: &str = "wasm32-unknown-unknown";

/// rustc links by it, and crates such as `ring` are partly C.
pub fn c_compiler() -> Result<()> {
    let wanted = std::env::var("CC").ok();
    let known = ["cc", "gcc", "clang"];
    if wanted.is_some() || known.iter().any(|name| paths::on_path(name).is_some()) {
        return Ok(());
    }
    bail!(
        "no C compiler on PATH: install one (Debian: apt-get install build-essential; macOS: xcode-select --install)"
    )
}

/// What is there, else rustup's, else built from Debian's source of the same rustc.
/// The script judges; it is asked only when the compiler or the library's files are others.
pub fn wasm_target() -> Result<()> {
    let library = target_library()?;
    if library.is_dir() && stamps::is_current("wasm-target", &library_stamp(&library)?) {
        return Ok(());
    }
    let mut script = commands::program("bash");
    script.arg(paths::at("xtask/install-wasm-target.sh"));
    steps::run(
        "the Rust library for wasm32-unknown-unknown",
        script,
        Duration::from_secs(8 * 60),
    )
    .context("no Rust library for wasm32-unknown-unknown: run `rustup target add wasm32-unknown-unknown` where its server is reached")?;
    stamps::set("wasm-target", &library_stamp(&library)?)
}

/// The folder's path, the compiler's version and the names in it.
fn library_stamp(library: &Path) -> Result<String> {
    let mut files = Vec::new();
    stamps::collect(library, &mut files)?;
    files.sort();
    let mut print = Fingerprint::default().text(&compiler()?);
    for file in files {
        print = print.text(&file.to_string_lossy());
    }
    Ok(print.finish())
}

fn target_library() -> Result<PathBuf> {
    let mut command = commands::program("rustc");
    command.args(["--print", "target-libdir", "--target", TARGET]);
    let output = process::output(&mut command)
        .context("no rustc on PATH: install Rust from https://rustup.rs")?;
    if !output.status.success() {
        bail!("rustc knows no target {TARGET}: install a stable Rust from https://rustup.rs");
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim().into())
}

/// What `rustc -vV` says: version, commit and host.
pub fn compiler() -> Result<String> {
    let output = process::output(commands::program("rustc").arg("-vV"))
        .context("no rustc on PATH: install Rust from https://rustup.rs")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The crates of Cargo.lock, for every platform: wasm-pack lists them all. With them
/// here, no later call of cargo needs the network.
pub fn crates() -> Result<()> {
    let fetch = || {
        let mut command = commands::cargo();
        command.args(["fetch", "--locked"]);
        command
    };
    let there =
        process::output(fetch().arg("--offline")).is_ok_and(|output| output.status.success());
    if there {
        return Ok(());
    }
    steps::run_with_retry(
        "the crates of Cargo.lock",
        fetch,
        Duration::from_secs(5 * 60),
    )
    .context("can't get the crates of Cargo.lock (is crates.io reached?)")
}

/// rustfmt and clippy, which a minimal toolchain lacks.
pub fn lints() -> Result<()> {
    for component in ["fmt", "clippy"] {
        if runs(component) {
            continue;
        }
        let name = if component == "fmt" {
            "rustfmt"
        } else {
            component
        };
        let mut add = commands::program("rustup");
        add.args(["component", "add", name]);
        let added = steps::run(
            &format!("rustup component add {name}"),
            add,
            Duration::from_secs(180),
        );
        if added.is_err() || !runs(component) {
            bail!("no cargo {component}: run `rustup component add {name}`");
        }
    }
    Ok(())
}

fn runs(component: &str) -> bool {
    process::output(commands::cargo().args([component, "--version"]))
        .is_ok_and(|output| output.status.success())
}
