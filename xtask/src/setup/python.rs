//! Python with venv, for the official Python client.

use crate::{commands, paths, process};
use anyhow::{Result, bail};
use std::path::PathBuf;

pub fn find() -> Result<PathBuf> {
    let mend = "install it (Debian, as root: apt-get install python3 python3-venv)";
    let Some(python) = paths::on_path("python3") else {
        bail!("no python3 on PATH: {mend}");
    };
    let mut command = commands::program(&python);
    command.args(["-c", "import venv, ensurepip"]);
    let has_venv = process::output(&mut command).is_ok_and(|output| output.status.success());
    if !has_venv {
        bail!("{} has no venv: {mend}", python.display());
    }
    Ok(python)
}
