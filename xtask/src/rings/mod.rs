//! `cargo xtask test`: the rings, and what they found. The package is built while the rings run that
//! don't test it, and the page is tested beside the two rings before it.

mod browser;
mod core;
mod js;
mod native;
mod said;
mod tally;

use said::say;
pub use tally::Tally;

use crate::build::{self, Package};
use crate::setup::{self, Missing, Need};
use crate::{demo, docs, lock, process, signals, steps};
use anyhow::{Result, anyhow};
use std::collections::BTreeSet;
use std::process::ExitCode;
use std::time::{Duration, Instant};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ring {
    Core,
    Browser,
    Runtimes,
    Packaging,
    Peers,
    Www,
}

/// What a ring works with.
pub struct Setting<'a> {
    pub full: bool,
    pub package: &'a Result<Package>,
    pub deadline: Deadline,
}

/// The end of a ring's time.
#[derive(Clone, Copy)]
pub struct Deadline(Instant);

impl Deadline {
    pub fn remaining(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }
}

impl Ring {
    pub const ALL: &[Ring] = &[
        Ring::Core,
        Ring::Browser,
        Ring::Runtimes,
        Ring::Packaging,
        Ring::Peers,
        Ring::Www,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Ring::Core => "core",
            Ring::Browser => "browser",
            Ring::Runtimes => "runtimes",
            Ring::Packaging => "packaging",
            Ring::Peers => "peers",
            Ring::Www => "www",
        }
    }

    /// Whether it tests the built package.
    fn wants_package(self) -> bool {
        !matches!(self, Ring::Core | Ring::Browser)
    }

    /// Whether it tests the sandbox that npm gets.
    fn wants_sandbox_package(self) -> bool {
        matches!(self, Ring::Runtimes | Ring::Packaging)
    }

    fn needs(self, full: bool) -> Vec<Need> {
        let own: &[Need] = match self {
            Ring::Core => &[Need::CCompiler, Need::Crates, Need::WasmTarget, Need::Lints],
            Ring::Browser => &[
                Need::CCompiler,
                Need::Crates,
                Need::WasmTarget,
                Need::WasmBindgen,
                Need::Chromium,
                Need::Firefox,
                Need::Geckodriver,
                Need::Sandbox,
            ],
            Ring::Runtimes => &[
                Need::TestsNpm,
                Need::Sandbox,
                Need::Chromium,
                Need::Firefox,
                Need::Geckodriver,
            ],
            Ring::Packaging => &[Need::TestsNpm, Need::Sandbox, Need::Chromium],
            Ring::Peers => &[Need::TestsNpm, Need::Sandbox, Need::Python, Need::Chromium],
            Ring::Www => &[Need::TestsNpm, Need::Chromium],
        };
        let mut needs = own.to_vec();
        if self.wants_package() {
            needs.extend_from_slice(Need::BUILD);
            if full && self != Ring::Peers {
                needs.push(Need::Firefox);
            }
        }
        if self == Ring::Core && full {
            needs.push(Need::CargoDeny);
        }
        if self == Ring::Runtimes && cfg!(target_os = "linux") {
            needs.push(Need::WebKit);
        }
        if self == Ring::Www {
            needs.extend_from_slice(demo::NEEDS);
        }
        needs
    }

    /// No ring takes this long; one that does hangs.
    fn limit(self, full: bool) -> Duration {
        let minutes = match self {
            Ring::Core | Ring::Runtimes | Ring::Www => 12,
            Ring::Packaging => 8,
            Ring::Browser => 6,
            Ring::Peers => 5,
        };
        Duration::from_secs(minutes * 60 * if full { 10 } else { 1 })
    }

    fn run(self, setting: &Setting) -> Result<Tally> {
        match self {
            Ring::Core => core::run(setting),
            Ring::Browser => browser::run(setting),
            _ => js::run(self, setting),
        }
    }
}

