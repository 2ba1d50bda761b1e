//! The drop-in handler's decisions; `bindings::handler` carries them out. Nothing here waits.
//!
//! | file | what is decided there |
//! |---|---|
//! | here | which endpoint a request is for, and whether its page may ask |
//! | `answer` | what every answer says beside its body |
//! | `origin` | whose pages may ask |
//! | `cookie` | the cookie that holds the refresh token |
//! | `auth` | the bodies of `/auth/*`, and what the service's answers mean for a page |
//! | `proxy` | what of `/api/*` is passed on to the service |
//! | `served` | what of the service's answer is handed out |
//! | `spent` | what a refresh token brought that is asked for twice |

pub mod answer;
pub mod auth;
pub mod cookie;
pub mod known;
pub mod origin;
pub mod proxy;
pub mod served;
pub mod spent;

use std::borrow::Cow;

use crate::core::settings::Settings;
use cookie::CookieRules;
use proxy::{Proxied, Proxy};

/// Bytes that a body may have, unless it is one for the service.
pub const BODY_LIMIT: usize = 16 * 1024;

/// What the handler was told, as far as decisions need it.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Origins beside its own whose pages may ask.
    pub allow_origins: Vec<String>,
    /// How refresh tokens are kept.
    pub cookie: CookieRules,
    /// What is passed on to the service.
    pub proxy: Option<Proxy>,
}

/// What a request asks for, as far as its head tells.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The method.
    pub method: &'a str,
    /// The path of its URL.
    pub path: &'a str,
    /// The query of its URL, with or without its `?`.
    pub query: &'a str,
    /// The origin of its URL.
    pub own_origin: &'a str,
    /// Its `Origin` header.
    pub origin: Option<&'a str>,
    /// Its `Sec-Fetch-Site` header.
    pub sec_fetch_site: Option<&'a str>,
}

/// What is done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A player's token is minted, if somebody is signed in.
    PlayerToken,
    /// One of `/auth/*`.
    Auth(Auth),
    /// The service is asked.
    Proxy(Proxied),
    /// A browser asks whether it may use these methods.
    Preflight(String),
    /// Nothing: there are these methods only.
    NotAllowed(String),
    /// Nothing.
    Refuse(Refusal),
}

/// What is done with a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// It begins: a code is given for tokens.
    Exchange,
    /// It goes on: another access token.
    Refresh,
    /// It ends.
    Logout,
}

/// A refusal as it is answered: `{error, error_description}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// `error`.
    pub code: Cow<'static, str>,
    /// `error_description`.
    pub description: &'static str,
}

impl Refusal {
    /// One that is always the same.
    pub const fn new(status: u16, code: &'static str, description: &'static str) -> Self {
        Self {
            status,
            code: Cow::Borrowed(code),
            description,
        }
    }
}

/// Nobody is signed in.
pub const LOGIN_REQUIRED: Refusal = Refusal::new(401, "login_required", "Nobody is signed in here");
/// Whoever could say who is asking can't.
pub const UNAVAILABLE: Refusal = Refusal::new(
    503,
    "temporarily_unavailable",
    "Who is asking can't be told right now",
);
/// The service doesn't know the player, and can't be told.
pub const NO_PLAYER: Refusal = Refusal::new(
    503,
    "temporarily_unavailable",
    "The player can't be made known to the service right now",
);
/// The handler's options don't hold.
pub const MISCONFIGURED: Refusal = Refusal::new(
    500,
    "server_error",
    "This worker isn't set up right; its log says what is missing",
);
/// The body is larger than it may be.
pub const TOO_LARGE: Refusal = Refusal::new(413, "body_too_large", "The body is too large");
/// The request's body broke off, or its headers hold what none can.
pub const UNREADABLE: Refusal = Refusal::new(400, "invalid_request", "The request can't be read");
const NOT_FOUND: Refusal = Refusal::new(404, "route_not_found", "There is nothing here");
const FOREIGN: Refusal = Refusal::new(
    403,
    "origin_not_allowed",
    "Requests need an Origin header with this or an allowed origin",
);

