//! `cargo xtask release --dry-run`: whether this commit can be released, and whether whoever builds it
//! anywhere gets the same bytes. Nothing is published from here: npm is told where a package was built
//! by the machine that publishes it.

mod checks;
mod compare;
mod twice;

use crate::setup::{self, Need};
use crate::{build, commands, paths, steps};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

pub fn run(dry_run: bool) -> Result<ExitCode> {
    if !dry_run {
        bail!(
            "nothing is published from here: try `cargo xtask release --dry-run`, then push the tag that it names, and CI publishes (CONTRIBUTING.md, \"Releasing\")"
        );
    }
    let commit = git(&["rev-parse", "--short=12", "HEAD"])
        .context("no git repository with a commit: clone it instead of unpacking it")?;
    let changed = git(&["diff", "--name-only", "HEAD", "--", twice::PINS])?;
    if let Some(refusal) = checks::tools(&changed) {
        bail!(refusal);
    }
    setup::require(Need::BUILD)?;
    let version = build::crate_version()?;
    let refusals = checked(&version)?;
    let [first, second] = twice::build(&version)?;
    let difference = compare::difference(&first, &second)?;
    let hashes = [&first, &second].map(|made| compare::sha512(&made.tarball));
    for (made, hash) in [&first, &second].into_iter().zip(hashes) {
        println!("sha512 {}  {}", hash?, paths::shown(&made.tarball));
    }
    if let Some(difference) = difference {
        bail!(
            "the tarballs of {commit} differ: {difference} (both folders are kept: compare them, and have the build leave out what differs)"
        );
    }
    let tarball = paths::target(twice::FOLDER).join(build::tarball_name(&version));
    fs::copy(&first.tarball, &tarball).context("can't keep the tarball")?;
    twice::remove()?;
    println!(
        "both are the same, byte for byte: {} ({} bytes, from {commit}, by {})",
        paths::shown(&tarball),
        fs::metadata(&tarball)?.len(),
        tools()?,
    );
    match refusals.is_empty() {
        true => print!("{}", next(&version, &paths::shown(&tarball))),
        false => {
            for refusal in &refusals {
                eprintln!("error: {refusal}");
            }
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Everything that keeps this commit from being released, a sentence each; shown as it is found.
fn checked(version: &str) -> Result<Vec<String>> {
    let read = |path: &str| {
        fs::read_to_string(paths::at(path)).with_context(|| format!("can't read {path}"))
    };
    let manifests = git(&["ls-files", "package.json", "*/package.json"])?
        .lines()
        .map(|path| Ok((path.to_owned(), read(path)?)))
        .collect::<Result<Vec<_>>>()?;
    // A folder of this machine is no address that npm could compare.
    let origin = git(&["config", "--get", "remote.origin.url"])
        .ok()
        .filter(|url| !Path::new(url.trim()).is_dir());
    let mut refusals = Vec::new();
    for (name, found) in [
        ("the tree", checks::tree(&git(&["status", "--porcelain"])?)),
        (
            "the tag",
            checks::tag(&git(&["tag", "--list", &format!("v{version}")])?, version),
        ),
        (
            "versions",
            checks::versions(version, &read("Cargo.toml")?, &manifests),
        ),
        (
            "CHANGELOG.md",
            checks::changelog(&read("CHANGELOG.md")?, version),
        ),
        (
            "metadata",
            checks::metadata(&read("pkg-template/package.json")?, origin.as_deref()),
        ),
    ] {
        let verdict = if found.is_empty() { "ok " } else { "NO " };
        steps::note(&format!("{verdict} {name}"));
        for refusal in &found {
            steps::note(&format!("    {refusal}"));
        }
        refusals.extend(found);
    }
    if origin.is_none() {
        steps::note("    (there is no remote `origin` to compare `repository` with)");
    }
    Ok(refusals)
}

/// What git says, without the last line's end.
fn git(arguments: &[&str]) -> Result<String> {
    commands::said(commands::program("git").args(arguments))
}

/// What decides the bytes beside the sources: gzip's are Node's, the tarball's npm's.
fn tools() -> Result<String> {
    let rustc = commands::said(commands::program("rustc").arg("--version"))?;
    let rustc = rustc.split(" (").next().unwrap_or_default().to_owned();
    let node = commands::said(commands::node().arg("--version"))?;
    let npm = commands::said(commands::npm().arg("--version"))?;
    Ok(format!("{rustc}, Node {node}, npm {npm}"))
}

fn next(version: &str, tarball: &str) -> String {
    format!(
        "
A release would go on like this:
  1. git tag --sign v{version} && git push origin v{version}
  2. in CI, for that tag, on a hosted runner with `id-token: write` and npm >= 11.5.1:
       cargo xtask release --dry-run     (the same sha512 as above, by the same tools)
       npm publish {tarball} --provenance --access public
  3. npm install playoff-wasm@{version} && npm audit signatures
"
    )
}
