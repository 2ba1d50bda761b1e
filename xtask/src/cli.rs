//! The command line.

use crate::bench::Row;
use crate::rings::Ring;
use crate::{demo, sandbox};
use anyhow::{Result, anyhow, bail};
use lexopt::prelude::*;

const HELP: &str = "\
cargo xtask COMMAND

  demo     [--port 8787]           the demo: sandbox, worker and page, until Ctrl-C
  test     [--only RING] [--full]  the tests, in rings: core, browser, runtimes, packaging, peers, www
  build                            the npm package and its tarball, in target/npm/
  sandbox  [--port 8790] [--json]  the services alone, on loopback; --npm: their npm package
  bench    [--only ROW] [--readme] speed and size beside other libraries, in one run
  release  --dry-run               whether this commit can be released, built twice to the same bytes

Each installs what it needs into the repository's target/ and node_modules/ folders
(the wasm32 library goes into the Rust toolchain; `test`, as root on Debian, also
gets browsers by apt), shows its steps while they run, and skips what is up to date.
`cargo xtask COMMAND --help` says more.
";

const DEMO_HELP: &str = "\
cargo xtask demo [--port 8787]

Builds the package and the page, starts the sandbox (port 8790) and the worker, prints
the page's address, and stays until Ctrl-C. A port that is taken: the next free one.
";

const TEST_HELP: &str = "\
cargo xtask test [--only RING]... [--full]

  core       native tests, with and without feature edge; formatting and lints
  browser    wasm tests in headless Chromium and Firefox
  runtimes   the packed tarball in Node, workerd, Miniflare and Chromium; tabs of three browsers
  packaging  the tarball in users' tools, `--full` in all; its files, size and types
  peers      the official clients and other JWT libraries against the sandbox
  www        the demo page, driven in Chromium

--only RING   that ring alone, and the set-up it needs (may be given several times)
--full        the long form of every ring

Closes with `N passed, N failed` alone on a line; the exit code is 1 when a test
failed or a ring ran none.
";

const BUILD_HELP: &str = "\
cargo xtask build

Makes target/npm/playoff-wasm/, the package as it would be published, and beside it
the tarball of `npm pack`.
";

const SANDBOX_HELP: &str = "\
cargo xtask sandbox [--port 8790] [--json]
cargo xtask sandbox --npm

Runs the services on loopback in the foreground and prints their addresses, clients
and players, with --json as one line of JSON first. A port that is taken: the next
free one. `--port 0`: any free port.

With --npm it runs nothing and makes target/npm/playoff-sandbox/, the same services
for Node, and beside it the tarball of `npm pack`.
";

const BENCH_HELP: &str = "\
cargo xtask bench [--only ROW]... [--readme]

  size           the wasm, the entries, and what other libraries weigh
  jwt            making and verifying tokens, in Node
  jwt-workerd    the same in workerd
  get            CPU of one call over a fetch that answers at once, in Node
  first-request  from import to the first request, in Chromium
  start          starting the wasm, in Chromium and workerd
  renewals       what 1,000 calls on a token that has ended ask for
  memory         the wasm's memory after 100,000 calls
  rows           a typed ranking of 5,000 rows, in Node

Everything runs in turns with other libraries and is told as ratios: times differ between
machines, ratios hardly. It ends with one table beside the budgets, written to
target/bench/ too, as Markdown and as a picture. Nothing fails by being slow.

--only ROW  that row alone (may be given several times)
--readme    puts table and picture into the README (of all rows)
";

const RELEASE_HELP: &str = "\
cargo xtask release --dry-run

Checks that HEAD can be released (a clean tree, a version with a changelog entry and no
tag yet, the metadata that npm wants for a provenance), builds it twice in two folders
from empty targets, and compares both tarballs byte by byte. It publishes nothing: CI does.
";

/// What is to be done.
#[derive(Debug, PartialEq)]
pub enum Order {
    Help(&'static str),
    Build,
    Bench { only: Vec<Row>, readme: bool },
    Demo { port: u16 },
    Release { dry_run: bool },
    Sandbox { port: u16, json: bool },
    SandboxPackage,
    Test { only: Vec<Ring>, full: bool },
}

/// The options of all commands; which of them a command takes is judged at the end.
#[derive(Default)]
struct Options {
    help: bool,
    json: bool,
    npm: bool,
    full: bool,
    readme: bool,
    dry_run: bool,
    port: Option<u16>,
    only: Vec<String>,
}

pub fn parse(mut parser: lexopt::Parser) -> Result<Order> {
    let mut command = None;
    let mut options = Options::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => options.help = true,
            Long("json") => options.json = true,
            Long("npm") => options.npm = true,
            Long("full") => options.full = true,
            Long("port") => options.port = Some(port(&parser.value()?.string()?)?),
            Long("readme") => options.readme = true,
            Long("dry-run") => options.dry_run = true,
            Long("only") => {
                let names = parser.value()?.string()?;
                options.only.extend(names.split(',').map(str::to_owned));
            }
            Value(word) if command.is_none() => command = Some(word.string()?),
            other => bail!("{} (see cargo xtask --help)", other.unexpected()),
        }
    }
    let Some(command) = command else {
        return Ok(Order::Help(HELP));
    };
    order(&command, options)
}

