//! The wasm modules: the browser's and, with feature `edge`, the worker's; and one for tests.

use super::{glue, locations, messages, names, order, rustflags, snip};
use crate::setup;
use crate::stamps;
use crate::{commands, paths, steps, versions};
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(10 * 60);
const OPTIMIZE_LIMIT: Duration = Duration::from_secs(3 * 60);

/// One of the modules.
pub struct Module {
    pub name: &'static str,
    features: &'static [&'static str],
    /// What rustc optimises for, in place of what `[profile.wasm]` says.
    opt_level: &'static str,
    /// What else it is told about code.
    rustflags: &'static [&'static str],
    /// A page waits for its bytes, a worker for its work.
    optimize: &'static [&'static str],
    /// Whether it makes text by formatting, as Rust does.
    formats: bool,
}

pub const BROWSER: Module = Module {
    name: "browser",
    features: &[],
    opt_level: "'z'",
    rustflags: rustflags::SMALL_CODE,
    // What counts is the size after compression. Functions that are called once are only moved into
    // their caller where they are small: the locals of large ones don't compress. Nor does what the
    // passes leave that aren't made: more locals, and the same thing written in more ways.
    optimize: &[
        "-Oz",
        "--converge",
        "--one-caller-inline-max-function-size=20",
        "--skip-pass=local-cse",
        "--skip-pass=simplify-locals",
        "--skip-pass=ssa-nomerge",
        // Zeros compress to nothing, the headers of the segments between them don't.
        "--skip-pass=memory-packing",
        // The order of `order.rs`.
        "--reorder-functions-by-name",
    ],
    formats: false,
};

pub const EDGE: Module = Module {
    name: "edge",
    features: &["--features", "edge"],
    opt_level: "3",
    rustflags: rustflags::VECTORS,
    optimize: &["-O3", "--enable-simd"],
    formats: true,
};

/// The browser's, with routes that panic: for tests, never published.
pub const PANIC_SWITCH: Module = Module {
    name: "panic-switch",
    features: &["--features", "panic-switch"],
    opt_level: "'z'",
    rustflags: rustflags::SMALL_CODE,
    optimize: &["-O1"],
    formats: false,
};

/// What rustc 1.95 uses by itself and wasm-bindgen needs. Named, so that a module
/// without its target-features section is optimised all the same.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

impl Module {
    /// Optimised.
    pub fn wasm(&self) -> PathBuf {
        paths::target("wasm").join(format!("{}.wasm", self.name))
    }

    /// Before wasm-opt, with the names of its functions.
    fn named(&self) -> PathBuf {
        paths::target("wasm").join(format!("{}.named.wasm", self.name))
    }

    /// What wasm-opt gets: panics are traps.
    fn trapping(&self) -> PathBuf {
        paths::target("wasm").join(format!("{}.trapping.wasm", self.name))
    }

    /// wasm-bindgen's JavaScript side, minified.
    pub fn glue(&self) -> PathBuf {
        paths::target("wasm").join(format!("{}.js", self.name))
    }

    fn out(&self) -> PathBuf {
        paths::target("wasm").join(self.name)
    }

    fn results(&self) -> [PathBuf; 3] {
        [self.wasm(), self.named(), self.glue()]
    }

    fn compile(&self) -> Result<Command> {
        let mut command = commands::program(paths::tool("wasm-pack"));
        command
            .args(["build", ".", "--target", "bundler", "--profile", "wasm"])
            .args([
                "--mode",
                "no-install",
                "--no-pack",
                "--no-opt",
                "--no-typescript",
            ])
            .arg("--out-dir")
            .arg(self.out())
            .args(["--out-name", "playoff", "--", "--locked", "--offline"])
            .args(["--config", &rustflags::setting(self.rustflags)?])
            .args([
                "--config",
                &format!("profile.wasm.opt-level={}", self.opt_level),
            ])
            .args(self.features);
        Ok(command)
    }

    fn optimize(&self) -> Command {
        let mut command = commands::program(paths::at("xtask/node_modules/.bin/wasm-opt"));
        command
            .args(self.optimize)
            .args(WASM_FEATURES)
            // Names are looked at once more, and stripped with all that is of no use at run time.
            .arg("--debuginfo")
            .arg(self.trapping())
            .arg("-o")
            .arg(self.wasm());
        command
    }

    fn minify(&self) -> Command {
        let mut command = commands::program(paths::at("xtask/node_modules/.bin/esbuild"));
        command
            .arg(self.glue())
            .args(["--minify", "--format=esm", "--target=es2022"])
            .args(["--legal-comments=none", "--log-level=warning"])
            .arg("--allow-overwrite")
            .arg(format!("--outfile={}", self.glue().display()));
        command
    }