/// Whether a `Content-Length` is more than a body may have. Who says nothing, or nonsense, is
/// counted.
pub fn is_too_large(content_length: Option<&str>, limit: usize) -> bool {
    let length = content_length.unwrap_or_default();
    let is_number = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    is_number
        && length
            .parse()
            .is_ok_and(|length: u128| length > limit as u128)
}

/// Decides by the head of a request alone.
pub fn decide(asked: &Asked, rules: &Rules, service: &Settings) -> Decision {
    let found = match asked.path {
        "/player-token" => Ok(Decision::PlayerToken),
        "/auth/exchange" => Ok(Decision::Auth(Auth::Exchange)),
        "/auth/refresh" => Ok(Decision::Auth(Auth::Refresh)),
        "/auth/logout" => Ok(Decision::Auth(Auth::Logout)),
        path => match (&rules.proxy, path.strip_prefix("/api")) {
            (Some(proxy), Some(path)) if path.starts_with('/') => {
                return decide_proxied(asked, rules, proxy, service, path);
            }
            _ => Err(NOT_FOUND),
        },
    };
    let may_ask = origin::may_ask(asked, &rules.allow_origins);
    match (found, asked.method) {
        (Err(refusal), _) => Decision::Refuse(refusal),
        (Ok(_), "POST" | "OPTIONS") if !may_ask => Decision::Refuse(FOREIGN),
        (Ok(decision), "POST") => decision,
        (Ok(_), "OPTIONS") => Decision::Preflight("POST".to_owned()),
        (Ok(_), _) => Decision::NotAllowed("POST".to_owned()),
    }
}

fn decide_proxied(
    asked: &Asked,
    rules: &Rules,
    proxy: &Proxy,
    service: &Settings,
    path: &str,
) -> Decision {
    let route = match proxy::route(path, service) {
        Ok(route) => route,
        Err(refusal) => return Decision::Refuse(refusal),
    };
    let methods = proxy.methods(&route);
    if methods.is_empty() {
        return Decision::Refuse(NOT_FOUND);
    }
    let method = methods.iter().find(|known| known.as_str() == asked.method);
    let is_preflight = asked.method == "OPTIONS";
    if method.is_none() && !is_preflight {
        return Decision::NotAllowed(proxy::names(&methods));
    }
    if !origin::may_ask(asked, &rules.allow_origins) {
        return Decision::Refuse(FOREIGN);
    }
    let Some(method) = method else {
        return Decision::Preflight(proxy::names(&methods));
    };
    match proxy::query(asked.query, &service.provider) {
        Ok(query) => Decision::Proxy(Proxied {
            method: *method,
            route,
            query,
        }),
        Err(refusal) => Decision::Refuse(refusal),
    }
}

/// A request for tests: of a page of that origin, with that `Sec-Fetch-Site`.
#[cfg(test)]
fn asked<'a>(method: &'a str, origin: Option<&'a str>, site: Option<&'a str>) -> Asked<'a> {
    Asked {
        method,
        path: "/api/x",
        query: "",
        own_origin: "https://a.example",
        origin,
        sec_fetch_site: site,
    }
}

#[cfg(test)]
mod tests {
    use super::proxy::Allowed;
    use super::*;
    use crate::core::settings::Options;

    const OWN: Option<&str> = Some("https://a.example");

    fn decided(method: &str, path: &str, origin: Option<&str>) -> Decision {
        let service = Settings::new::<()>(Options::default()).unwrap();
        let allow = [("GET", "/runtime/*"), ("POST", "/runtime/x")];
        let allow =
            allow.map(|(method, route)| Allowed::new::<()>(method, route, &service).unwrap());
        let rules = Rules {
            allow_origins: vec!["https://b.example".into(), "null".into()],
            proxy: Some(Proxy::new::<()>(allow.into(), None, false).unwrap()),
            ..Rules::default()
        };
        let asked = Asked {
            method,
            path,
            query: "?a=b",
            own_origin: "https://a.example",
            origin,
            sec_fetch_site: Some("same-origin"),
        };
        decide(&asked, &rules, &service)
    }

    const ENDPOINTS: [(&str, Decision); 4] = [
        ("/player-token", Decision::PlayerToken),
        ("/auth/exchange", Decision::Auth(Auth::Exchange)),
        ("/auth/refresh", Decision::Auth(Auth::Refresh)),
        ("/auth/logout", Decision::Auth(Auth::Logout)),
    ];

