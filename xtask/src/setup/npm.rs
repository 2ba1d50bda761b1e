//! `npm ci` in the folders that have a lock file, when the lock file changed.

use crate::stamps::{self, Fingerprint};
use crate::{commands, paths, steps};
use anyhow::{Context, Result};
use std::time::Duration;

pub fn install(folder: &str) -> Result<()> {
    let at = paths::at(folder);
    let stamp = format!("npm-{}", folder.replace('/', "-"));
    let fingerprint = Fingerprint::default()
        .text(std::env::consts::OS)
        .text(std::env::consts::ARCH)
        .content(&at.join("package.json"))?
        .content(&at.join("package-lock.json"))?
        .finish();
    if at.join("node_modules").is_dir() && stamps::is_current(&stamp, &fingerprint) {
        return Ok(());
    }
    stamps::clear(&stamp)?;
    steps::run_with_retry(
        &format!("npm ci in {folder}/"),
        || {
            let mut command = commands::npm();
            command.args(["ci", "--no-progress"]).current_dir(&at);
            command
        },
        Duration::from_secs(5 * 60),
    )
    .with_context(|| {
        format!("can't install the npm packages of {folder}/ (is the npm registry reached?)")
    })?;
    stamps::set(&stamp, &fingerprint)
}