    fn snip(&self) -> Result<()> {
        let (wasm, seen) = snip::traps(&fs::read(self.named())?)?;
        let mut wasm = locations::blank(&wasm)?;
        match self.formats {
            // What panics anywhere panics where there is most code.
            true => snip::check(&seen)?,
            false => {
                wasm = messages::blank(&snip::without_pointers(&wasm)?)?;
                wasm = order::place(&wasm)?;
            }
        }
        fs::write(self.trapping(), wasm)?;
        Ok(())
    }

    /// wasm and glue as the package has them, but for the glue's white space.
    fn finish(&self) -> Result<()> {
        let wasm = fs::read(self.wasm()).context("no wasm after wasm-opt")?;
        if !self.formats {
            snip::check_formats_nothing(&wasm)?;
        }
        let module = fs::read_to_string(self.out().join("playoff_bg.js"))
            .context("no playoff_bg.js after wasm-pack")?;
        let (wasm, glue) = names::shorten(&wasm, &glue::as_function(&module)?)?;
        fs::write(self.wasm(), wasm)?;
        fs::write(self.glue(), glue)?;
        Ok(())
    }

    fn build(&self) -> Result<()> {
        steps::run(&format!("wasm-pack: {}", self.name), self.compile()?, LIMIT)
            .with_context(|| format!("can't compile the {} wasm", self.name))?;
        let built = self.out().join("playoff_bg.wasm");
        fs::copy(&built, self.named())
            .with_context(|| format!("no {} after wasm-pack", paths::shown(&built)))?;
        self.snip()
            .with_context(|| format!("can't make traps of the {} wasm's panics", self.name))?;
        steps::run(
            &format!("wasm-opt: {}", self.name),
            self.optimize(),
            OPTIMIZE_LIMIT,
        )
        .with_context(|| format!("can't optimise the {} wasm", self.name))?;
        self.finish()
            .with_context(|| format!("can't finish the {} wasm and its glue", self.name))?;
        steps::quietly(
            &format!("esbuild: {}.js", self.name),
            self.minify(),
            OPTIMIZE_LIMIT,
        )
        .with_context(|| format!("can't minify the {} glue", self.name))
    }
}

/// Builds modules, one after the other since they share a file name, unless nothing changed.
/// Gives the fingerprint of what they were made from.
pub fn build(stamp: &str, modules: &[&Module]) -> Result<String> {
    let fingerprint = fingerprint(modules)?;
    let there = modules
        .iter()
        .flat_map(|module| module.results())
        .all(|path| path.is_file());
    if there && stamps::is_current(stamp, &fingerprint) {
        return Ok(fingerprint);
    }
    stamps::clear(stamp)?;
    for module in modules {
        module.build()?;
    }
    stamps::set(stamp, &fingerprint)?;
    Ok(fingerprint)
}

fn fingerprint(modules: &[&Module]) -> Result<String> {
    let mut print = super::fingerprint_of_steps()?
        .text(&setup::compiler()?)
        .text(versions::WASM_BINDGEN)
        .text(versions::WASM_PACK)
        .content(&paths::at("src"))?
        .content(&paths::at("Cargo.toml"))?
        .content(&paths::at("Cargo.lock"))?
        .content(&paths::at(".cargo/config.toml"))?
        .content(&paths::at("xtask/package-lock.json"))?;
    for module in modules {
        print = print
            .text(&commands::arguments(&module.compile()?))
            .text(&commands::arguments(&module.optimize()))
            .text(&commands::arguments(&module.minify()));
    }
    Ok(print.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tool and the crate speak a private format that changes with every version.
    #[test]
    fn the_pinned_wasm_bindgen_is_the_locked_one() {
        let lock = fs::read_to_string(paths::at("Cargo.lock")).unwrap();
        let wanted = format!(
            "name = \"wasm-bindgen\"\nversion = \"{}\"\n",
            versions::WASM_BINDGEN
        );
        assert!(
            lock.contains(&wanted),
            "Cargo.lock has another wasm-bindgen than xtask/src/versions.rs"
        );
    }

    #[test]
    fn each_module_has_its_own_features() {
        let of = |module: &Module| commands::arguments(&module.compile().unwrap());
        assert!(!of(&BROWSER).contains("--features"));
        assert!(of(&EDGE).ends_with("--features\nedge"));
        assert!(of(&PANIC_SWITCH).ends_with("--features\npanic-switch"));
    }
}
