//! The address that the service sends the player back to: reading it and judging it (RFC 6749,
//! sections 4.1.2 and 4.1.2.1, and RFC 9207).

use super::address::bare;
use super::slots::{self, Slot};
use crate::core::error::{Error, code};
use crate::core::percent::decode;
use crate::core::provider::Evidence;
use crate::core::secret::Secret;
use crate::core::text::{concat, join, replace, split, split_once};

/// What an answer holds; none of it stays in the address.
const NAMES: [&str; 6] = [
    "code",
    "state",
    "iss",
    "error",
    "error_description",
    "error_uri",
];

/// What the service said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Callback {
    /// The authorization code.
    pub code: Option<Secret>,
    /// Which sign-in it answers.
    pub state: Option<String>,
    /// The service itself.
    pub iss: Option<String>,
    /// What went wrong.
    pub error: Option<String>,
    /// The same for people.
    pub error_description: Option<String>,
    /// The address without all this.
    pub cleaned: String,
}

impl Callback {
    /// Reads a page's address; `None` where it isn't an answer to a sign-in that was to come back to
    /// `redirect_uri`.
    pub fn read(address: &str, redirect_uri: &str) -> Option<Self> {
        let (whole, fragment) = match split_once(address, "#") {
            Some((whole, fragment)) => (whole, Some(fragment)),
            None => (address, None),
        };
        let (path, query) = split_once(whole, "?")?;
        if path != bare(redirect_uri) {
            return None;
        }
        let (mut found, mut kept) = (<[Option<String>; 6]>::default(), Vec::new());
        for pair in split(query, "&") {
            let (name, value) = split_once(pair, "=").unwrap_or((pair, ""));
            let Some(at) = NAMES.iter().position(|known| *known == name) else {
                kept.push(pair);
                continue;
            };
            // An answer has each once: of two the first one counts. As in forms, a plus is a space.
            if found[at].is_none() {
                found[at] = decode(&replace(value, "+", " ")).filter(|text| !text.is_empty());
            }
        }
        let [code, state, iss, error, error_description, _] = found;
        if code.is_none() && error.is_none() {
            return None;
        }
        let mut cleaned = path.to_owned();
        let query = join(&kept, "&");
        for (mark, part) in [('?', &*query), ('#', fragment.unwrap_or_default())] {
            if !part.is_empty() {
                cleaned.push(mark);
                cleaned.push_str(part);
            }
        }
        Some(Self {
            code: code.map(Secret::new),
            state,
            iss,
            error,
            error_description,
            cleaned,
        })
    }
}

/// What an answer is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Which client asks.
    pub client: &'a str,
    /// The service's name (RFC 9207).
    pub issuer: &'a str,
    /// Whether the service is known to send `state` back.
    pub echoes_state: Evidence,
    /// Unix time in seconds.
    pub now: f64,
}

/// Judges an answer, and gives the code and the sign-in that it answers; `None` where that is another
/// client's of this page.
pub fn judge<V>(
    callback: &Callback,
    slots: &str,
    expected: Expected<'_>,
) -> Option<Result<(Secret, Slot), Error<V>>> {
    let Some(state) = &callback.state else {
        return Some(Err(state_missing(expected.echoes_state)));
    };
    let Some(slot) = slots::find(slots, state) else {
        return Some(Err(state_mismatch()));
    };
    if slot.client != expected.client {
        return None;
    }
    Some(accept(callback, &slot, expected).map(|code| (code, slot)))
}

fn accept<V>(callback: &Callback, slot: &Slot, expected: Expected<'_>) -> Result<Secret, Error<V>> {
    if slot.is_over(expected.now) {
        return Err(Error::auth(
            code::LOGIN_EXPIRED,
            "this sign-in was begun more than ten minutes ago: begin it anew",
        ));
    }
    let stem = |issuer: &str| issuer.strip_suffix('/').unwrap_or(issuer).to_owned();
    if let Some(iss) = &callback.iss
        && stem(iss) != stem(expected.issuer)
    {
        return Err(Error::auth(
            code::ISSUER_MISMATCH,
            concat(&[
                "the answer to the sign-in is of another service than ",
                expected.issuer,
            ]),
        ));
    }
    if let Some(error) = &callback.error {
        let said = callback.error_description.clone();
        let said =
            said.unwrap_or_else(|| concat(&["the service answered the sign-in with ", error]));
        return Err(Error::auth(error.clone(), said));
    }
    callback.code.clone().ok_or_else(state_mismatch)
}

fn state_missing<V>(echoes_state: Evidence) -> Error<V> {
    let may = match echoes_state {
        Evidence::Proven => "",
        Evidence::Unproven => " (nobody has recorded that this service does)",
    };
    Error::auth(
        code::STATE_MISSING,
        concat(&[
            "the service didn't send `state` back",
            may,
            ", so that nobody can tell whose sign-in this is; it is refused",
        ]),
    )
}

