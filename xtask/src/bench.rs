//! `cargo xtask bench`: the package beside other libraries.

use crate::process::{Ended, stream};
use crate::setup::{self, Need, browsers};
use crate::{build, commands, paths};
use anyhow::{Context, Result, bail};
use std::fs;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(20 * 60);

/// What is measured; `tests/bench/run.mjs` has a file for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    Size,
    Jwt,
    JwtWorkerd,
    Get,
    FirstRequest,
    Start,
    Renewals,
    Memory,
    Rows,
}

impl Row {
    pub const ALL: &[Row] = &[
        Row::Size,
        Row::Jwt,
        Row::JwtWorkerd,
        Row::Get,
        Row::FirstRequest,
        Row::Start,
        Row::Renewals,
        Row::Memory,
        Row::Rows,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Row::Size => "size",
            Row::Jwt => "jwt",
            Row::JwtWorkerd => "jwt-workerd",
            Row::Get => "get",
            Row::FirstRequest => "first-request",
            Row::Start => "start",
            Row::Renewals => "renewals",
            Row::Memory => "memory",
            Row::Rows => "rows",
        }
    }

    fn needs_chromium(self) -> bool {
        matches!(self, Row::FirstRequest | Row::Start)
    }
}

/// Measures these rows, or all; with `readme`, the README shows what came of it.
pub fn run(only: &[Row], readme: bool) -> Result<()> {
    let rows = if only.is_empty() { Row::ALL } else { only };
    let browser = rows.iter().any(|row| row.needs_chromium());
    let mut needs = Need::BUILD.to_vec();
    needs.push(Need::TestsNpm);
    if browser {
        needs.push(Need::Chromium);
    }
    setup::require(&needs)?;
    let package = build::package()?;
    let work = paths::target("bench");
    fs::create_dir_all(&work).with_context(|| format!("can't make {}", paths::shown(&work)))?;
    let names: Vec<&str> = rows.iter().map(|row| row.name()).collect();
    let mut command = commands::node();
    command
        .arg(paths::at("tests/bench/run.mjs"))
        .env("PLAYOFF_TARBALL", &package.tarball)
        .env("PLAYOFF_WORK", &work)
        .env("PLAYOFF_ROWS", names.join(","));
    if browser {
        command.env("PLAYOFF_CHROMIUM", browsers::chromium()?.executable);
    }
    if readme {
        command.env("PLAYOFF_README", paths::at("README.md"));
    }
    match stream("bench", command, LIMIT, |line| println!("{line}"))? {
        Ended::Exited(status) if status.success() => Ok(()),
        Ended::Exited(status) => bail!("bench: {status}"),
        Ended::TooLate => bail!("bench: it took too long and was ended"),
    }
}
