//! The command line.

/// How it is called.
pub const HELP: &str = "\
playoff-sandbox [--port 8790] [--json] [--host-name 127.0.0.1]
  --port N        the port on 127.0.0.1 and [::1]; 0: any free one
  --json          first says on one line, as JSON, what is where
  --host-name H   the host in the addresses that are printed";

/// What the command line asks for.
#[derive(Debug, PartialEq)]
pub struct Options {
    /// The port; 0 is any free one.
    pub port: u16,
    /// Whether the first line of output is JSON.
    pub json: bool,
    /// The host in the addresses that are printed.
    pub host: String,
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
    let mut options = Options {
        port: 8790,
        json: false,
        host: "127.0.0.1".to_owned(),
    };
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
            "--json" => options.json = true,
            "--help" | "-h" => return Ok(Parsed::Help),
            _ => return Err(format!("unknown argument '{name}'")),
        }
    }
    Ok(Parsed::Run(options))
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
            let host = host.to_owned();
            Ok(Parsed::Run(Options { port, json, host }))
        };
        assert_eq!(read(&[]), run(8790, false, "127.0.0.1"));
        assert_eq!(read(&["--port", "0", "--json"]), run(0, true, "127.0.0.1"));
        let named = read(&["--host-name=localhost", "--port=1"]);
        assert_eq!(named, run(1, false, "localhost"));
        assert_eq!(read(&["-h"]), Ok(Parsed::Help));
        for wrong in [
            &["--port"][..],
            &["--port", "x"],
            &["--port", "70000"],
            &["serve"],
        ] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
