//! What rustc is told beyond the profile: names for folders of this machine, since panics carry the
//! paths of their sources; and what makes code smaller or faster.

use crate::{commands, paths, process};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// Moving computations to where fewer paths need them, and stepping pointers in place of indices:
/// both are made for speed, and 900 bytes less code (brotli) comes of leaving them out.
pub const SMALL_CODE: &[&str] = &[
    "-Cllvm-args=--enable-pre=false",
    "-Cllvm-args=--disable-lsr",
];

/// Where it may use vectors, the sha2 crate makes a block's schedule with them, and each block takes a
/// sixth less or better. Every runtime of the edge entry has them.
pub const VECTORS: &[&str] = &["-Ctarget-feature=+simd128"];

/// A setting of cargo's that gives the wasm's sources names which every machine agrees on, and tells
/// rustc `more`.
pub fn setting(more: &[&str]) -> Result<String> {
    let mut flags: Vec<String> = more.iter().map(|flag| (*flag).to_owned()).collect();
    let mut map = |from: &Path, to: &str| {
        flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    };
    map(paths::root(), "/playoff-wasm");
    map(&standard_library()?, "/rustc/library");
    for registry in registries()? {
        map(&registry, "/crates");
    }
    let flags = serde_json::to_string(&flags)?;
    Ok(format!("target.wasm32-unknown-unknown.rustflags={flags}"))
}

/// Where rustup puts the standard library's sources, if asked to.
fn standard_library() -> Result<PathBuf> {
    let output = process::output(commands::program("rustc").args(["--print", "sysroot"]))
        .context("no rustc on PATH: install Rust from https://rustup.rs")?;
    if !output.status.success() {
        bail!("rustc doesn't say where its library is");
    }
    let sysroot = String::from_utf8(output.stdout).context("a sysroot that isn't text")?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library"))
}

/// The folders of unpacked crates, one a registry.
fn registries() -> Result<Vec<PathBuf>> {
    let sources = cargo_home()?.join("registry/src");
    let mut registries = Vec::new();
    for entry in std::fs::read_dir(&sources)
        .with_context(|| format!("no crates in {}", sources.display()))?
    {
        registries.push(entry?.path());
    }
    registries.sort();
    Ok(registries)
}

fn cargo_home() -> Result<PathBuf> {
    let named = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let usual = || Some(std::env::home_dir()?.join(".cargo"));
    named.or_else(usual).context("no home folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_gets_another_name() {
        let setting = setting(SMALL_CODE).unwrap();
        let root = format!(
            "--remap-path-prefix={}=/playoff-wasm",
            paths::root().display()
        );
        assert!(setting.contains(&root), "{setting}");
        assert!(setting.contains("=/crates\""), "{setting}");
    }
}
