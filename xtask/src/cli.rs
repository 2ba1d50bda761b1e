//! The command line.

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
  bench                            speed beside other libraries, in one run

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
  packaging  the tarball in bundlers; its files, size and types
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
cargo xtask bench

Makes and verifies tokens with the package and with other libraries, in turns, in Node
and in workerd. Prints how many times as fast the package is: rates differ between
machines, ratios hardly.
";

/// What is to be done.
#[derive(Debug, PartialEq)]
pub enum Order {
    Help(&'static str),
    Build,
    Bench,
    Demo { port: u16 },
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
    port: Option<u16>,
    only: Vec<Ring>,
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
            Long("only") => options.only.extend(rings(&parser.value()?.string()?)?),
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
        "bench" => (&[], BENCH_HELP),
        "build" => (&[], BUILD_HELP),
        "demo" => (&["--port"], DEMO_HELP),
        "sandbox" if options.npm => (&["--npm"], SANDBOX_HELP),
        "sandbox" => (&["--port", "--json"], SANDBOX_HELP),
        "test" => (&["--only", "--full"], TEST_HELP),
        "help" => (&[], HELP),
        _ => bail!(
            "no command {command}: there are demo, test, build, sandbox and bench (see cargo xtask --help)"
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
        "bench" => Order::Bench,
        "build" => Order::Build,
        "demo" => Order::Demo {
            port: options.port.unwrap_or(demo::DEFAULT_PORT),
        },
        "sandbox" if options.npm => Order::SandboxPackage,
        "sandbox" => Order::Sandbox {
            port: options.port.unwrap_or(sandbox::DEFAULT_PORT),
            json: options.json,
        },
        _ => Order::Test {
            only: options.only,
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

fn rings(text: &str) -> Result<Vec<Ring>> {
    text.split(',')
        .map(|name| {
            Ring::named(name).ok_or_else(|| {
                let names: Vec<&str> = Ring::ALL.iter().map(|ring| ring.name()).collect();
                anyhow!("no ring {name}: there are {}", names.join(", "))
            })
        })
        .collect()
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
        assert_eq!(parsed("bench").unwrap(), Order::Bench);
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
            ("test --only cores", "cores"),
            ("test core", "core"),
            ("demo --prot 1", "--prot"),
        ] {
            let error = format!("{:#}", parsed(line).unwrap_err());
            assert!(error.contains(word), "{line}: {error}");
        }
    }
}
