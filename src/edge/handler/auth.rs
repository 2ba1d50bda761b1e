//! The bodies of `/auth/*`, and what the service's answers mean for a page.
//!
//! The page gets the access token. The refresh token goes into the cookie and into nothing else.

use std::borrow::Cow;

use serde_json::{Map, Value as Json, json};

use super::answer::Answer;
use super::cookie::Cookie;
use super::{Auth, LOGIN_REQUIRED, MISCONFIGURED, Refusal, UNREADABLE, origin};
use crate::core::error::{Details, Kind, code};
use crate::core::grant::INVALID_GRANT;
use crate::core::secret::Secret;
use crate::core::text::before;
use crate::core::token::Token;
use crate::core::value::Value;
use crate::edge::grants::{CLIENT_REFUSED, Code};

use super::served::BAD_ANSWER;

/// The body isn't JSON.
pub const NOT_JSON: Refusal = Refusal::new(
    415,
    "unsupported_media_type",
    "This takes a body of type application/json",
);
const NO_OBJECT: Refusal = Refusal::new(400, "invalid_request", "The body isn't a JSON object");
const WRONG_MEMBERS: Refusal = Refusal::new(
    400,
    "invalid_request",
    "The body has members that this doesn't take, lacks one that it needs, or has one twice",
);
const WRONG_REDIRECT: Refusal = Refusal::new(
    400,
    "invalid_request",
    "redirect_uri must be an address of this or an allowed origin",
);
const WORTHLESS: Refusal = Refusal::new(
    400,
    INVALID_GRANT,
    "The code is unknown, used, too old, or another sign-in's",
);
const SERVICE_UNAVAILABLE: Refusal = Refusal::new(
    503,
    "temporarily_unavailable",
    "The service can't be asked right now",
);

/// The player signed out while this was under way. Unlike [`LOGIN_REQUIRED`] it leaves the cookie
/// alone: the sign-out has cleared it, and it may be the next player's by now.
pub const SIGNED_OUT: Refusal =
    Refusal::new(401, "login_required", "The player signed out meanwhile");
/// Somebody signed in while this was under way: the next try goes with their cookie.
pub const SIGNED_IN_ANEW: Refusal = Refusal::new(
    503,
    "temporarily_unavailable",
    "Somebody signed in meanwhile: ask again",
);

/// Whether a `Content-Type` is JSON's.
pub fn is_json(content_type: Option<&str>) -> bool {
    let essence = before(content_type.unwrap_or_default(), ";");
    essence
        .trim_matches([' ', '\t'])
        .eq_ignore_ascii_case("application/json")
}

/// Whether a body of that type is read, if it isn't empty.
///
/// # Errors
/// Why it isn't.
pub fn check_type(auth: Auth, content_type: Option<&str>, is_empty: bool) -> Result<(), Refusal> {
    let says_nothing = is_empty && auth != Auth::Exchange;
    match is_json(content_type) || (says_nothing && content_type.is_none()) {
        true => Ok(()),
        false => Err(NOT_JSON),
    }
}

/// The code in a body of `/auth/exchange`.
///
/// # Errors
/// `invalid_request`.
pub fn read_exchange(
    body: &[u8],
    own_origin: &str,
    allow_origins: &[String],
) -> Result<Code, Refusal> {
    let mut members = object(body)?;
    let code = take(&mut members, &["code"])?.ok_or(WRONG_MEMBERS)?;
    let verifier = take(&mut members, &["code_verifier", "codeVerifier"])?;
    let redirect_uri = take(&mut members, &["redirect_uri", "redirectUri"])?;
    let redirect_uri = redirect_uri.ok_or(WRONG_MEMBERS)?;
    // The page has compared these already.
    take(&mut members, &["state"])?;
    take(&mut members, &["iss"])?;
    let is_code = !code.is_empty() && code.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    if !members.is_empty() || !is_code || !verifier.as_deref().is_none_or(is_verifier) {
        return Err(WRONG_MEMBERS);
    }
    if !leads_home(&redirect_uri, own_origin, allow_origins) {
        return Err(WRONG_REDIRECT);
    }
    Ok(Code {
        code: Secret::new(code),
        code_verifier: verifier.map(Secret::new),
        redirect_uri,
    })
}