fn state_mismatch<V>() -> Error<V> {
    Error::auth(
        code::STATE_MISMATCH,
        "this sign-in wasn't begun in this browser and tab, or was finished already: begin it anew",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACK: &str = "https://app.example/back";
    const ISSUER: &str = "https://playoff.example";

    fn read(rest: &str) -> Option<Callback> {
        Callback::read(&concat(&[BACK, rest]), BACK)
    }

    #[test]
    fn reads_what_a_service_says() {
        let callback = read("?a=1&code=c%2B+1&state=s&iss=https%3A%2F%2Fi&b#top?code=2").unwrap();
        let expected = Callback {
            code: Some(Secret::new("c+ 1".into())),
            state: Some("s".into()),
            iss: Some("https://i".into()),
            cleaned: "https://app.example/back?a=1&b#top?code=2".into(),
            ..Callback::default()
        };
        assert_eq!(callback, expected);
        let callback = read("?error=access_denied&error_description=No%20way&error_uri=x").unwrap();
        let expected = Callback {
            error: Some("access_denied".into()),
            error_description: Some("No way".into()),
            cleaned: BACK.into(),
            ..Callback::default()
        };
        assert_eq!(callback, expected);
        // Of two the first one counts; neither stays.
        let callback = read("?code=1&state=s&code=2&state=t").unwrap();
        assert_eq!(
            (callback.code, callback.state),
            (Some(Secret::new("1".into())), Some("s".into()))
        );
        assert_eq!(callback.cleaned, BACK);
    }

    #[test]
    fn leaves_other_addresses_alone() {
        for other in [
            "",
            "?",
            "?a=b",
            "?state=s",
            "?code=",
            "?code=%zz",
            "#code=1&state=s",
            "/x?code=1&state=s",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
        assert_eq!(Callback::read("https://app.example/?code=1", BACK), None);
        let with_query = Callback::read(
            "https://app.example/back?a=b&code=1",
            "https://app.example/back?a=b",
        );
        assert_eq!(with_query.unwrap().cleaned, "https://app.example/back?a=b");
    }

    fn slot(state: &str, client: &str) -> Slot {
        Slot {
            state: state.into(),
            verifier: Secret::new("v".into()),
            redirect_uri: BACK.into(),
            return_to: None,
            client: client.into(),
            begun: 1000,
            before: None,
        }
    }

    /// What comes of an answer where "mine" and "other" were begun.
    fn judged(rest: &str, now: f64) -> (String, Option<Error<()>>) {
        let begun = slots::with("", &slot("mine", "us"), 1000.0);
        let begun = slots::with(&begun, &slot("other", "them"), 1000.0);
        let expected = Expected {
            client: "us",
            issuer: ISSUER,
            echoes_state: Evidence::Unproven,
            now,
        };
        match judge(&read(rest).unwrap(), &begun, expected) {
            None => ("not ours".into(), None),
            Some(Ok((code, slot))) => (concat(&[code.expose(), " of ", &slot.state]), None),
            Some(Err(error)) => (error.code.to_string(), Some(error)),
        }
    }

    #[test]
    fn takes_a_code_for_the_sign_in_that_asked_for_it() {
        for (rest, now, expected) in [
            ("?code=1&state=mine", 1001.0, "1 of mine"),
            (
                "?code=1&state=mine&iss=https://playoff.example",
                1001.0,
                "1 of mine",
            ),
            (
                "?code=1&state=mine&iss=https://playoff.example/",
                1001.0,
                "1 of mine",
            ),
            ("?code=1&state=mine", 1600.0, "1 of mine"),
            ("?code=1&state=mine", 1601.0, "login_expired"),
            (
                "?code=1&state=mine&iss=https://evil.example",
                1001.0,
                "issuer_mismatch",
            ),
            (
                "?code=1&state=mine&iss=https://playoff.example.evil",
                1001.0,
                "issuer_mismatch",
            ),
            ("?error=access_denied&state=mine", 1001.0, "access_denied"),
            (
                "?error=server_error&code=1&state=mine",
                1001.0,
                "server_error",
            ),
            (
                "?error=access_denied&state=mine&iss=https://evil.example",
                1001.0,
                "issuer_mismatch",
            ),
            ("?code=1&state=other", 1001.0, "not ours"),
            ("?code=1&state=unknown", 1001.0, "state_mismatch"),
            (
                "?error=access_denied&state=unknown",
                1001.0,
                "state_mismatch",
            ),
            ("?code=1", 1001.0, "state_missing"),
            ("?error=access_denied", 1001.0, "state_missing"),
        ] {
            assert_eq!(judged(rest, now).0, expected, "{rest} at {now}");
        }
    }

    #[test]
    fn says_what_the_service_said() {
        let said = |rest| judged(rest, 1001.0).1.unwrap().message.clone();
        assert_eq!(
            said("?error=access_denied&error_description=Not+me&state=mine"),
            "Not me"
        );
        assert!(said("?error=access_denied&state=mine").contains("access_denied"));
        assert!(said("?code=1").contains("nobody has recorded"));
        assert!(said("?code=1&state=mine&iss=https://evil").contains(ISSUER));
    }
}
