//! Finds a port.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

use tokio::net::TcpListener;

/// How many ports are tried after a taken one.
const TRIES: u16 = 100;

/// Listens on that port or the next free one, over IPv4 and IPv6.
pub async fn listen(wanted: u16) -> io::Result<(u16, Vec<TcpListener>)> {
    for offset in 0..TRIES {
        let port = match wanted {
            0 => 0,
            _ => match wanted.checked_add(offset) {
                Some(port) => port,
                None => break,
            },
        };
        match bind(port).await {
            Ok((bound, listeners)) => {
                if wanted != 0 && bound != wanted {
                    eprintln!("playoff-sandbox: port {wanted} is taken, serving on {bound}");
                }
                return Ok((bound, listeners));
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(error),
        }
    }
    let text = format!("no free port from {wanted} on; name another one by --port");
    Err(io::Error::new(io::ErrorKind::AddrInUse, text))
}

async fn bind(port: u16) -> io::Result<(u16, Vec<TcpListener>)> {
    let v4 = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    let port = v4.local_addr()?.port();
    match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))).await {
        Ok(v6) => Ok((port, vec![v4, v6])),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(error),
        Err(error) => {
            eprintln!("playoff-sandbox: no IPv6 here ({error}), serving over IPv4 only");
            Ok((port, vec![v4]))
        }
    }
}