/// Checks a body of `/auth/refresh`, which says nothing.
///
/// # Errors
/// `invalid_request`.
pub fn read_refresh(body: &[u8]) -> Result<(), Refusal> {
    match object_or_nothing(body)?.is_empty() {
        true => Ok(()),
        false => Err(WRONG_MEMBERS),
    }
}

/// The access token in a body of `/auth/logout`, if there is one.
///
/// # Errors
/// `invalid_request`.
pub fn read_logout(body: &[u8]) -> Result<Option<Secret>, Refusal> {
    let mut members = object_or_nothing(body)?;
    let token = take(&mut members, &["access_token", "accessToken"])?;
    let is_token =
        |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
    match members.is_empty() && token.as_deref().is_none_or(is_token) {
        true => Ok(token.map(Secret::new)),
        false => Err(WRONG_MEMBERS),
    }
}

fn object_or_nothing(body: &[u8]) -> Result<Map<String, Json>, Refusal> {
    match body {
        b"" => Ok(Map::new()),
        body => object(body),
    }
}

fn object(body: &[u8]) -> Result<Map<String, Json>, Refusal> {
    if std::str::from_utf8(body).is_err() {
        return Err(UNREADABLE);
    }
    serde_json::from_slice(body).map_err(|_| NO_OBJECT)
}

/// The text under one of the names.
fn take(members: &mut Map<String, Json>, names: &[&str]) -> Result<Option<String>, Refusal> {
    let mut found = None;
    for name in names {
        match members.remove(*name) {
            None => {}
            Some(Json::String(text)) if found.is_none() => found = Some(text),
            Some(_) => return Err(WRONG_MEMBERS),
        }
    }
    Ok(found)
}

/// RFC 7636, section 4.1.
fn is_verifier(text: &str) -> bool {
    let in_verifier = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(in_verifier)
}

/// Whether an address is on the handler's own or an allowed origin. Compared letter by letter, so
/// that no two readers of addresses can differ in whose it is.
fn leads_home(uri: &str, own_origin: &str, allow_origins: &[String]) -> bool {
    let plain = uri.bytes().all(|byte| byte.is_ascii_graphic());
    let Some((scheme, rest)) = uri.split_once("://") else {
        return false;
    };
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    let origin = &uri[..scheme.len() + "://".len() + host.len()];
    plain && !uri.contains(['#', '\\']) && origin::is_allowed(origin, own_origin, allow_origins)
}

/// Tokens of a sign-in: data that requests may share.
#[derive(Clone, Debug, PartialEq)]
pub struct Tokens {
    access: Secret,
    refresh: Option<Secret>,
    /// Unix time in seconds.
    ends: Option<f64>,
    scope: Option<String>,
}

impl Tokens {
    /// What of a token a page is told.
    pub fn of<V: Value>(token: &Token<V>) -> Self {
        Self {
            access: token.secret.clone(),
            refresh: token.refresh.clone(),
            ends: token.ends,
            scope: token.scope.clone(),
        }
    }

    /// The refresh token that came with them.
    pub fn refresh(&self) -> Option<&Secret> {
        self.refresh.as_ref()
    }

    /// Whether the refresh token that brought them is worth nothing any more.
    pub fn spend(&self, refresh: &Secret) -> bool {
        self.refresh.as_ref().is_some_and(|newer| newer != refresh)
    }

