//! Hosts and addresses, as a caller gives them.

use crate::core::error::Error;
use crate::core::text::{before, is_one_of, split, split_once};

/// Refuses what is no host name.
///
/// # Errors
/// `invalid_option`.
pub fn check_host<V>(host: &str) -> Result<(), Error<V>> {
    let (name, port) = split_once(host, ":").unwrap_or((host, "0"));
    let starts_well = name
        .bytes()
        .next()
        .is_some_and(|byte| !is_one_of(byte, b".-"));
    let name_holds = starts_well
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || is_one_of(byte, b".-"));
    if name_holds && port.parse::<u16>().is_ok() {
        return Ok(());
    }
    Err(Error::option(
        "host",
        "a host name like \"playoff.example\" (for a whole address use `apiUrl` and `authUrl`)",
    ))
}

/// An address of the service without its trailing slash.
///
/// # Errors
/// `invalid_option`.
pub fn address<'a, V>(
    option: &str,
    given: &'a str,
    allow_insecure_http: bool,
) -> Result<&'a str, Error<V>> {
    let wrong = || {
        Error::option(
            option,
            "an absolute address like \"https://api.playoff.example\", without query, fragment or credentials",
        )
    };
    let (scheme, rest) = split_once(given, ":").ok_or_else(wrong)?;
    let rest = rest.strip_prefix("//").ok_or_else(wrong)?;
    let authority = before(rest, "/");
    let plain = given
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && !is_one_of(byte, b"?#\\"));
    if authority.is_empty() || authority.bytes().any(|byte| byte == b'@') || !plain {
        return Err(wrong());
    }
    match scheme {
        "https" => {}
        "http" if allow_insecure_http || is_loopback(authority) => {}
        "http" => {
            return Err(Error::option(
                option,
                "https: over plain http a token can be read by others (allowed on loopback, or by `allowInsecureHttp: true`)",
            ));
        }
        _ => return Err(wrong()),
    }
    let mut address = given;
    while let Some(shorter) = address.strip_suffix('/') {
        address = shorter;
    }
    Ok(address)
}

/// Whether a host, with or without a port, is this machine.
pub fn is_loopback(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(ipv6) => return ipv6.starts_with("::1]"),
        None => before(authority, ":"),
    };
    host == "localhost" || host.ends_with(".localhost") || is_ipv4_loopback(host)
}

/// Whether it is 127.x.y.z; `Ipv4Addr`'s own reader costs more than the rest of this file.
fn is_ipv4_loopback(host: &str) -> bool {
    let is_number = |part: &str| {
        !part.is_empty() && part.len() <= 3 && part.bytes().all(|digit| digit.is_ascii_digit())
    };
    match split(host, ".")[..] {
        ["127", a, b, c] => is_number(a) && is_number(b) && is_number(c),
        _ => false,
    }
}
