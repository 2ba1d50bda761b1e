//! Tools that cargo installs into `target/tools/`, without optimisation: they run for a
//! moment, and are built in a third of the time.

use crate::{commands, paths, stamps, steps, versions};
use anyhow::{Context, Result};
use std::process::Command;
use std::time::Duration;

pub struct CargoTool {
    name: &'static str,
    version: &'static str,
    bins: &'static [&'static str],
}

pub const WASM_BINDGEN: CargoTool = CargoTool {
    name: "wasm-bindgen-cli",
    version: versions::WASM_BINDGEN,
    bins: &["wasm-bindgen", "wasm-bindgen-test-runner"],
};

pub const WASM_PACK: CargoTool = CargoTool {
    name: "wasm-pack",
    version: versions::WASM_PACK,
    bins: &["wasm-pack"],
};

pub const GECKODRIVER: CargoTool = CargoTool {
    name: "geckodriver",
    version: versions::GECKODRIVER,
    bins: &["geckodriver"],
};

pub const CARGO_DENY: CargoTool = CargoTool {
    name: "cargo-deny",
    version: versions::CARGO_DENY,
    bins: &["cargo-deny"],
};

impl CargoTool {
    /// Installs the pinned version unless it is there.
    pub fn get(&self) -> Result<()> {
        let there = self
            .bins
            .iter()
            .all(|bin| paths::is_executable(&paths::tool(bin)));
        if there && stamps::is_current(self.name, self.version) {
            return Ok(());
        }
        stamps::clear(self.name)?;
        let (name, version) = (self.name, self.version);
        steps::run_with_retry(
            &format!("{name} {version}"),
            || self.install(),
            Duration::from_secs(10 * 60),
        )
        .with_context(|| format!("can't install {name} {version} (is crates.io reached?)"))?;
        remove_folder(&self.build_folder())?;
        stamps::set(name, version)
    }

    fn install(&self) -> Command {
        let mut command = commands::cargo();
        command
            .args(["install", "--locked", "--force", "--version"])
            .arg(format!("={}", self.version))
            .arg("--root")
            .arg(paths::target("tools"))
            .arg("--target-dir")
            .arg(self.build_folder())
            .arg("--no-track");
        for bin in self.bins {
            command.args(["--bin", bin]);
        }
        command
            .arg(self.name)
            .env_remove("CARGO_TARGET_DIR")
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env("CARGO_PROFILE_RELEASE_STRIP", "true")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
        command
    }

    /// Kept until the tool is installed: a second try goes on where the first failed.
    fn build_folder(&self) -> std::path::PathBuf {
        paths::target("tools/build").join(self.name)
    }
}

fn remove_folder(folder: &std::path::Path) -> Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("can't remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}
