//! Node and npm, which are asked for, not installed.

use crate::{commands, paths, process, versions};
use anyhow::{Result, bail};

pub fn check() -> Result<()> {
    let (major, minor) = versions::NODE_AT_LEAST;
    let wanted = format!("Node {major}.{minor} or newer is needed");
    let mend = "install it from https://nodejs.org or with your system's version manager";
    let Some(version) = said_version() else {
        bail!("{wanted}, and no node that runs is on PATH: {mend}");
    };
    if !is_enough(&version) {
        bail!("{wanted}, and node on PATH is {version}: {mend}");
    }
    if paths::on_path("npm").is_none() {
        bail!(
            "no npm on PATH: it comes with Node from https://nodejs.org (Debian: apt-get install npm)"
        );
    }
    Ok(())
}

fn said_version() -> Option<String> {
    let output = process::output(commands::node().arg("--version")).ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}

fn is_enough(version: &str) -> bool {
    let mut numbers = version
        .trim_start_matches('v')
        .split('.')
        .map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= versions::NODE_AT_LEAST,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        for good in ["v20.19.0", "v20.20.2", "v22.0.0", "v100.1.0"] {
            assert!(is_enough(good), "{good}");
        }
        for bad in ["v20.18.3", "v20.9.0", "v18.20.0", "v9.99.0", "", "node"] {
            assert!(!is_enough(bad), "{bad}");
        }
    }
}
