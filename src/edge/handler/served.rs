//! What of the service's answer is handed out.
//!
//! A page takes what comes from its own origin for its own. So it gets data and pixels alone: an
//! SVG or an HTML page that somebody uploaded would run as the page does.

use std::borrow::Cow;

use serde_json::{Value as Json, json};

use super::answer::Answer;
use super::{Asked, Refusal, origin};
use crate::core::error::{Details, Kind, code};
use crate::core::text::{before, number};

/// What is handed out, as the service calls it, and as it is told to the page.
const TYPES: [(&str, &str); 6] = [
    ("application/json", "application/json; charset=utf-8"),
    ("image/png", "image/png"),
    ("image/jpeg", "image/jpeg"),
    ("image/gif", "image/gif"),
    ("image/webp", "image/webp"),
    ("image/avif", "image/avif"),
];

/// Headers that are told to the page beside the type.
const TOLD: [&str; 4] = ["accept-ranges", "content-range", "etag", "last-modified"];
/// Bytes that such a header has at most.
const HEADER_LIMIT: usize = 200;

/// The service's answer can't be handed out.
pub const BAD_ANSWER: Refusal = Refusal::new(
    502,
    "bad_answer",
    "The service's answer isn't one that is handed out",
);
const UNREACHED: Refusal = Refusal::new(
    502,
    "network_error",
    "The service wasn't reached, or its answer broke off",
);
const TOO_LATE: Refusal = Refusal::new(504, "timeout", "The service didn't answer in time");

/// What is handed out of a success, and whether its body is.
#[derive(Debug, PartialEq, Eq)]
pub struct Served {
    /// All but the body.
    pub answer: Answer,
    /// Whether the service's body goes with it.
    pub has_body: bool,
}

/// The answer to a call that the service carried out.
///
/// # Errors
/// `bad_answer` for types that aren't handed out.
pub fn success(
    asked: &Asked,
    allow_origins: &[String],
    status: u16,
    has_body: bool,
    header: &dyn Fn(&str) -> Option<String>,
) -> Result<Served, Refusal> {
    let mut answer = Answer::empty(status);
    let kind = header("content-type");
    let has_none = !has_body || header("content-length").as_deref() == Some("0");
    let is_empty = matches!(status, 204 | 205) || (kind.is_none() && has_none);
    if !is_empty {
        let kind = kind.as_deref().and_then(told_type).ok_or(BAD_ANSWER)?;
        answer = answer.with("content-type", kind);
        // The length of what was packed isn't that of what is unpacked.
        if header("content-encoding").is_none()
            && let Some(length) = header("content-length").filter(|length| is_number(length))
        {
            answer = answer.with("content-length", length);
        }
    }
    for name in TOLD {
        if let Some(value) = header(name).filter(|value| is_plain(value)) {
            answer = answer.with(name, value);
        }
    }
    let policy = match origin::foreign(asked, allow_origins) {
        Some(_) => "cross-origin",
        None => "same-origin",
    };
    Ok(Served {
        answer: answer
            .with("x-content-type-options", "nosniff")
            .with("content-security-policy", "sandbox; default-src 'none'")
            .with("cross-origin-resource-policy", policy),
        has_body: !is_empty && asked.method != "HEAD",
    })
}

fn told_type(kind: &str) -> Option<&'static str> {
    let essence = before(kind, ";").trim_matches([' ', '\t']);
    let mut types = TYPES.iter();
    let (_, told) = types.find(|(known, _)| known.eq_ignore_ascii_case(essence))?;
    Some(told)
}

