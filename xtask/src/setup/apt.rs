//! Programs from Debian's archive, where apt and root are there.

use super::{Need, browsers, python};
use crate::{commands, paths, steps};
use anyhow::Result;
use std::process::Command;
use std::time::Duration;

/// Whether programs can be installed.
pub fn usable() -> bool {
    // SAFETY: asks for a number.
    let root = unsafe { libc::geteuid() } == 0;
    root && paths::on_path("apt-get").is_some()
}

/// Installs what these needs lack, in one go. Whether it helped is seen when each is looked for.
pub fn bring(needs: &[Need]) {
    let packages: Vec<&str> = needs
        .iter()
        .flat_map(|need| lacking(*need))
        .copied()
        .collect();
    if packages.is_empty() || !usable() {
        return;
    }
    if let Err(error) = install(&packages) {
        steps::note(&format!("    apt-get: {error:#}"));
    }
}

fn lacking(need: Need) -> &'static [&'static str] {
    match need {
        Need::Chromium if browsers::chromium().is_err() => {
            &["chromium", "chromium-driver", "fonts-liberation"]
        }
        Need::Firefox if browsers::firefox().is_err() => &["firefox-esr"],
        Need::WebKit if browsers::webkit().is_err() => &["webkit2gtk-driver", "xvfb"],
        Need::Python if python::find().is_err() => &["python3", "python3-venv"],
        _ => &[],
    }
}

fn install(packages: &[&str]) -> Result<()> {
    steps::run_with_retry(
        "apt-get update",
        || {
            let mut command = apt_get();
            command.arg("update");
            command
        },
        Duration::from_secs(4 * 60),
    )?;
    steps::run_with_retry(
        &format!("apt-get install {}", packages.join(" ")),
        || {
            let mut command = apt_get();
            command
                .args(["install", "--yes", "--no-install-recommends"])
                .args(packages);
            command
        },
        Duration::from_secs(8 * 60),
    )
}

fn apt_get() -> Command {
    let mut command = commands::program("apt-get");
    command
        .args([
            "-q",
            "-o",
            "DPkg::Lock::Timeout=120",
            "-o",
            "Acquire::Retries=2",
        ])
        .env("DEBIAN_FRONTEND", "noninteractive");
    command
}