    /// The answer that gives them to the page, and whether no cookie can hold the refresh token: it
    /// is lost then. Where none came, the one at hand serves on.
    pub fn answer(&self, cookie: &Cookie, now: f64) -> (Answer, bool) {
        let mut body = json!({
            "access_token": self.access.expose(),
            "token_type": "Bearer",
        });
        if let Some(ends) = self.ends {
            body["expires_in"] = json!((ends - now).floor().max(0.0) as u64);
        }
        if let Some(scope) = &self.scope {
            body["scope"] = json!(scope);
        }
        let answer = Answer::json(200, &body);
        match self.refresh.as_ref().map(|refresh| cookie.keep(refresh)) {
            None => (answer, false),
            Some(Some(kept)) => (answer.with("set-cookie", kept), false),
            Some(None) => (answer.with("set-cookie", cookie.clear()), true),
        }
    }
}

/// What the page is told when the service gives nothing for a code.
pub fn no_exchange<V>(error: &Details<V>) -> Refusal {
    refused(error, WORTHLESS)
}

/// What the page is told when the service gives nothing for a refresh token. After
/// [`LOGIN_REQUIRED`] the cookie is worth nothing.
pub fn no_refresh<V>(error: &Details<V>) -> Refusal {
    refused(error, LOGIN_REQUIRED)
}

/// Whether a refusal is the worker's own affair, and belongs into its log.
pub fn is_logged(refusal: &Refusal) -> bool {
    refusal.status >= 500 || refusal.code == "unauthorized_client"
}

fn refused<V>(error: &Details<V>, worthless: Refusal) -> Refusal {
    if CLIENT_REFUSED.iter().any(|refused| *refused == error.code) {
        return MISCONFIGURED;
    }
    if error.code == INVALID_GRANT {
        return worthless;
    }
    match (error.kind, error.status) {
        (Kind::Network | Kind::Timeout, _) | (_, Some(408 | 429 | 500..)) => SERVICE_UNAVAILABLE,
        (Kind::Auth, Some(400..500)) => match &error.code {
            Cow::Owned(code) if is_code(code) => Refusal {
                status: 400,
                code: Cow::Owned(code.clone()),
                description: "The service refuses the sign-in",
            },
            // It gave no envelope.
            _ => BAD_ANSWER,
        },
        _ => BAD_ANSWER,
    }
}