/// Runs the rings (none named: all) and says what they found.
pub fn run(only: &[Ring], full: bool, begin: Instant) -> Result<ExitCode> {
    let rings: Vec<Ring> = Ring::ALL
        .iter()
        .copied()
        .filter(|ring| only.is_empty() || only.contains(ring))
        .collect();
    let needs: BTreeSet<Need> = rings.iter().flat_map(|ring| ring.needs(full)).collect();
    let missing = setup::ensure(&needs)?;
    let lines: BTreeSet<&String> = missing.values().collect();
    for line in lines {
        steps::note(&format!("missing: {line}"));
    }
    let none = Err(anyhow!("this ring wants no package"));
    let turn = |package| Turn {
        wanted: &rings,
        full,
        missing: &missing,
        package,
    };
    let (package, mut results) = beside(
        || package(&rings, &missing),
        || turn(&none).take(&[Ring::Core, Ring::Browser]),
    );
    let turn = turn(&package);
    results.extend(turn.take(&[Ring::Runtimes]));
    process::sweep_orphans();
    said::keep_second();
    let (page, light) = beside(
        || said::as_second(|| turn.take(&[Ring::Www])),
        || {
            let results = turn.take(&[Ring::Packaging, Ring::Peers]);
            said::release_second();
            results
        },
    );
    results.extend(light.into_iter().chain(page));
    assert_eq!(results.len(), rings.len(), "each ring has its turn");
    steps::summary(begin.elapsed());
    signals::stay_silent_when_ending();
    print!("{}", tally::table(&results));
    let failed = results.iter().any(|row| row.tally.failed > 0);
    Ok(ExitCode::from(u8::from(failed)))
}

/// The package, if a ring wants it and can have it.
fn package(rings: &[Ring], missing: &Missing) -> Result<Package> {
    if !rings.iter().any(|ring| ring.wants_package()) {
        return Err(anyhow!("no ring wants the package"));
    }
    if let Some(reason) = Need::BUILD.iter().find_map(|need| missing.get(need)) {
        return Err(anyhow!("{reason}"));
    }
    let package = build::package().and_then(|package| {
        if rings.contains(&Ring::Runtimes) {
            build::panic_switch()?;
        }
        if rings.iter().any(|ring| ring.wants_sandbox_package()) {
            build::sandbox_package()?;
        }
        if rings.contains(&Ring::Www) {
            docs::build()?;
        }
        Ok(package)
    });
    if let Err(error) = &package {
        steps::note(&format!("the package can't be built: {error:#}"));
    }
    package
}

/// Does both at the same time. Nobody can tell meanwhile whose an orphan is: they are ended after
/// both.
fn beside<A: Send, B>(other: impl FnOnce() -> A + Send, this: impl FnOnce() -> B) -> (A, B) {
    let done = std::thread::scope(|scope| {
        let other = scope.spawn(other);
        let this = this();
        (other.join().expect("what runs beside doesn't panic"), this)
    });
    process::sweep_orphans();
    done
}

/// How rings are run.
struct Turn<'a> {
    wanted: &'a [Ring],
    full: bool,
    missing: &'a Missing,
    package: &'a Result<Package>,
}

impl Turn<'_> {
    /// Those of them that are wanted, one after the other.
    fn take(&self, rings: &[Ring]) -> Vec<tally::Row> {
        let wanted = rings.iter().filter(|ring| self.wanted.contains(ring));
        wanted.map(|ring| self.run(*ring)).collect()
    }

    fn run(&self, ring: Ring) -> tally::Row {
        let begin = Instant::now();
        signals::stay_silent_when_ending();
        say(&format!("== {} ==", ring.name()));
        let lacking = ring
            .needs(self.full)
            .iter()
            .find_map(|need| self.missing.get(need));
        let result = match lacking {
            Some(reason) => Err(anyhow!("{reason}")),
            None => lock::take_ring(ring.name()).and_then(|_lock| {
                ring.run(&Setting {
                    full: self.full,
                    package: self.package,
                    deadline: Deadline(Instant::now() + ring.limit(self.full)),
                })
            }),
        };
        signals::stay_silent_when_ending();
        let tally = match result {
            Ok(tally) if tally.ran() == 0 => Tally::failure("the ring ran no tests"),
            Ok(tally) => tally,
            Err(error) => Tally::failure(&format!("{error:#}")),
        };
        tally::Row {
            ring: ring.name(),
            tally,
            took: begin.elapsed(),
        }
    }
}
