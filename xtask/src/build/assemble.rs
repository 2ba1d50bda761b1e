//! The package's folder and its tarball, from the template and the wasm.

use super::wasm::{BROWSER, EDGE, Module};
use super::{inlined, types};
use crate::stamps;
use crate::{commands, paths, steps};
use anyhow::{Context, Result, bail};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const STAMP: &str = "package";
const LIMIT: Duration = Duration::from_secs(120);
/// The entries that have a form for `require`.
const REQUIRED: &[&str] = &["index", "slim"];
pub const LICENSES: &[&str] = &["LICENSE-MIT", "LICENSE-APACHE"];

/// The package.
pub fn folder() -> PathBuf {
    paths::target("npm/playoff-wasm")
}

/// What `npm pack` makes of it.
pub fn tarball(version: &str) -> PathBuf {
    paths::target("npm").join(tarball_name(version))
}

pub fn tarball_name(version: &str) -> String {
    format!("playoff-wasm-{version}.tgz")
}

/// Where it is put together: the package itself is replaced in one go, so whoever
/// reads it meanwhile finds the old or the new one.
fn next() -> PathBuf {
    paths::target("npm/.next")
}

pub fn run(version: &str, wasm_fingerprint: &str) -> Result<()> {
    let fingerprint = fingerprint(version, wasm_fingerprint)?;
    let there = folder().join("package.json").is_file() && tarball(version).is_file();
    if there && stamps::is_current(STAMP, &fingerprint) {
        return Ok(());
    }
    stamps::clear(STAMP)?;
    steps::step("the npm package", || {
        put_together(version)?;
        set_modes(&next())?;
        replace(&next(), &folder())?;
        pack(&folder(), &tarball(version))
    })?;
    stamps::set(STAMP, &fingerprint)
}

fn fingerprint(version: &str, wasm: &str) -> Result<String> {
    let mut print = super::fingerprint_of_steps()?
        .text(version)
        .text(wasm)
        .text(&commands::arguments(&bundle("index")))
        .content(&paths::at("pkg-template"))?;
    for license in LICENSES {
        print = print.content(&paths::at(license))?;
    }
    Ok(print.finish())
}

fn put_together(version: &str) -> Result<()> {
    let next = next();
    remove(&next)?;
    copy_folder(&paths::at("pkg-template"), &next)?;
    same_version(&next.join("package.json"), version)?;
    for license in LICENSES {
        copy(&paths::at(license), &next.join(license))?;
    }
    put_module(&BROWSER, &next.join("playoff.wasm"), &next.join("lib"))?;
    put_module(
        &EDGE,
        &next.join("edge/playoff-edge.wasm"),
        &next.join("edge"),
    )?;
    for name in REQUIRED {
        let bundled = format!("{name}.cjs");
        steps::quietly(&format!("esbuild {bundled}"), bundle(name), LIMIT)
            .with_context(|| format!("can't bundle {bundled}"))?;
        types::for_require(&next, name)?;
    }
    types::for_require(&next, "playoff.wasm")
}

/// The wasm, its glue, and its bytes as a module for those who can't load wasm.
pub fn put_module(module: &Module, wasm: &Path, scripts: &Path) -> Result<()> {
    copy(&module.wasm(), wasm)?;
    copy(&module.glue(), &scripts.join("playoff_bg.js"))?;
    write(
        &scripts.join("playoff.wasm.js"),
        &inlined::module(&module.wasm())?,
    )
}

/// An entry and all it imports, for `require`.
fn bundle(name: &str) -> Command {
    let mut command = commands::program(paths::at("xtask/node_modules/.bin/esbuild"));
    command
        .arg(format!("{name}.js"))
        .args(["--bundle", "--format=cjs", "--platform=neutral"])
        .args(["--target=es2022", "--log-level=warning"])
        .arg(format!("--outfile={name}.cjs"))
        .current_dir(next());
    command
}

/// npm refuses nothing here, but a tarball of another version would be published under it.
pub fn same_version(package_json: &Path, version: &str) -> Result<()> {
    let text = fs::read_to_string(package_json)
        .with_context(|| format!("can't read {}", paths::shown(package_json)))?;
    let json: serde_json::Value = serde_json::from_str(&text)
        .with_context(|| format!("{} is no JSON", paths::shown(package_json)))?;
    let said = json["version"].as_str().unwrap_or("none");
    if said != version {
        let name = json["name"].as_str().unwrap_or("a package");
        bail!(
            "the version in {name}'s package.json is {said}, in Cargo.toml {version}: make them the same"
        );
    }
    Ok(())
}

/// Puts a folder in the place of another one.
pub fn replace(next: &Path, folder: &Path) -> Result<()> {
    let old = paths::target("npm/.old");
    remove(&old)?;
    if folder.exists() {
        fs::rename(folder, &old).context("can't move the old package aside")?;
    }
    fs::rename(next, folder).context("can't put the new package in place")?;
    remove(&old)
}

/// Makes the tarball of a package's folder, which npm names by its package.json.
pub fn pack(folder: &Path, tarball: &Path) -> Result<()> {
    let mut command = commands::npm();
    command
        .args([
            "pack",
            "--ignore-scripts",
            "--offline",
            "--pack-destination",
        ])
        .arg(paths::target("npm"))
        .current_dir(folder);
    steps::quietly("npm pack", command, LIMIT)?;
    if !tarball.is_file() {
        bail!("npm pack made no {}", paths::shown(tarball));
    }
    Ok(())
}

pub fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    let mut files = Vec::new();
    stamps::collect(from, &mut files)?;
    if files.is_empty() {
        bail!("{} is empty", paths::shown(from));
    }
    for file in files {
        let name = file
            .strip_prefix(from)
            .context("a file outside its folder")?;
        copy(&file, &to.join(name))?;
    }
    Ok(())
}

pub fn copy(from: &Path, to: &Path) -> Result<()> {
    make_parent(to)?;
    fs::copy(from, to)
        .with_context(|| format!("can't copy {} to {}", paths::shown(from), paths::shown(to)))?;
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    make_parent(path)?;
    fs::write(path, text).with_context(|| format!("can't write {}", paths::shown(path)))
}

fn make_parent(path: &Path) -> Result<()> {
    let parent = path.parent().context("a file without a folder")?;
    fs::create_dir_all(parent).with_context(|| format!("can't make {}", paths::shown(parent)))
}

pub fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("can't remove {}", paths::shown(folder)))
        }
        _ => Ok(()),
    }
}

/// The umask that the sources were checked out by would show in the tarball.
pub fn set_modes(folder: &Path) -> Result<()> {
    let mut files = Vec::new();
    stamps::collect(folder, &mut files)?;
    for file in files {
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644))
            .with_context(|| format!("can't set the mode of {}", paths::shown(&file)))?;
    }
    Ok(())
}
