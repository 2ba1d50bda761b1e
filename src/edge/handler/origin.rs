//! Whose pages may ask.
//!
//! Browsers say in `Origin` whose page a request is of, and pages can't change it. They leave it
//! out of a GET of the same origin; there `Sec-Fetch-Site` says so.

use super::Asked;
use crate::core::error::Error;

/// Whether a page may ask for what it asks for. `null` is nobody's origin.
pub fn may_ask(asked: &Asked, allow_origins: &[String]) -> bool {
    match asked.origin {
        Some(origin) => is_allowed(origin, asked.own_origin, allow_origins),
        None => is_safe(asked.method) && asked.sec_fetch_site == Some("same-origin"),
    }
}

/// The request's origin, if it is another one than the handler's own and may ask: browsers want it
/// to be told so (CORS).
pub fn foreign<'a>(asked: &Asked<'a>, allow_origins: &[String]) -> Option<&'a str> {
    let origin = asked.origin.filter(|origin| *origin != asked.own_origin);
    origin.filter(|origin| is_allowed(origin, asked.own_origin, allow_origins))
}

/// Whether a method only reads.
pub fn is_safe(method: &str) -> bool {
    matches!(method, "GET" | "HEAD")
}

/// Whether an origin is the handler's own or an allowed one.
pub fn is_allowed(origin: &str, own_origin: &str, allow_origins: &[String]) -> bool {
    origin != "null"
        && (origin == own_origin || allow_origins.iter().any(|allowed| allowed == origin))
}

/// Checks one of the option `allowOrigins`, which must be as browsers write them, since they are
/// compared letter by letter.
///
/// # Errors
/// `invalid_option`.
pub fn check<V>(origin: &str) -> Result<(), Error<V>> {
    let holds = origin.split_once("://").is_some_and(|(scheme, host)| {
        let lower = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let in_scheme = |byte| lower(byte) || b"+-.".contains(&byte);
        let in_host = |byte| lower(byte) || b"-._:[]".contains(&byte);
        let of = |text: &str, allowed: &dyn Fn(u8) -> bool| {
            !text.is_empty() && text.bytes().all(allowed)
        };
        of(scheme, &in_scheme) && of(host, &in_host)
    });
    match holds {
        true => Ok(()),
        false => Err(Error::option(
            "allowOrigins",
            "an array of origins as browsers write them, like \"https://app.example\": scheme, host and port in lower case, and no slash behind",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::super::asked;
    use super::*;

    fn may(method: &str, origin: Option<&str>, site: Option<&str>) -> bool {
        let allowed = ["https://b.example".into(), "null".into()];
        may_ask(&asked(method, origin, site), &allowed)
    }

    #[test]
    fn who_writes_shows_an_origin() {
        for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get", ""] {
            for origin in ["https://a.example", "https://b.example"] {
                assert!(may(method, Some(origin), None), "{method} {origin}");
            }
            for origin in [
                "null",
                "http://a.example",
                "https://a.example.evil",
                "https://a.example:444",
                "https://A.example",
                "",
            ] {
                assert!(!may(method, Some(origin), Some("same-origin")), "{origin}");
            }
            assert!(!may(method, None, Some("same-origin")), "{method}");
        }
    }

    #[test]
    fn who_reads_may_be_of_the_same_origin_without() {
        for method in ["GET", "HEAD"] {
            assert!(may(method, None, Some("same-origin")));
            assert!(may(method, Some("https://b.example"), Some("cross-site")));
            for site in [None, Some("none"), Some("same-site"), Some("cross-site")] {
                assert!(!may(method, None, site), "{site:?}");
            }
            assert!(!may(method, Some("null"), Some("same-origin")));
        }
    }

    #[test]
    fn only_foreign_ones_are_told_so() {
        let allowed = ["https://b.example".to_owned()];
        let foreign = |origin| foreign(&asked("POST", origin, None), &allowed);
        assert_eq!(
            foreign(Some("https://b.example")),
            Some("https://b.example")
        );
        for origin in ["https://a.example", "https://c.example", "null"] {
            assert_eq!(foreign(Some(origin)), None);
        }
        assert_eq!(foreign(None), None);
    }

    #[test]
    fn takes_origins_as_browsers_write_them() {
        for good in [
            "https://app.example",
            "http://localhost:5173",
            "http://[::1]:8080",
            "capacitor://localhost",
        ] {
            assert!(check::<()>(good).is_ok(), "{good}");
        }
        for bad in [
            "null",
            "*",
            "",
            "app.example",
            "https://",
            "https://app.example/",
            "https://App.example",
            "https://*.example",
            "https://a@b.example",
            "https://app.example\n",
        ] {
            assert!(check::<()>(bad).is_err(), "{bad}");
        }
    }
}
