//! The project's commands. `cargo xtask --help` names them.

#[cfg(not(unix))]
compile_error!("cargo xtask needs Linux or macOS; on Windows, run it in WSL");

mod bench;
mod build;
mod cli;
mod commands;
mod demo;
mod docs;
mod lock;
mod paths;
mod ports;
mod process;
mod release;
mod rings;
mod sandbox;
mod setup;
mod signals;
mod stamps;
mod steps;
mod versions;

use anyhow::Result;
use cli::Order;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let begin = Instant::now();
    let result = cli::parse(lexopt::Parser::from_env()).and_then(|order| obey(order, begin));
    signals::stay_silent_when_ending();
    match result {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(order: Order, begin: Instant) -> Result<ExitCode> {
    process::adopt_orphans();
    signals::listen()?;
    match order {
        Order::Help(text) => print!("{text}"),
        Order::Bench { only, readme } => bench::run(&only, readme)?,
        Order::Build => {
            build::run()?;
            steps::summary(begin.elapsed());
        }
        Order::Demo { port } => demo::run(port, begin)?,
        Order::Release { dry_run } => return release::run(dry_run),
        Order::Sandbox { port, json } => sandbox::run(port, json)?,
        Order::SandboxPackage => {
            build::run_sandbox()?;
            steps::summary(begin.elapsed());
        }
        Order::Test { only, full } => return rings::run(&only, full, begin),
    }
    Ok(ExitCode::SUCCESS)
}
