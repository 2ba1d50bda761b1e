//! Addresses of the page's own origin.

use crate::core::address::is_loopback;
use crate::core::text::{before, is_one_of, split_once};

/// The origin of a page's address, as the platform writes it; `None` where no service could send
/// anybody back to it.
pub fn origin(address: &str) -> Option<&str> {
    let (scheme, rest) = split_once(address, "://")?;
    let host = before(rest, "/");
    let is_page = (scheme == "http" || scheme == "https") && !host.is_empty();
    address
        .get(..address.len() - rest.len() + host.len())
        .filter(|_| is_page)
}

/// Whether nobody on the way can read or change a page of this origin.
pub fn is_secure(origin: &str) -> bool {
    origin.strip_prefix("http://").is_none_or(is_loopback)
}

/// What follows the origin in an address that the platform's parser wrote; `None` for addresses of
/// others, and for what would name a host if it stood alone.
pub fn path_on<'a>(origin: &str, address: &'a str) -> Option<&'a str> {
    let path = address.strip_prefix(origin)?;
    (path.starts_with('/') && !path.starts_with("//")).then_some(path)
}

/// Whether it is a path that can be put behind any origin, with neither query nor fragment.
pub fn is_own_path(path: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_graphic() && !is_one_of(byte, b"?#\\");
    path.starts_with('/') && !path.starts_with("//") && path.bytes().all(plain)
}

/// An address less its query and fragment.
pub fn bare(address: &str) -> &str {
    before(before(address, "#"), "?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_a_service_can_send_back_to() {
        for (address, expected) in [
            ("https://app.example/a?b#c", Some("https://app.example")),
            ("http://localhost:8787/", Some("http://localhost:8787")),
            ("https://app.example", Some("https://app.example")),
            ("about:srcdoc", None),
            ("file:///index.html", None),
            ("chrome-extension://abc/page.html", None),
            ("blob:https://app.example/1", None),
            ("data:text/html,://", None),
        ] {
            assert_eq!(origin(address), expected, "{address}");
        }
    }

    #[test]
    fn plain_http_is_for_loopback_alone() {
        for (origin, secure) in [
            ("https://app.example", true),
            ("http://localhost:8787", true),
            ("http://127.0.0.1", true),
            ("http://[::1]:1", true),
            ("http://app.example", false),
            ("http://localhost.evil.example", false),
            ("http://192.168.0.1", false),
        ] {
            assert_eq!(is_secure(origin), secure, "{origin}");
        }
    }

    #[test]
    fn a_path_names_no_host() {
        let on = |address| path_on("https://app.example", address);
        assert_eq!(on("https://app.example/a?b#c"), Some("/a?b#c"));
        for other in [
            "https://app.example//evil.example",
            "https://app.example.evil/",
            "https://app.example:444/",
            "https://app.example@evil/",
            "http://app.example/",
            "blob:https://app.example/1",
            "javascript:alert(1)",
        ] {
            assert_eq!(on(other), None, "{other}");
        }
    }

    #[test]
    fn knows_paths_of_its_own() {
        assert!(is_own_path("/auth/exchange"));
        for other in [
            "",
            "auth",
            "//evil",
            "/\\evil",
            "/a?b",
            "/a#b",
            "/ä",
            "/a b",
            "https://a/",
        ] {
            assert!(!is_own_path(other), "{other}");
        }
    }
}
