//! `cargo xtask demo`: the services, the worker in workerd, and the page, until Ctrl-C.

use crate::process::Group;
use crate::sandbox::{self, Sandbox};
use crate::setup::{self, Need};
use crate::{build, commands, docs, paths, ports, signals, steps};
use anyhow::{Context, Result, bail};
use std::fs::File;
use std::process::Command;
use std::time::{Duration, Instant};

pub const DEFAULT_PORT: u16 = 8787;

const BUILD_LIMIT: Duration = Duration::from_secs(120);
const REGISTER_LIMIT: Duration = Duration::from_secs(30);
const START_LIMIT: Duration = Duration::from_secs(30);

/// What the demo needs beside the package and www's own npm packages.
pub const NEEDS: &[Need] = &[Need::Sandbox];

/// Sandbox and worker, both answering. Dropping it ends them.
pub struct Demo {
    pub sandbox: Sandbox,
    pub url: String,
    worker: Group,
}

impl Demo {
    /// Starts on these ports or the next free ones. The package is built.
    pub fn start(port: u16, sandbox_port: u16) -> Result<Demo> {
        setup::npm("www")?;
        docs::build()?;
        let mut sandbox = Sandbox::start(sandbox_port)?;
        ports::wait_for_http(sandbox.port()?, &mut sandbox.group, START_LIMIT)?;
        let free = ports::next_free(port)?;
        build_page(&sandbox, free)?;
        register_page(&sandbox, free)?;
        let worker = start_worker(free)?;
        Ok(Demo {
            sandbox,
            url: format!("http://localhost:{free}"),
            worker,
        })
    }

    /// Stays until one of the children ends, which it must not.
    fn stay(mut self) -> Result<()> {
        loop {
            for group in [&mut self.sandbox.group, &mut self.worker] {
                if let Some(status) = group.ended()? {
                    signals::stay_silent_when_ending();
                    bail!(
                        "{} ended by itself ({status}); its output: target/logs/",
                        group.name()
                    );
                }
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

fn build_page(sandbox: &Sandbox, port: u16) -> Result<()> {
    let command = script("www/build.mjs", sandbox, port);
    steps::run("the page and its worker", command, BUILD_LIMIT)
}

/// The sandbox sends players back to addresses that it knows alone.
fn register_page(sandbox: &Sandbox, port: u16) -> Result<()> {
    let command = script("www/register.mjs", sandbox, port);
    steps::run(
        "the page's addresses at the sandbox",
        command,
        REGISTER_LIMIT,
    )
}

fn script(path: &str, sandbox: &Sandbox, port: u16) -> Command {
    let mut command = commands::node();
    command
        .arg(paths::at(path))
        .env("PLAYOFF_SANDBOX", &sandbox.line)
        .env("DEMO_PORT", port.to_string());
    command
}

fn start_worker(port: u16) -> Result<Group> {
    let log = steps::log_path("workerd")?;
    let output = File::create(&log)?;
    let mut command = commands::program(paths::at("www/node_modules/.bin/workerd"));
    command
        .arg("serve")
        .arg(paths::target("www/config.capnp"))
        .stdout(output.try_clone()?)
        .stderr(output);
    let mut group = Group::spawn("workerd", &mut command)?;
    ports::wait_for_http(port, &mut group, START_LIMIT)
        .inspect_err(|_| steps::show_tail(&log))
        .context("the worker does not run")?;
    Ok(group)
}

/// Installs, builds, starts, prints the address and stays.
pub fn run(port: u16, begin: Instant) -> Result<()> {
    setup::require(&[Need::BUILD, NEEDS].concat())?;
    build::package()?;
    let demo = Demo::start(port, sandbox::DEFAULT_PORT)?;
    steps::summary(begin.elapsed());
    say_where(&demo, port)?;
    demo.stay()
}

fn say_where(demo: &Demo, wanted: u16) -> Result<()> {
    let sandbox_port = demo.sandbox.port()?;
    if sandbox_port != sandbox::DEFAULT_PORT {
        let taken = sandbox::DEFAULT_PORT;
        steps::note(&format!(
            "port {taken} is taken: the sandbox is on {sandbox_port}"
        ));
    }
    if !demo.url.ends_with(&format!(":{wanted}")) {
        steps::note(&format!(
            "port {wanted} is taken: the demo is on the next free one"
        ));
    }
    signals::stay_silent_when_ending();
    println!("The demo runs at {} (Ctrl-C ends it)", demo.url);
    println!("Its sandbox:     {}", demo.sandbox.url);
    Ok(())
}