    #[test]
    fn answers_its_own_pages_and_allowed_ones() {
        for (path, decision) in ENDPOINTS {
            for origin in [OWN, Some("https://b.example")] {
                assert_eq!(decided("POST", path, origin), decision);
                let preflight = Decision::Preflight("POST".into());
                assert_eq!(decided("OPTIONS", path, origin), preflight);
            }
        }
    }

    #[test]
    fn refuses_everybody_else() {
        for (path, _) in ENDPOINTS {
            for origin in [None, Some("null"), Some("https://evil.example"), Some("")] {
                for method in ["POST", "OPTIONS"] {
                    let decision = decided(method, path, origin);
                    assert_eq!(decision, Decision::Refuse(FOREIGN), "{origin:?}");
                }
            }
            for method in ["GET", "HEAD", "PUT", "DELETE", "post", ""] {
                let decision = decided(method, path, OWN);
                assert_eq!(decision, Decision::NotAllowed("POST".into()));
            }
        }
    }

    #[test]
    fn knows_no_other_paths() {
        for path in [
            "",
            "/",
            "/player-token/",
            "/Player-Token",
            "//player-token",
            "/auth",
            "/auth/nothing",
            "/api",
            "/api/",
            "/apix",
            "/api/admin/players",
            "/api/player-token",
        ] {
            for method in ["GET", "POST", "OPTIONS"] {
                let decision = decided(method, path, OWN);
                assert_eq!(decision, Decision::Refuse(NOT_FOUND), "{path}");
            }
        }
    }

    #[test]
    fn passes_on_what_is_listed() {
        for (method, path, methods) in [
            ("GET", "/api/runtime/player", "GET, HEAD"),
            ("HEAD", "/api/v2/runtime/player", "GET, HEAD"),
            ("POST", "/api/runtime/x", "GET, HEAD, POST"),
        ] {
            let Decision::Proxy(proxied) = decided(method, path, OWN) else {
                panic!("{method} {path} is passed on");
            };
            assert_eq!(proxied.method.as_str(), method);
            assert!(proxied.route.as_str().starts_with("/runtime/"));
            let preflight = Decision::Preflight(methods.into());
            assert_eq!(decided("OPTIONS", path, OWN), preflight);
            let not_allowed = Decision::NotAllowed(methods.into());
            assert_eq!(decided("DELETE", path, OWN), not_allowed);
            let foreign = decided(method, path, Some("https://evil.example"));
            assert_eq!(foreign, Decision::Refuse(FOREIGN));
        }
        let of_the_same_origin = decided("GET", "/api/runtime/player", None);
        assert!(matches!(of_the_same_origin, Decision::Proxy(_)));
        let without = decided("POST", "/api/runtime/x", None);
        assert_eq!(without, Decision::Refuse(FOREIGN));
        for path in ["/api//evil.example/x", "/api/runtime/..%2fadmin"] {
            let Decision::Refuse(refusal) = decided("GET", path, OWN) else {
                panic!("{path} is refused");
            };
            assert_eq!((refusal.status, &*refusal.code), (400, "invalid_route"));
        }
    }

    #[test]
    fn believes_who_says_that_it_is_too_much() {
        for (length, too_large) in [
            (None, false),
            (Some("0"), false),
            (Some("16384"), false),
            (Some("16385"), true),
            (Some("99999999999999999999"), true),
            (Some("-1"), false),
            (Some("1e9"), false),
            (Some(""), false),
        ] {
            assert_eq!(is_too_large(length, BODY_LIMIT), too_large, "{length:?}");
        }
    }

    #[test]
    fn without_the_option_there_is_no_proxy() {
        let service = Settings::new::<()>(Options::default()).unwrap();
        let asked = Asked {
            method: "GET",
            path: "/api/runtime/player",
            query: "",
            own_origin: "https://a.example",
            origin: OWN,
            sec_fetch_site: None,
        };
        let decision = decide(&asked, &Rules::default(), &service);
        assert_eq!(decision, Decision::Refuse(NOT_FOUND));
    }
}
