//! The documentation's site, which the demo serves: `www/docs` builds it from the package's guides and types.

use crate::stamps::{self, Fingerprint};
use crate::{commands, lock, paths, setup, steps};
use anyhow::Result;
use std::time::Duration;

const STAMP: &str = "docs";
const LIMIT: Duration = Duration::from_secs(5 * 60);

/// What it is made from.
const SOURCES: &[&str] = &[
    "pkg-template/README.md",
    "pkg-template/docs",
    "pkg-template/types",
    "pkg-template/edge/types",
    "www/docs/.vitepress",
    "www/docs/build.mjs",
    "www/docs/package-lock.json",
    "www/docs/tsconfig.json",
    "www/docs/typedoc.config.mjs",
];

/// Builds it, where anything of that has changed. The package is built.
pub fn build() -> Result<()> {
    setup::npm("www/docs")?;
    let _lock = lock::take()?;
    let mut print = Fingerprint::default();
    for source in SOURCES {
        print = print.text(source).content(&paths::at(source))?;
    }
    let fingerprint = print.finish();
    let there = paths::target("docs/site/index.html").is_file();
    if there && stamps::is_current(STAMP, &fingerprint) {
        return Ok(());
    }
    stamps::clear(STAMP)?;
    let mut command = commands::node();
    command.arg(paths::at("www/docs/build.mjs"));
    steps::run("the documentation", command, LIMIT)?;
    stamps::set(STAMP, &fingerprint)
}
