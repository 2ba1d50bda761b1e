//! The commit, built twice, each time from nothing but the pinned tools: in folders of different
//! lengths, and with what else differs between machines.

use crate::{build, commands, paths, steps};
use anyhow::{Context, Result};
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// In `target/`.
pub const FOLDER: &str = "release-check";
const UNPACK_LIMIT: Duration = Duration::from_secs(60);
const BUILD_LIMIT: Duration = Duration::from_secs(40 * 60);
/// Tools that are installed once: each takes minutes, and is pinned by its version.
const STAMPS: &[&str] = &["wasm-bindgen-cli", "wasm-pack"];
/// What pins them: lent tools are those that HEAD wants only while this is as HEAD has it.
pub const PINS: &str = "xtask/src/versions.rs";

/// What one build made.
pub struct Made {
    pub package: PathBuf,
    pub tarball: PathBuf,
}

/// Where it is built, and who builds there.
struct Place {
    folder: &'static str,
    umask: &'static str,
    zone: &'static str,
    language: &'static str,
}

const PLACES: [Place; 2] = [
    Place {
        folder: "a",
        umask: "022",
        zone: "UTC",
        language: "C",
    },
    Place {
        folder: "in a folder with a longer name/b",
        umask: "077",
        zone: "Pacific/Auckland",
        language: "de_DE.UTF-8",
    },
];

/// Builds HEAD in both places.
pub fn build(version: &str) -> Result<[Made; 2]> {
    remove()?;
    let made = |place: &Place| place.build(version);
    Ok([made(&PLACES[0])?, made(&PLACES[1])?])
}

/// Removes both places: each has a target folder of its own.
pub fn remove() -> Result<()> {
    for place in &PLACES {
        let top = Path::new(place.folder).iter().next();
        let folder = paths::target(FOLDER).join(top.unwrap_or_default());
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("can't remove {}", paths::shown(&folder)))?
            }
            _ => {}
        }
    }
    Ok(())
}

impl Place {
    fn root(&self) -> PathBuf {
        paths::target(FOLDER).join(self.folder)
    }

    fn build(&self, version: &str) -> Result<Made> {
        let root = self.root();
        fs::create_dir_all(&root).with_context(|| format!("can't make {}", paths::shown(&root)))?;
        let name = paths::shown(&root);
        steps::quietly(&format!("unpack {name}"), self.unpack(), UNPACK_LIMIT)
            .with_context(|| format!("can't unpack HEAD to {name}"))?;
        lend_tools(&root.join("target")).context("can't lend the tools")?;
        steps::run(&format!("build in {name}"), self.make(), BUILD_LIMIT)
            .with_context(|| format!("can't build in {name}"))?;
        let npm = root.join("target/npm");
        Ok(Made {
            package: npm.join("playoff-wasm"),
            tarball: npm.join(build::tarball_name(version)),
        })
    }

    /// What is committed, as this place's umask has it.
    fn unpack(&self) -> Command {
        let mut command = self.shell(
            "git archive --format=tar HEAD >\"$1.tar\" && tar --no-same-permissions -xf \"$1.tar\" -C \"$1\" && rm \"$1.tar\"",
        );
        command.arg(self.root());
        command
    }

    fn make(&self) -> Command {
        let mut command = self.shell("exec cargo xtask build");
        command
            .current_dir(self.root())
            .env("CARGO_TARGET_DIR", self.root().join("target"))
            .env("TZ", self.zone)
            .env("LC_ALL", self.language);
        command
    }

    fn shell(&self, script: &str) -> Command {
        let mut command = commands::program("sh");
        let script = format!("umask {} && {script}", self.umask);
        command.args(["-c", &script, "sh"]);
        command
    }
}

fn lend_tools(target: &Path) -> Result<()> {
    fs::create_dir_all(target.join("stamps"))?;
    symlink(paths::target("tools"), target.join("tools"))?;
    for stamp in STAMPS {
        let of = |target: &Path| target.join("stamps").join(stamp);
        fs::copy(of(&paths::target("")), of(target))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path of the machine that gets into the package shows by its length alone.
    #[test]
    fn the_places_have_nothing_in_common() {
        let [a, b] = &PLACES;
        assert_ne!(a.root().as_os_str().len(), b.root().as_os_str().len());
        assert_ne!(a.umask, b.umask);
        assert_ne!(a.zone, b.zone);
        assert_ne!(a.language, b.language);
    }
}