fn order(command: &str, options: Options) -> Result<Order> {
    let (taken, help): (&[&str], _) = match command {
        "bench" => (&["--only", "--readme"], BENCH_HELP),
        "build" => (&[], BUILD_HELP),
        "demo" => (&["--port"], DEMO_HELP),
        "release" => (&["--dry-run"], RELEASE_HELP),
        "sandbox" if options.npm => (&["--npm"], SANDBOX_HELP),
        "sandbox" => (&["--port", "--json"], SANDBOX_HELP),
        "test" => (&["--only", "--full"], TEST_HELP),
        "help" => (&[], HELP),
        _ => bail!(
            "no command {command}: there are demo, test, build, sandbox, bench and release (see cargo xtask --help)"
        ),
    };
    if options.help || command == "help" {
        return Ok(Order::Help(help));
    }
    if let Some(option) = options
        .given()
        .iter()
        .find(|option| !taken.contains(option))
    {
        bail!("cargo xtask {command} has no {option} (see cargo xtask {command} --help)");
    }
    Ok(match command {
        "bench" if options.readme && !options.only.is_empty() => {
            bail!("the README has all rows: leave out --only, or --readme")
        }
        "bench" => Order::Bench {
            only: rows(&options.only)?,
            readme: options.readme,
        },
        "build" => Order::Build,
        "demo" if options.port == Some(0) => {
            bail!("the demo's page knows its own address: --port takes a number from 1 to 65535")
        }
        "demo" => Order::Demo {
            port: options.port.unwrap_or(demo::DEFAULT_PORT),
        },
        "release" => Order::Release {
            dry_run: options.dry_run,
        },
        "sandbox" if options.npm => Order::SandboxPackage,
        "sandbox" => Order::Sandbox {
            port: options.port.unwrap_or(sandbox::DEFAULT_PORT),
            json: options.json,
        },
        _ => Order::Test {
            only: rings(&options.only)?,
            full: options.full,
        },
    })
}

impl Options {
    fn given(&self) -> Vec<&'static str> {
        [
            ("--json", self.json),
            ("--npm", self.npm),
            ("--full", self.full),
            ("--readme", self.readme),
            ("--dry-run", self.dry_run),
            ("--port", self.port.is_some()),
            ("--only", !self.only.is_empty()),
        ]
        .into_iter()
        .filter_map(|(name, given)| given.then_some(name))
        .collect()
    }
}

fn port(text: &str) -> Result<u16> {
    text.parse()
        .map_err(|_| anyhow!("--port takes a number up to 65535, not {text}"))
}

fn rings(names: &[String]) -> Result<Vec<Ring>> {
    named("ring", names, Ring::ALL, Ring::name)
}

fn rows(names: &[String]) -> Result<Vec<Row>> {
    named("row", names, Row::ALL, Row::name)
}

/// Those of `all` that are meant.
fn named<T: Copy>(
    what: &str,
    names: &[String],
    all: &[T],
    name_of: impl Fn(T) -> &'static str,
) -> Result<Vec<T>> {
    let find = |name: &String| {
        let found = all.iter().find(|one| name_of(**one) == name);
        found.copied().ok_or_else(|| {
            let names: Vec<&str> = all.iter().map(|one| name_of(*one)).collect();
            anyhow!("no {what} {name}: there are {}", names.join(", "))
        })
    };
    names.iter().map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Order> {
        parse(lexopt::Parser::from_args(line.split_whitespace()))
    }

    #[test]
    fn commands_and_their_options() {
        assert_eq!(parsed("build").unwrap(), Order::Build);
        let bench = |only: &[Row], readme| Order::Bench {
            only: only.to_vec(),
            readme,
        };
        assert_eq!(parsed("bench").unwrap(), bench(&[], false));
        assert_eq!(parsed("bench --readme").unwrap(), bench(&[], true));
        let some = bench(&[Row::Get, Row::FirstRequest], false);
        assert_eq!(parsed("bench --only get,first-request").unwrap(), some);
        let release = |dry_run| Order::Release { dry_run };
        assert_eq!(parsed("release --dry-run").unwrap(), release(true));
        assert_eq!(parsed("release").unwrap(), release(false));
        assert_eq!(parsed("demo").unwrap(), Order::Demo { port: 8787 });
        assert_eq!(parsed("demo --port 9").unwrap(), Order::Demo { port: 9 });
        let sandbox = Order::Sandbox {
            port: 0,
            json: true,
        };
        assert_eq!(parsed("sandbox --json --port=0").unwrap(), sandbox);
        assert_eq!(parsed("sandbox --npm").unwrap(), Order::SandboxPackage);
        let test = Order::Test {
            only: vec![Ring::Core, Ring::Www],
            full: true,
        };
        assert_eq!(parsed("test --only core --only www --full").unwrap(), test);
        assert_eq!(parsed("test --full --only core,www").unwrap(), test);
    }

    #[test]
    fn help_wins_over_everything_but_nonsense() {
        assert_eq!(parsed("").unwrap(), Order::Help(HELP));
        assert_eq!(parsed("--help").unwrap(), Order::Help(HELP));
        assert_eq!(parsed("test --help").unwrap(), Order::Help(TEST_HELP));
        assert!(parsed("nothing --help").is_err());
    }

    #[test]
    fn mistakes_are_named() {
        for (line, word) in [
            ("tset", "tset"),
            ("demo --json", "--json"),
            ("sandbox --npm --json", "--json"),
            ("build --full", "--full"),
            ("demo --port 70000", "70000"),
            ("demo --port 0", "from 1"),
            ("test --only cores", "cores"),
            ("test core", "core"),
            ("test --dry-run", "--dry-run"),
            ("bench --only core", "core"),
            ("bench --only get --readme", "--readme"),
            ("demo --prot 1", "--prot"),
        ] {
            let error = format!("{:#}", parsed(line).unwrap_err());
            assert!(error.contains(word), "{line}: {error}");
        }
    }
}
