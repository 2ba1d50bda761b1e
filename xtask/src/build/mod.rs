//! `cargo xtask build`: the npm package as it would be published.

mod assemble;
mod functions;
mod glue;
mod inlined;
mod locations;
mod messages;
mod names;
mod order;
mod panic_switch;
mod rustflags;
mod sandbox;
mod sections;
mod snip;
mod types;
mod wasm;

pub use assemble::tarball_name;
pub use panic_switch::{build as panic_switch, folder as panic_switch_folder};
pub use sandbox::{package as sandbox_package, run as run_sandbox};

use crate::setup::{self, Need};
use crate::stamps::Fingerprint;
use crate::{lock, paths};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;

/// What others take from a build.
pub struct Package {
    pub folder: PathBuf,
    pub tarball: PathBuf,
    /// Holds `browser.named.wasm` and `edge.named.wasm`.
    pub named_wasm: PathBuf,
}

/// Installs what is missing and builds.
pub fn run() -> Result<()> {
    setup::require(Need::BUILD)?;
    let package = package()?;
    println!("{}", paths::shown(&package.folder));
    println!("{}", paths::shown(&package.tarball));
    Ok(())
}

/// Builds what is not up to date; the tools are there.
pub fn package() -> Result<Package> {
    let _lock = lock::take()?;
    let version = crate_version()?;
    let wasm = wasm::build("wasm", &[&wasm::BROWSER, &wasm::EDGE])?;
    assemble::run(&version, &wasm)?;
    Ok(Package {
        folder: assemble::folder(),
        tarball: assemble::tarball(&version),
        named_wasm: paths::target("wasm"),
    })
}

/// The beginning of every fingerprint: whatever is built is made by what stands in this folder.
fn fingerprint_of_steps() -> Result<Fingerprint> {
    Fingerprint::default().content(&paths::at("xtask/src/build"))
}

/// The version in the root's Cargo.toml.
pub fn crate_version() -> Result<String> {
    let path = paths::at("Cargo.toml");
    let manifest =
        std::fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
    match version_in(&manifest, "[package]") {
        Some(version) => Ok(version.to_owned()),
        None => bail!("no version in [package] of Cargo.toml"),
    }
}

/// The version that stands in a table of a Cargo.toml.
pub fn version_in<'a>(manifest: &'a str, table: &str) -> Option<&'a str> {
    manifest
        .lines()
        .skip_while(|line| line.trim() != table)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .find_map(|line| {
            let (key, value) = line.split_once('=')?;
            (key.trim() == "version").then(|| value.trim().trim_matches('"'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_packages_own() {
        let manifest = "[workspace.package]\nversion = \"9.9.9\"\n\n[package]\nname = \"a\"\nversion = \"0.1.0\"\n[dependencies]\nversion = \"3\"\n";
        assert_eq!(version_in(manifest, "[package]"), Some("0.1.0"));
        assert_eq!(version_in(manifest, "[workspace.package]"), Some("9.9.9"));
        assert_eq!(
            version_in(
                "[package]\nname = \"a\"\n[x]\nversion = \"1\"\n",
                "[package]"
            ),
            None
        );
    }
}
