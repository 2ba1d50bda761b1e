//! Routes: the only way in which a caller says where a request goes.
//!
//! A route never names a host, so that a token can't be led to another one.

use crate::core::error::{Error, code};
use crate::core::percent::{decode, encode, encode_except};
use crate::core::text::{concat, contains, join, split};

/// A path that was found safe, percent-encoded, beginning with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route(String);

impl Route {
    /// From a path as the service's documentation writes it.
    ///
    /// # Errors
    /// `invalid_route`, with what was wrong and what would be right.
    pub fn from_path<V>(path: &str) -> Result<Self, Error<V>> {
        check_start(path)?;
        for found in path.chars() {
            check_char(path, found)?;
        }
        for segment in split(path, "/") {
            check_segment(path, segment)?;
        }
        // What already is encoded stays so.
        Ok(Self(encode_except(path, b"/%-_.~!$&'()*+,;=:@")))
    }

    /// From segments, each encoded on its own: they may hold `/`, `%` and anything else.
    ///
    /// # Errors
    /// `invalid_route` for no segments, an empty one, `.` and `..`.
    pub fn from_segments<V>(segments: &[String]) -> Result<Self, Error<V>> {
        if segments.is_empty() {
            return Err(refused("[]", "it has no segments"));
        }
        let mut path = String::new();
        for segment in segments {
            match segment.as_str() {
                "" => {
                    return Err(refused(&join(segments, "/"), "it has an empty segment"));
                }
                // Percent-encoding doesn't help: URL parsers treat %2e as a dot.
                "." | ".." => return Err(refused(segment, "`.` and `..` can't be segments")),
                _ => {}
            }
            path.push('/');
            path.push_str(&encode(segment));
        }
        Ok(Self(path))
    }

    /// The path, ready to stand behind a service's address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn check_start<V>(path: &str) -> Result<(), Error<V>> {
    let mut chars = path.chars();
    match (chars.next(), chars.next()) {
        (Some('/'), Some('/')) => Err(refused(path, "it starts with more than one `/`")),
        (Some('/'), _) => Ok(()),
        _ if contains(path, "://") => Err(refused(path, "it is a URL")),
        _ => Err(refused(path, "it doesn't start with `/`")),
    }
}

fn check_char<V>(path: &str, found: char) -> Result<(), Error<V>> {
    match found {
        '?' => Err(refused(
            path,
            "it holds a `?` (give parameters as `query`, or the id as a segment of an array)",
        )),
        '#' => Err(refused(
            path,
            "it holds a `#` (an id with one goes into an array of segments)",
        )),
        '\\' => Err(refused(path, "it holds a backslash")),
        _ if found.is_control() => Err(refused(path, "it holds a control character")),
        _ => Ok(()),
    }
}

fn check_segment<V>(path: &str, segment: &str) -> Result<(), Error<V>> {
    let decoded = decode(segment).ok_or_else(|| {
        refused(
            path,
            "it holds a `%` that isn't the start of an encoded character (an id with one goes into an array of segments)",
        )
    })?;
    if decoded == "." || decoded == ".." {
        return Err(refused(path, "it has a `.` or `..` segment"));
    }
    if decoded != segment && decoded.bytes().any(|found| matches!(found, b'/' | b'\\')) {
        return Err(refused(
            path,
            "it holds an encoded slash or backslash (an id with one goes into an array of segments)",
        ));
    }
    if decoded.chars().any(char::is_control) {
        return Err(refused(path, "it holds an encoded control character"));
    }
    Ok(())
}

fn refused<V>(route: &str, why: &str) -> Error<V> {
    // A route may be a whole URL with a token in it: show its start, up to what could be one.
    let start = route
        .chars()
        .take_while(|found| !matches!(found, '?' | '#'))
        .filter(|found| !found.is_control());
    // `collect` brings more code than a loop does.
    let mut shown = String::new();
    for found in start.take(80) {
        shown.push(found);
    }
    Error::config(
        code::INVALID_ROUTE,
        concat(&[
            "the route `",
            &shown,
            "` can't be used: ",
            why,
            ". Right: \"/runtime/player\", or [\"admin\", \"players\", id]",
        ]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Result<String, String> {
        match Route::from_path::<()>(text) {
            Ok(route) => Ok(route.as_str().to_owned()),
            Err(error) => {
                assert_eq!(error.code, code::INVALID_ROUTE);
                Err(error.message.clone())
            }
        }
    }

    #[test]
    fn takes_what_the_docs_write() {
        for good in [
            "/runtime/player",
            "/runtime/actions/collect/play",
            "/admin/",
            "/",
            "/runtime/players/a%20b",
            "/runtime/leaderboards/points..2024",
        ] {
            assert_eq!(path(good).as_deref(), Ok(good));
        }
        assert_eq!(
            path("/runtime/players/jös é").unwrap(),
            "/runtime/players/j%C3%B6s%20%C3%A9"
        );
    }

    #[test]
    fn refuses_every_way_out() {
        for (bad, why) in [
            ("", "doesn't start"),
            ("runtime/player", "doesn't start"),
            ("https://evil.example/v2", "is a URL"),
            ("//evil.example/v2", "more than one"),
            ("///evil.example", "more than one"),
            ("/\\evil.example", "backslash"),
            ("/a/../b", "`..` segment"),
            ("/a/..", "`..` segment"),
            ("/a/./b", "`.` or"),
            ("/a/%2e%2e/b", "`..` segment"),
            ("/a/%2E./b", "`..` segment"),
            ("/a/.%2e", "`..` segment"),
            ("/a%2fb", "encoded slash"),
            ("/a%2Fb", "encoded slash"),
            ("/a%5cb", "encoded slash or backslash"),
            ("/a?b=c", "`?`"),
            ("/a#b", "`#`"),
            ("/a\nb", "control"),
            ("/a\tb", "control"),
            ("/a\u{0}b", "control"),
            ("/a\u{7f}b", "control"),
            ("/a%0ab", "control"),
            ("/a%zz", "`%`"),
            ("/a%", "`%`"),
            ("/a%2", "`%`"),
            ("/a%+1", "`%`"),
            ("/a%ff", "`%`"),
        ] {
            let message = path(bad).unwrap_err();
            assert!(message.contains(why), "{bad:?}: {message}");
        }
    }

    #[test]
    fn shows_no_token() {
        let message = path("https://api.example/v2?access_token=abc").unwrap_err();
        assert!(!message.contains("abc"), "{message}");
    }

    #[test]
    fn encodes_segments() {
        let route = Route::from_segments::<()>(&["admin".into(), "a/b%c?".into()]).unwrap();
        assert_eq!(route.as_str(), "/admin/a%2Fb%25c%3F");
    }

    #[test]
    fn refuses_segments_that_climb() {
        for bad in [&[][..], &["a", ""], &["a", "."], &["..", "b"]] {
            let segments: Vec<String> = bad.iter().map(|&segment| segment.into()).collect();
            assert!(Route::from_segments::<()>(&segments).is_err(), "{bad:?}");
        }
    }
}
