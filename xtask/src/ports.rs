//! Ports and addresses on this machine.

use crate::process::Group;
use anyhow::{Context, Result, bail};
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

/// How many ports above the wanted one are tried.
const TRIES: u16 = 100;

/// The wanted port, or the next one that is free on IPv4 and IPv6.
pub fn next_free(wanted: u16) -> Result<u16> {
    let last = wanted.saturating_add(TRIES);
    for port in wanted..=last {
        if is_free(port)? {
            return Ok(port);
        }
    }
    bail!(
        "no free port between {wanted} and {last}: end what listens there, or give another --port"
    )
}

fn is_free(port: u16) -> Result<bool> {
    for address in loopback(port) {
        match TcpListener::bind(address) {
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::AddrInUse => return Ok(false),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                bail!("port {port} may not be used: give one above 1023 with --port")
            }
            // A machine without IPv6.
            Err(_) if address.is_ipv6() => {}
            Err(error) => return Err(error).with_context(|| format!("can't use port {port}")),
        }
    }
    Ok(true)
}

fn loopback(port: u16) -> [SocketAddr; 2] {
    [
        SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        SocketAddr::from((Ipv6Addr::LOCALHOST, port)),
    ]
}

/// Waits until something answers HTTP on the port; the child is who should.
pub fn wait_for_http(port: u16, child: &mut Group, limit: Duration) -> Result<()> {
    let begin = Instant::now();
    loop {
        if let Some(status) = child.ended()? {
            bail!("{} ended before it answered ({status})", child.name());
        }
        if answers_http(port) {
            return Ok(());
        }
        if begin.elapsed() > limit {
            bail!(
                "{} did not answer on port {port} within {} s",
                child.name(),
                limit.as_secs()
            );
        }
        std::thread::sleep(Duration::from_millis(25));
    }
}

fn answers_http(port: u16) -> bool {
    let second = Duration::from_secs(1);
    let [v4, _] = loopback(port);
    let ask = || -> std::io::Result<[u8; 7]> {
        let mut stream = TcpStream::connect_timeout(&v4, second)?;
        stream.set_read_timeout(Some(second))?;
        stream.set_write_timeout(Some(second))?;
        write!(
            stream,
            "GET / HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
        )?;
        let mut begin = [0; 7];
        stream.read_exact(&mut begin)?;
        Ok(begin)
    };
    ask().is_ok_and(|begin| &begin == b"HTTP/1.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_taken_on_either_family_is_passed_over() {
        for host in ["127.0.0.1:0", "[::1]:0"] {
            let Ok(taken) = TcpListener::bind(host) else {
                assert!(host.starts_with('['), "a machine without IPv4 loopback");
                continue;
            };
            let port = taken.local_addr().unwrap().port();
            assert!(!is_free(port).unwrap(), "{host} is taken");
            assert!(next_free(port).unwrap() > port);
        }
    }

    #[test]
    fn a_listener_that_speaks_no_http_does_not_count() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.write_all(b"SSH-2.0-nothing\r\n").unwrap();
        });
        assert!(!answers_http(port));
        server.join().unwrap();
    }
}