/// Whether it looks like a code of the service's, and not like something that it echoes.
fn is_code(text: &str) -> bool {
    let in_code = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    text != code::TOKEN_REQUEST_FAILED && text.len() <= 40 && text.bytes().all(in_code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::error::Error;
    use crate::core::record::Record;
    use crate::edge::handler::cookie::CookieRules;

    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    fn exchange(body: Json) -> Result<Code, Refusal> {
        exchange_text(&body.to_string())
    }

    fn exchange_text(body: &str) -> Result<Code, Refusal> {
        let allowed = ["https://b.example".to_owned()];
        read_exchange(body.as_bytes(), "https://a.example", &allowed)
    }

    #[test]
    fn reads_a_code_under_both_names() {
        let expected = Code {
            code: Secret::new("code 1".into()),
            code_verifier: Some(Secret::new(VERIFIER.into())),
            redirect_uri: "https://a.example/back?x=y".into(),
        };
        for body in [
            json!({"code": "code 1", "code_verifier": VERIFIER, "redirect_uri": "https://a.example/back?x=y"}),
            json!({"code": "code 1", "codeVerifier": VERIFIER, "redirectUri": "https://a.example/back?x=y",
                "state": "s", "iss": "https://playoff.example"}),
        ] {
            assert_eq!(exchange(body), Ok(expected.clone()));
        }
        let without = exchange(json!({"code": "c", "redirect_uri": "https://b.example"})).unwrap();
        assert_eq!(without.code_verifier, None);
    }

    #[test]
    fn refuses_bodies_that_say_something_else() {
        let good = json!({"code": "c", "redirect_uri": "https://a.example/"});
        assert!(exchange(good.clone()).is_ok());
        for (name, value) in [
            ("code", json!("")),
            ("code", json!(7)),
            ("code", json!("a\r\nb")),
            ("code", json!(null)),
            ("code_verifier", json!("too short")),
            ("code_verifier", json!("ä".repeat(50))),
            ("codeVerifier", json!({})),
            ("redirectUri", json!("https://a.example/")),
            ("state", json!(7)),
            ("client_id", json!("other")),
            ("client_secret", json!("x")),
            ("grant_type", json!("password")),
            ("__proto__", json!("x")),
        ] {
            let mut body = good.clone();
            body[name] = value;
            assert_eq!(exchange(body), Err(WRONG_MEMBERS), "{name}");
        }
        for name in ["code", "redirect_uri"] {
            let mut body = good.clone();
            body.as_object_mut().unwrap().remove(name);
            assert_eq!(exchange(body), Err(WRONG_MEMBERS), "{name}");
        }
        let deep = "[".repeat(10_000);
        for text in ["", "{", "[]", "null", "7", "\"x\"", "{}{}", &deep] {
            assert_eq!(exchange_text(text), Err(NO_OBJECT), "{text:.10}");
        }
        assert_eq!(read_refresh(b"{\"a\": \"\xff\"}"), Err(UNREADABLE));
    }

    #[test]
    fn sends_codes_home_alone() {
        for (uri, home) in [
            ("https://a.example", true),
            ("https://a.example/", true),
            ("https://a.example?x", true),
            ("https://b.example/back", true),
            ("https://c.example/", false),
            ("https://a.example.evil/", false),
            ("https://a.example@evil/", false),
            ("https://evil/https://a.example/", false),
            ("https://a.example:444/", false),
            ("https://A.example/", false),
            ("http://a.example/", false),
            ("https://a.example/#x", false),
            ("https://a.example\\@evil/", false),
            ("https://a.example/\n", false),
            ("https://a.example/ä", false),
            ("/back", false),
            ("//a.example/", false),
            ("null", false),
            ("null://", false),
            ("", false),
        ] {
            let read = exchange(json!({"code": "c", "redirect_uri": uri}));
            assert_eq!(read.is_ok(), home, "{uri}");
        }
    }

    #[test]
    fn reads_the_other_bodies() {
        assert_eq!(read_refresh(b" {} "), Ok(()));
        assert_eq!(read_refresh(b""), Ok(()));
        assert_eq!(read_logout(b""), Ok(None));
        for wrong in [&b"{\"refresh_token\": \"x\"}"[..], b" ", b"[]"] {
            assert!(read_refresh(wrong).is_err());
        }
        assert_eq!(read_logout(b"{}"), Ok(None));
        let token = Secret::new("t".into());
        assert_eq!(read_logout(b"{\"access_token\": \"t\"}"), Ok(Some(token)));
        for wrong in [
            &b"{\"access_token\": \"\"}"[..],
            b"{\"access_token\": \"a\\r\\nb\"}",
            b"{\"access_token\": 7}",
            b"{\"token\": \"t\"}",
        ] {
            assert_eq!(read_logout(wrong), Err(WRONG_MEMBERS));
        }
    }

    #[test]
    fn knows_json_by_its_name() {
        for (kind, json) in [
            (Some("application/json"), true),
            (Some("Application/JSON ; charset=utf-8"), true),
            (Some("text/plain"), false),
            (Some("application/jsonp"), false),
            (Some("text/plain, application/json"), false),
            (Some(""), false),
            (None, false),
        ] {
            assert_eq!(is_json(kind), json, "{kind:?}");
            for auth in [Auth::Exchange, Auth::Refresh, Auth::Logout] {
                assert_eq!(check_type(auth, kind, false).is_ok(), json, "{kind:?}");
            }
        }
        let untyped = [Auth::Refresh, Auth::Logout, Auth::Exchange];
        let taken = untyped.map(|auth| check_type(auth, None, true).is_ok());
        assert_eq!(taken, [true, true, false]);
        assert!(check_type(Auth::Logout, Some("text/plain"), true).is_err());
    }

    fn tokens(refresh: Option<&str>) -> Tokens {
        let record = Record {
            expires_in: Some(60.0),
            refresh_token: refresh.map(str::to_owned),
            scope: Some("x y".into()),
            ..Record::bare("access-1".into())
        };
        Tokens::of(&Token::<Json>::new(record, true, 100.0).unwrap())
    }

    #[test]
    fn the_refresh_token_is_in_the_cookie_alone() {
        let cookie = CookieRules::default().of("https://a.example", None);
        let (answer, lost) = tokens(Some("refresh-1")).answer(&cookie, 100.5);
        let body: Json = serde_json::from_str(answer.body.as_deref().unwrap()).unwrap();
        assert_eq!(
            body,
            json!({"access_token": "access-1", "token_type": "Bearer", "expires_in": 59, "scope": "x y"})
        );
        let kept = cookie.keep(&Secret::new("refresh-1".into())).unwrap();
        assert!(!lost && answer.headers.contains(&("set-cookie", kept)));

        let (answer, lost) = tokens(None).answer(&cookie, 200.0);
        assert!(!lost && answer.headers.iter().all(|(name, _)| *name != "set-cookie"));
        assert!(answer.body.unwrap().contains("\"expires_in\":0"));

        let (answer, lost) = tokens(Some("a\r\nb")).answer(&cookie, 100.0);
        assert!(lost && answer.headers.contains(&("set-cookie", cookie.clear())));
    }

    #[test]
    fn tells_what_the_service_says_as_far_as_a_page_is_concerned() {
        let said = |code: &str, status| {
            let mut error = Error::<()>::auth(code.to_owned(), "the secret is x");
            error.status = Some(status);
            error
        };
        let own = |code: &'static str, status| {
            let mut error = Error::<()>::auth(code, "");
            error.status = status;
            error
        };
        let network = Error::network(String::new(), ());
        for (error, exchange, refresh) in [
            (
                said("invalid_grant", 400),
                (400, "invalid_grant"),
                (401, "login_required"),
            ),
            (
                said("invalid_grant", 503),
                (400, "invalid_grant"),
                (401, "login_required"),
            ),
            (
                said("client_auth_fail", 401),
                (500, "server_error"),
                (500, "server_error"),
            ),
            (
                said("invalid_client", 401),
                (500, "server_error"),
                (500, "server_error"),
            ),
            (
                said("invalid_scope", 400),
                (400, "invalid_scope"),
                (400, "invalid_scope"),
            ),
            (
                said("[redacted]", 400),
                (502, "bad_answer"),
                (502, "bad_answer"),
            ),
            (
                said("x", 503),
                (503, "temporarily_unavailable"),
                (503, "temporarily_unavailable"),
            ),
            (
                own("token_request_failed", Some(404)),
                (502, "bad_answer"),
                (502, "bad_answer"),
            ),
            (
                own("token_request_failed", Some(302)),
                (502, "bad_answer"),
                (502, "bad_answer"),
            ),
            (
                own("invalid_token", None),
                (502, "bad_answer"),
                (502, "bad_answer"),
            ),
            (
                network,
                (503, "temporarily_unavailable"),
                (503, "temporarily_unavailable"),
            ),
        ] {
            for (refusal, expected) in [
                (no_exchange(&error), exchange),
                (no_refresh(&error), refresh),
            ] {
                assert_eq!((refusal.status, &*refusal.code), expected);
                assert!(!refusal.description.contains("secret"));
            }
        }
        assert!(is_logged(&MISCONFIGURED) && is_logged(&BAD_ANSWER));
        assert!(!is_logged(&WORTHLESS) && !is_logged(&LOGIN_REQUIRED));
    }
}
