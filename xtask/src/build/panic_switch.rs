//! What tests put in the place of the package's wasm: one whose routes panic.

use super::assemble;
use super::wasm::{self, PANIC_SWITCH};
use crate::{lock, paths};
use anyhow::Result;
use std::path::PathBuf;

/// Files that lie as in the package.
pub fn folder() -> PathBuf {
    paths::target("npm/panic-switch")
}

/// Builds it if it isn't up to date; the tools are there.
pub fn build() -> Result<()> {
    let _lock = lock::take()?;
    wasm::build("panic-switch", &[&PANIC_SWITCH])?;
    let folder = folder();
    assemble::put_module(
        &PANIC_SWITCH,
        &folder.join("playoff.wasm"),
        &folder.join("lib"),
    )
}
