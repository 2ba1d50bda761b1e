//! `cargo xtask bench`: the package beside other libraries.

use crate::process::{Ended, stream};
use crate::setup::{self, Need};
use crate::{build, commands, paths};
use anyhow::{Context, Result, bail};
use std::fs;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(10 * 60);

pub fn run() -> Result<()> {
    let mut needs = Need::BUILD.to_vec();
    needs.push(Need::TestsNpm);
    setup::require(&needs)?;
    let package = build::package()?;
    let work = paths::target("bench");
    fs::create_dir_all(&work).with_context(|| format!("can't make {}", paths::shown(&work)))?;
    let mut command = commands::node();
    command
        .arg(paths::at("tests/bench/run.mjs"))
        .env("PLAYOFF_TARBALL", &package.tarball)
        .env("PLAYOFF_WORK", &work);
    match stream("bench", command, LIMIT, |line| println!("{line}"))? {
        Ended::Exited(status) if status.success() => Ok(()),
        Ended::Exited(status) => bail!("bench: {status}"),
        Ended::TooLate => bail!("bench: it took too long and was ended"),
    }
}