fn is_number(text: &str) -> bool {
    (1..16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_plain(text: &str) -> bool {
    let in_text = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
    (1..HEADER_LIMIT).contains(&text.len()) && text.bytes().all(in_text)
}

/// The answer to a call that failed, made by that method. `data` is the envelope's. Whether it is the
/// worker's own affair, and belongs into its log, tells the second.
pub fn failure<V>(method: &str, error: &Details<V>, data: Option<Json>) -> (Answer, bool) {
    match error.kind {
        Kind::Config => {
            let refusal = Refusal {
                status: 400,
                code: error.code.clone(),
                description: "The service takes no such request",
            };
            (Answer::refusal(&refusal), false)
        }
        Kind::Network => (Answer::refusal(&UNREACHED), true),
        Kind::Timeout => (Answer::refusal(&TOO_LATE), true),
        // The token is ours: what is wrong with it is nothing that a page could mend.
        Kind::Auth => (Answer::refusal(&BAD_ANSWER), true),
        Kind::Api => match (&error.code, error.status) {
            // Codes that are ours say that there was no envelope.
            (Cow::Owned(code), Some(status @ 400..600)) if *code != code::HTTP_ERROR => {
                (envelope(error, status, data), false)
            }
            // An answer to HEAD has no envelope.
            (_, Some(status @ 400..500)) if method == "HEAD" => {
                (Answer::empty(told_status(status)), false)
            }
            _ => (Answer::refusal(&BAD_ANSWER), true),
        },
    }
}

/// The service's 500 and its 401 aren't this worker's: a page would take them for a fault of the
/// worker's setup, and for nobody being signed in.
fn told_status(status: u16) -> u16 {
    match status {
        500 => 502,
        401 => 403,
        other => other,
    }
}

/// The service's own envelope.
fn envelope<V>(error: &Details<V>, status: u16, data: Option<Json>) -> Answer {
    let mut body = json!({ "error": error.code, "error_description": error.message });
    if let Some(data) = data {
        body["data"] = data;
    }
    let answer = Answer::json(told_status(status), &body);
    match error.retry_after {
        Some(milliseconds) => {
            answer.with("retry-after", number(milliseconds.div_ceil(1000).into()))
        }
        None => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::error::Error;

    const ASKED: Asked = Asked {
        method: "GET",
        path: "/api/x",
        query: "",
        own_origin: "https://a.example",
        origin: None,
        sec_fetch_site: Some("same-origin"),
    };

    fn served(status: u16, headers: &[(&str, &str)]) -> Result<Served, Refusal> {
        served_to(&ASKED, status, headers)
    }

    fn served_to(asked: &Asked, status: u16, headers: &[(&str, &str)]) -> Result<Served, Refusal> {
        let header = |name: &str| {
            let mut found = headers.iter().filter(|(known, _)| *known == name);
            found.next().map(|(_, value)| (*value).to_owned())
        };
        success(asked, &["https://b.example".into()], status, true, &header)
    }

    fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
        let mut found = answer.headers.iter().filter(|(known, _)| *known == name);
        found.next().map(|(_, value)| value.as_str())
    }

    #[test]
    fn hands_out_data_and_pixels() {
        for (kind, told) in [
            ("application/json", "application/json; charset=utf-8"),
            (
                "Application/JSON; charset=x",
                "application/json; charset=utf-8",
            ),
            ("image/png", "image/png"),
            ("image/avif ;a=b", "image/avif"),
        ] {
            let served = served(200, &[("content-type", kind)]).unwrap();
            assert!(served.has_body);
            for (name, value) in [
                ("content-type", told),
                ("x-content-type-options", "nosniff"),
                ("content-security-policy", "sandbox; default-src 'none'"),
                ("cross-origin-resource-policy", "same-origin"),
            ] {
                assert_eq!(header(&served.answer, name), Some(value));
            }
        }
        for kind in [
            "image/svg+xml",
            "text/html",
            "text/html, application/json",
            "application/xhtml+xml",
            "text/javascript",
            "application/octet-stream",
            "application/json-seq",
            "multipart/byteranges",
            "image/*",
            "",
        ] {
            let refused = served(200, &[("content-type", kind)]);
            assert_eq!(refused, Err(BAD_ANSWER), "{kind}");
        }
        assert_eq!(served(200, &[]), Err(BAD_ANSWER));
    }

    #[test]
    fn tells_some_headers_and_no_other() {
        let served = served(
            206,
            &[
                ("content-type", "image/png"),
                ("content-length", "7"),
                ("content-range", "bytes 0-6/100"),
                ("accept-ranges", "bytes"),
                ("etag", "\"a\r\nset-cookie: b=c\""),
                ("last-modified", "Fri, 15 Jan 2027 08:00:10 GMT"),
                ("cache-control", "public"),
                ("set-cookie", "a=b"),
                ("location", "https://evil.example"),
                ("x-request-id", "r1"),
            ],
        )
        .unwrap();
        let mut names: Vec<_> = served
            .answer
            .headers
            .iter()
            .map(|(name, _)| *name)
            .collect();
        names.sort_unstable();
        let expected = [
            "accept-ranges",
            "content-length",
            "content-range",
            "content-security-policy",
            "content-type",
            "cross-origin-resource-policy",
            "last-modified",
            "x-content-type-options",
        ];
        assert_eq!((served.answer.status, &names[..]), (206, &expected[..]));
    }

    #[test]
    fn tells_no_length_that_is_none() {
        for headers in [
            &[("content-length", "7"), ("content-encoding", "gzip")][..],
            &[("content-length", "7, 7")],
            &[("content-length", "-1")],
        ] {
            let headers = [&[("content-type", "image/png")], headers].concat();
            let served = served(200, &headers).unwrap();
            assert_eq!(header(&served.answer, "content-length"), None);
        }
    }

    #[test]
    fn what_is_empty_needs_no_type() {
        for (status, headers) in [(204, &[][..]), (200, &[("content-length", "0")])] {
            assert!(!served(status, headers).unwrap().has_body);
        }
        let bodiless = success(&ASKED, &[], 200, false, &|_| None);
        assert!(!bodiless.unwrap().has_body);
        let head = Asked {
            method: "HEAD",
            ..ASKED
        };
        let served = served_to(&head, 200, &[("content-type", "image/png")]).unwrap();
        assert!(!served.has_body);
        assert_eq!(header(&served.answer, "content-type"), Some("image/png"));
    }

    #[test]
    fn allowed_origins_may_embed_it() {
        let foreign = Asked {
            origin: Some("https://b.example"),
            ..ASKED
        };
        let served = served_to(&foreign, 200, &[("content-type", "image/png")]).unwrap();
        let policy = header(&served.answer, "cross-origin-resource-policy");
        assert_eq!(policy, Some("cross-origin"));
    }

    fn body(answer: &Answer) -> Json {
        serde_json::from_str(answer.body.as_deref().unwrap()).unwrap()
    }

    #[test]
    fn the_services_errors_are_handed_on() {
        for (status, told) in [(400, 400), (404, 404), (503, 503), (500, 502), (401, 403)] {
            let mut error =
                Error::<()>::api("player_not_found".to_owned(), "no \"x\"".into(), status);
            error.retry_after = Some(1500);
            let (answer, logged) = failure("GET", &error, Some(json!({"valid": false})));
            assert!(!logged);
            assert_eq!(answer.status, told);
            assert_eq!(header(&answer, "retry-after"), Some("2"));
            assert_eq!(
                body(&answer),
                json!({"error": "player_not_found", "error_description": "no \"x\"", "data": {"valid": false}})
            );
        }
    }

    #[test]
    fn other_failures_are_told_as_what_they_are() {
        let api = |code, status| Error::<()>::api(code, String::new(), status);
        for (error, status, told) in [
            (api(code::HTTP_ERROR, 404), 502, "bad_answer"),
            (api(code::REDIRECT_REFUSED, 302), 502, "bad_answer"),
            (
                Error::api("x".to_owned(), String::new(), 304),
                502,
                "bad_answer",
            ),
            (
                Error::auth("invalid_access_token".to_owned(), ""),
                502,
                "bad_answer",
            ),
            (Error::network(String::new(), ()), 502, "network_error"),
            (Error::timeout("x", "timeout", 1), 504, "timeout"),
        ] {
            let (answer, logged) = failure("GET", &error, None);
            assert!(logged);
            assert_eq!(
                (answer.status, &body(&answer)["error"]),
                (status, &json!(told))
            );
        }
        let (answer, logged) = failure("PUT", &Error::<()>::config(code::INVALID_BODY, ""), None);
        assert!(!logged);
        assert_eq!(
            (answer.status, &body(&answer)["error"]),
            (400, &json!("invalid_body"))
        );
    }

    #[test]
    fn what_is_missing_is_told_to_who_asks_for_the_head() {
        for (status, told) in [(404, 404), (401, 403), (503, 502)] {
            let error = Error::<()>::api(code::HTTP_ERROR, String::new(), status);
            let (answer, logged) = failure("HEAD", &error, None);
            assert_eq!((answer.status, logged), (told, status == 503));
        }
    }
}
