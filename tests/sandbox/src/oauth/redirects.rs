//! Redirect addresses: which may be registered, and how an answer is put into them.

use form_urlencoded::Serializer;

/// The origin of an address as it is written: scheme, host and port. `None` for what is no plain
/// `http` or `https` address: with a user's name in it or characters that no address holds, browsers
/// may see another host than we do.
pub fn origin(address: &str) -> Option<&str> {
    let rest = ["http://", "https://"]
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme))?;
    let length = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let authority = &rest[..length];
    let of_host = |b: u8| b.is_ascii_alphanumeric() || b"-._~:[]".contains(&b);
    let of_address = |b: u8| b.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&b);
    let plain =
        !authority.is_empty() && authority.bytes().all(of_host) && rest.bytes().all(of_address);
    plain.then(|| &address[..address.len() - rest.len() + length])
}

/// Whether codes may be sent there: RFC 6749 section 3.1.2 forbids fragments.
pub fn registrable(address: &str) -> bool {
    origin(address).is_some() && !address.contains('#')
}

/// The address with these parameters; what its query holds already stays (RFC 6749 section 3.1.2).
pub fn with_parameters(address: &str, parameters: &[(&str, &str)]) -> String {
    let added = Serializer::new(String::new())
        .extend_pairs(parameters)
        .finish();
    let joint = match address.split_once('?') {
        None => "?",
        Some((_, query)) if query.is_empty() || query.ends_with('&') => "",
        Some(_) => "&",
    };
    format!("{address}{joint}{added}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_a_browser_would_go_to() {
        for (address, expected) in [
            ("http://localhost:8787/callback", "http://localhost:8787"),
            ("https://app.example?x=//y", "https://app.example"),
            ("http://[::1]:8787#top", "http://[::1]:8787"),
        ] {
            assert_eq!(origin(address), Some(expected));
        }
        for wrong in [
            "",
            "/callback",
            "//localhost:8787",
            "javascript:alert(1)",
            "http://",
            "http:///callback",
            "http://localhost:8787@evil.example/",
            "http://evil.example\\@localhost:8787/",
            "http://localhost:8787/\r\nset-cookie: a=b",
            "http://localhost:8787/ö",
        ] {
            assert_eq!(origin(wrong), None, "{wrong}");
        }
        assert!(registrable("http://localhost:8787/callback?a=b"));
        assert!(!registrable("http://localhost:8787/callback#"));
    }

    #[test]
    fn parameters_follow_those_that_are_there() {
        for (address, expected) in [
            ("http://a/b", "http://a/b?code=x%2F+y"),
            ("http://a/b?", "http://a/b?code=x%2F+y"),
            ("http://a/b?c=d", "http://a/b?c=d&code=x%2F+y"),
            ("http://a/b?c=d&", "http://a/b?c=d&code=x%2F+y"),
        ] {
            assert_eq!(with_parameters(address, &[("code", "x/ y")]), expected);
        }
    }
}
