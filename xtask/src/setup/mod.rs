//! What a command needs on the machine, and how each of it gets there.

mod apt;
pub mod browsers;
mod cargo_tools;
mod node;
mod npm;
pub mod python;
mod rust;

pub use rust::compiler;

use crate::lock;
use anyhow::{Error, Result, anyhow};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One thing that must be there before the work begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    CCompiler,
    Node,
    Crates,
    WasmBindgen,
    WasmPack,
    WasmTarget,
    Geckodriver,
    CargoDeny,
    Sandbox,
    Lints,
    BuildNpm,
    TestsNpm,
    Python,
    Chromium,
    Firefox,
    WebKit,
}

/// What can't be had, each with one line that names the mend.
pub type Missing = BTreeMap<Need, String>;

/// cargo fills the cores by itself: two at a time only bridge the gaps where it waits
/// for one long crate.
const COMPILING_AT_ONCE: usize = 2;

const WHOLE: &str = "no set-up thread panics";

impl Need {
    /// The package's tools.
    pub const BUILD: &[Need] = &[
        Need::CCompiler,
        Need::Node,
        Need::Crates,
        Need::WasmBindgen,
        Need::WasmPack,
        Need::WasmTarget,
        Need::BuildNpm,
    ];

    /// The tools of the sandbox's own package.
    pub const SANDBOX_NPM: &[Need] = &[
        Need::CCompiler,
        Need::Node,
        Need::Crates,
        Need::WasmBindgen,
        Need::WasmTarget,
    ];

    /// These can only be looked for.
    const ASKED_FOR: [Need; 2] = [Need::CCompiler, Need::Node];

    /// Without this one, getting the need is not even tried.
    fn rests_on(self) -> Option<Need> {
        match self {
            Need::WasmBindgen
            | Need::WasmPack
            | Need::Geckodriver
            | Need::CargoDeny
            | Need::Sandbox => Some(Need::CCompiler),
            Need::BuildNpm | Need::TestsNpm => Some(Need::Node),
            _ => None,
        }
    }

    fn get(self) -> Result<()> {
        match self {
            Need::CCompiler => rust::c_compiler(),
            Need::Node => node::check(),
            Need::Crates => rust::crates(),
            Need::WasmBindgen => cargo_tools::WASM_BINDGEN.get(),
            Need::WasmPack => cargo_tools::WASM_PACK.get(),
            Need::Geckodriver => cargo_tools::GECKODRIVER.get(),
            Need::CargoDeny => cargo_tools::CARGO_DENY.get(),
            Need::WasmTarget => rust::wasm_target(),
            Need::Sandbox => crate::sandbox::build(),
            Need::Lints => rust::lints(),
            Need::BuildNpm => npm::install("xtask"),
            Need::TestsNpm => npm::install("tests"),
            Need::Python => python::find().map(drop),
            Need::Chromium => browsers::chromium().map(drop),
            Need::Firefox => browsers::firefox().map(drop),
            Need::WebKit => browsers::webkit().map(drop),
        }
    }
}

/// Installs the dependencies of a folder: `www` depends on the built package.
pub fn npm(folder: &str) -> Result<()> {
    let _lock = lock::take()?;
    npm::install(folder)
}

/// Gets everything, side by side where it pays, and says what can't be had.
pub fn ensure(needs: &BTreeSet<Need>) -> Result<Missing> {
    get_all(needs, false)
}

/// With `all_or_nothing`, nothing new is begun once something can't be had.
fn get_all(needs: &BTreeSet<Need>, all_or_nothing: bool) -> Result<Missing> {
    let _lock = lock::take()?;
    let missing = Mutex::new(Missing::new());
    let get = |need: Need| {
        let in_vain = all_or_nothing && !missing.lock().expect(WHOLE).is_empty();
        if !in_vain {
            get_one(need, &missing);
        }
    };
    let of = |group: &[Need]| -> Vec<Need> {
        group
            .iter()
            .copied()
            .filter(|need| needs.contains(need))
            .collect()
    };

    of(&Need::ASKED_FOR).into_iter().for_each(get);
    // The longest first, so that no core idles at the end.
    let compiling = of(&[
        Need::WasmBindgen,
        Need::WasmPack,
        Need::CargoDeny,
        Need::Sandbox,
        Need::Geckodriver,
        Need::WasmTarget,
    ]);
    let downloads = of(&[Need::Crates, Need::BuildNpm, Need::TestsNpm]);
    // What apt must bring comes in one go: it has one lock for the whole machine.
    let system = of(&[Need::Python, Need::Chromium, Need::Firefox, Need::WebKit]);
    let lints = of(&[Need::Lints]);
    let next = AtomicUsize::new(0);
    let compile = || {
        while let Some(need) = compiling.get(next.fetch_add(1, Ordering::SeqCst)) {
            get(*need);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..COMPILING_AT_ONCE {
            scope.spawn(compile);
        }
        scope.spawn(|| downloads.into_iter().for_each(get));
        scope.spawn(|| lints.into_iter().for_each(get));
        scope.spawn(|| {
            apt::bring(&system);
            system.iter().copied().for_each(get);
        });
    });
    Ok(missing.into_inner().expect(WHOLE))
}

fn get_one(need: Need, missing: &Mutex<Missing>) {
    let lacks = |need| missing.lock().expect(WHOLE).get(&need).cloned();
    let result = match need.rests_on().and_then(lacks) {
        Some(reason) => Err(anyhow!(reason)),
        None => need.get(),
    };
    if let Err(error) = result {
        missing
            .lock()
            .expect(WHOLE)
            .insert(need, format!("{error:#}"));
    }
}

/// All of it, or an error with one line for each thing that is missing.
pub fn require(needs: &[Need]) -> Result<()> {
    let needs: BTreeSet<Need> = needs.iter().copied().collect();
    // Nobody should wait minutes to hear that Node is missing.
    let asked_for = BTreeSet::from(Need::ASKED_FOR);
    let missing = get_all(&(&needs & &asked_for), false)?;
    as_error(&missing).map_or(Ok(()), Err)?;
    let missing = get_all(&(&needs - &asked_for), true)?;
    as_error(&missing).map_or(Ok(()), Err)
}

fn as_error(missing: &Missing) -> Option<Error> {
    let lines: BTreeSet<&String> = missing.values().collect();
    if lines.is_empty() {
        return None;
    }
    let lines: Vec<&str> = lines.into_iter().map(String::as_str).collect();
    Some(anyhow!(lines.join("\nerror: ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rests_on_a_missing_thing_is_named_once() {
        let missing = Mutex::new(Missing::from([(Need::Node, "no Node".to_owned())]));
        get_one(Need::BuildNpm, &missing);
        get_one(Need::TestsNpm, &missing);
        let missing = missing.into_inner().unwrap();
        assert_eq!(missing.len(), 3);
        assert_eq!(as_error(&missing).unwrap().to_string(), "no Node");
    }

    #[test]
    fn nothing_missing_is_no_error() {
        assert!(as_error(&Missing::new()).is_none());
    }
}
