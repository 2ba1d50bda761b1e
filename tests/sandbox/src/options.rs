//! The command line, the same for every shell.

/// How it is called.
pub const HELP: &str = "\
playoff-sandbox [--port 8790] [--json] [--host-name 127.0.0.1] [--seed N] [--clock MS]
  --port N        the port on 127.0.0.1 and [::1]; 0: any free one
  --json          first says on one line, as JSON, what is where
  --host-name H   the host in the addresses that are printed
  --seed N        ids and tokens grow from that number: the same in every run
  --clock MS      the clock stands still at that Unix time in milliseconds";

/// What the command line asks for.
#[derive(Debug, PartialEq)]
pub struct Options {
    /// The port; 0 is any free one.
    pub port: u16,
    /// Whether the first line of output is JSON.
    pub json: bool,
    /// The host in the addresses that are printed.
    pub host: String,
    /// What ids and tokens grow from, if they aren't random.
    pub seed: Option<u64>,
    /// Where the clock stands still, in Unix milliseconds, if it does.
    pub clock: Option<i64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 8790,
            json: false,
            host: "127.0.0.1".to_owned(),
            seed: None,
            clock: None,
        }
    }
}

/// What came of reading the command line.
#[derive(Debug, PartialEq)]
pub enum Parsed {
    /// Serve.
    Run(Options),
    /// Explain.
    Help,
}

/// Reads the arguments (without the program's name).
pub fn parse(mut args: impl Iterator<Item = String>) -> Result<Parsed, String> {
    let mut options = Options::default();
    while let Some(arg) = args.next() {
        let (name, inline) = match arg.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (arg, None),
        };
        let mut value = || {
            inline
                .clone()
                .or_else(|| args.next())
                .ok_or_else(|| format!("{name} needs a value"))
        };
        match name.as_str() {
            "--port" => {
                let text = value()?;
                options.port = text
                    .parse()
                    .map_err(|_| format!("--port must be a number up to 65535, not '{text}'"))?;
            }
            "--host-name" => options.host = value()?,
            "--seed" => options.seed = Some(whole(&name, &value()?)?),
            "--clock" => options.clock = Some(whole(&name, &value()?)?),
            "--json" => options.json = true,
            "--help" | "-h" => return Ok(Parsed::Help),
            _ => return Err(format!("unknown argument '{name}'")),
        }
    }
    Ok(Parsed::Run(options))
}

fn whole<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| format!("{name} must be a whole number, not '{text}'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str]) -> Result<Parsed, String> {
        parse(args.iter().map(|a| (*a).to_owned()))
    }

    #[test]
    fn arguments_are_read_or_refused() {
        let run = |port, json, host: &str| {
            Ok(Parsed::Run(Options {
                port,
                json,
                host: host.to_owned(),
                ..Options::default()
            }))
        };
        assert_eq!(read(&[]), run(8790, false, "127.0.0.1"));
        assert_eq!(read(&["--port", "0", "--json"]), run(0, true, "127.0.0.1"));
        let named = read(&["--host-name=localhost", "--port=1"]);
        assert_eq!(named, run(1, false, "localhost"));
        let repeatable = Options {
            seed: Some(7),
            clock: Some(1_468_487_103_007),
            ..Options::default()
        };
        assert_eq!(
            read(&["--seed", "7", "--clock=1468487103007"]),
            Ok(Parsed::Run(repeatable))
        );
        assert_eq!(read(&["-h"]), Ok(Parsed::Help));
        for wrong in [
            &["--port"][..],
            &["--port", "x"],
            &["--port", "70000"],
            &["--seed", "-1"],
            &["--clock", "noon"],
            &["serve"],
        ] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
