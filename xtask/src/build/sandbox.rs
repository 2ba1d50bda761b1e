//! `cargo xtask sandbox --npm`: the sandbox as an npm package of its own, for the tests of our users.

use super::{assemble, rustflags};
use crate::setup::{self, Need};
use crate::stamps;
use crate::{commands, lock, paths, steps, versions};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

const STAMP: &str = "sandbox-npm";
const TEMPLATE: &str = "tests/sandbox/npm/package";
const LIMIT: Duration = Duration::from_secs(8 * 60);
const BIND_LIMIT: Duration = Duration::from_secs(60);

/// What others take from a build.
pub struct SandboxPackage {
    pub folder: PathBuf,
    pub tarball: PathBuf,
}

/// Installs what is missing, builds, and says where it is.
pub fn run() -> Result<()> {
    setup::require(Need::SANDBOX_NPM)?;
    let package = package()?;
    println!("{}", paths::shown(&package.folder));
    println!("{}", paths::shown(&package.tarball));
    Ok(())
}

/// Builds it if it isn't up to date; the tools are there.
pub fn package() -> Result<SandboxPackage> {
    let _lock = lock::take()?;
    let version = super::crate_version()?;
    let package = SandboxPackage {
        folder: paths::target("npm/playoff-sandbox"),
        tarball: paths::target("npm").join(format!("playoff-sandbox-{version}.tgz")),
    };
    let fingerprint = fingerprint(&version)?;
    let there = package.folder.join("package.json").is_file() && package.tarball.is_file();
    if there && stamps::is_current(STAMP, &fingerprint) {
        return Ok(package);
    }
    stamps::clear(STAMP)?;
    steps::run("the sandbox as wasm", compile()?, LIMIT)
        .context("can't compile the sandbox to wasm")?;
    steps::quietly("wasm-bindgen: the sandbox", bind(), BIND_LIMIT)
        .context("can't make the sandbox's glue")?;
    put_together(&package, &version)?;
    stamps::set(STAMP, &fingerprint)?;
    Ok(package)
}

fn out() -> PathBuf {
    paths::target("wasm/sandbox")
}

/// A developer waits for this, nobody for its bytes: so nothing is optimised across crates.
fn compile() -> Result<Command> {
    let mut command = commands::cargo();
    command
        .args(["build", "--locked", "--package", "playoff-sandbox-npm"])
        .args(["--target", "wasm32-unknown-unknown", "--profile", "wasm"])
        .args(["--config", "profile.wasm.opt-level='s'"])
        .args(["--config", "profile.wasm.lto='off'"])
        .args(["--config", "profile.wasm.codegen-units=16"])
        .args(["--config", &rustflags::setting(&[])?]);
    Ok(command)
}

fn bind() -> Command {
    let mut command = commands::program(paths::tool("wasm-bindgen"));
    command
        .args(["--target", "web", "--no-typescript"])
        .args(["--remove-name-section", "--remove-producers-section"])
        .args(["--out-name", "playoff_sandbox"])
        .arg("--out-dir")
        .arg(out())
        .arg(paths::target(
            "wasm32-unknown-unknown/wasm/playoff_sandbox_npm.wasm",
        ));
    command
}

fn put_together(package: &SandboxPackage, version: &str) -> Result<()> {
    let next = paths::target("npm/.next-sandbox");
    assemble::remove(&next)?;
    assemble::copy_folder(&paths::at(TEMPLATE), &next)?;
    assemble::same_version(&next.join("package.json"), version)?;
    for license in assemble::LICENSES {
        assemble::copy(&paths::at(license), &next.join(license))?;
    }
    for (built, name) in [
        ("playoff_sandbox_bg.wasm", "playoff_sandbox.wasm"),
        ("playoff_sandbox.js", "playoff_sandbox.js"),
    ] {
        assemble::copy(&out().join(built), &next.join("lib").join(name))?;
    }
    assemble::set_modes(&next)?;
    assemble::replace(&next, &package.folder)?;
    assemble::pack(&package.folder, &package.tarball)
}

fn fingerprint(version: &str) -> Result<String> {
    let mut print = super::fingerprint_of_steps()?
        .text(version)
        .text(&setup::compiler()?)
        .text(versions::WASM_BINDGEN)
        .text(&commands::arguments(&compile()?))
        .text(&commands::arguments(&bind()))
        .content(&paths::at("tests/sandbox/Cargo.toml"))?
        .content(&paths::at("tests/sandbox/src"))?
        .content(&paths::at("tests/sandbox/npm"))?
        .content(&paths::at("Cargo.toml"))?
        .content(&paths::at("Cargo.lock"))?;
    for license in assemble::LICENSES {
        print = print.content(&paths::at(license))?;
    }
    Ok(print.finish())
}
