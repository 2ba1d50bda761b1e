//! The program as a child process, and plain HTTP to talk to it. `PLAYOFF_SANDBOX_PROGRAM` names
//! another one that has to behave alike: npm's.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// The longest that anything here may take.
const LIMIT: Duration = Duration::from_secs(10);

pub struct Program {
    child: Child,
    pub port: u16,
    pub described: Value,
}

impl Program {
    pub fn command(args: &[&str]) -> Command {
        let mut command = match std::env::var_os("PLAYOFF_SANDBOX_PROGRAM") {
            Some(other) => Command::new(other),
            None => Command::new(env!("CARGO_BIN_EXE_playoff-sandbox")),
        };
        command.args(args).stdin(Stdio::null());
        command
    }

    fn spawn(args: &[&str]) -> Child {
        Self::command(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Starts it with `--json` and reads its first line.
    pub fn start(args: &[&str]) -> Self {
        let mut child = Self::spawn(args);
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let described: Value = serde_json::from_str(&line).unwrap();
        let url = described["playoff"]["apiUrl"].as_str().unwrap();
        let port = url.rsplit(':').next().unwrap().parse().unwrap();
        Self {
            child,
            port,
            described,
        }
    }

    /// Starts it, reads some lines of what it says, and ends it.
    pub fn first_lines(args: &[&str], count: usize) -> Vec<String> {
        let mut child = Self::spawn(args);
        let out = BufReader::new(child.stdout.take().unwrap());
        let lines = out.lines().take(count).map(Result::unwrap).collect();
        child.kill().unwrap();
        child.wait().unwrap();
        lines
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        stream.set_write_timeout(Some(LIMIT)).unwrap();
        stream
    }

    /// Sends a request on a connection of its own and reads until it ends.
    pub fn answer(&self, request: &str) -> String {
        exchange(&mut self.connect(), request)
    }

    pub fn fail(&self, fault: &str) {
        let answer = self.answer(&post("/control/fail", fault));
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }

    pub fn wait_until(&self, condition: impl Fn() -> bool) {
        let begun = Instant::now();
        while !condition() {
            assert!(begun.elapsed() < LIMIT, "waited in vain");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Sends a signal, waits for the end, and gives what it said on stderr.
    pub fn end(mut self, signal: &str) -> String {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(begun.elapsed() < LIMIT, "it goes on after SIG{signal}");
            std::thread::sleep(Duration::from_millis(5));
        };
        assert!(status.success(), "{status}");
        let mut said = String::new();
        let mut err = self.child.stderr.take().unwrap();
        err.read_to_string(&mut said).unwrap();
        said
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already; then there is nothing to kill.
        if matches!(self.child.try_wait(), Ok(None)) && self.child.kill().is_ok() {
            let ended = self.child.wait();
            assert!(ended.is_ok() || std::thread::panicking());
        }
    }
}

pub fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
}

pub fn post(target: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

pub fn exchange(stream: &mut TcpStream, request: &str) -> String {
    stream.write_all(request.as_bytes()).unwrap();
    read(stream)
}

/// Reads until the connection ends, in whatever way.
pub fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    let begun = Instant::now();
    loop {
        assert!(begun.elapsed() < LIMIT, "the connection doesn't end");
        match stream.read(&mut part) {
            Ok(0) => break,
            Ok(count) => bytes.extend(&part[..count]),
            Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => break,
            Err(error) => panic!("{error}"),
        }
    }
    String::from_utf8(bytes).unwrap()
}
