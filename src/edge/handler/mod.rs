//! The drop-in handler's decisions; `bindings::handler` carries them out.

/// What a request asks for, as far as its head tells.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The method.
    pub method: &'a str,
    /// The path of its URL.
    pub path: &'a str,
    /// The origin of its URL.
    pub own_origin: &'a str,
    /// Its `Origin` header.
    pub origin: Option<&'a str>,
}

/// What is done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A player's token is minted, if somebody is signed in.
    PlayerToken,
    /// A browser asks whether it may.
    Preflight,
    /// Nothing.
    Refuse(Refusal),
}

/// A refusal as it is answered: `{error, error_description}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// `error`.
    pub code: &'static str,
    /// `error_description`.
    pub description: &'static str,
}

const PLAYER_TOKEN: &str = "/player-token";

/// Nobody is signed in.
pub const LOGIN_REQUIRED: Refusal = Refusal {
    status: 401,
    code: "login_required",
    description: "Nobody is signed in here",
};
/// Whoever could say who is asking can't.
pub const UNAVAILABLE: Refusal = Refusal {
    status: 503,
    code: "temporarily_unavailable",
    description: "Who is asking can't be told right now",
};
/// The handler's options don't hold.
pub const MISCONFIGURED: Refusal = Refusal {
    status: 500,
    code: "server_error",
    description: "This worker isn't set up right; its log says what is missing",
};
const NOT_FOUND: Refusal = Refusal {
    status: 404,
    code: "route_not_found",
    description: "There is nothing here",
};
const NOT_ALLOWED: Refusal = Refusal {
    status: 405,
    code: "method_not_allowed",
    description: "This takes POST",
};
const FOREIGN: Refusal = Refusal {
    status: 403,
    code: "origin_not_allowed",
    description: "Requests need an Origin header with this or an allowed origin",
};

/// Decides by the head of a request alone.
pub fn decide(asked: Asked, allow_origins: &[String]) -> Decision {
    if asked.path != PLAYER_TOKEN {
        return Decision::Refuse(NOT_FOUND);
    }
    let foreign = allowed_origin(asked, allow_origins).is_none();
    match asked.method {
        "POST" | "OPTIONS" if foreign => Decision::Refuse(FOREIGN),
        "POST" => Decision::PlayerToken,
        "OPTIONS" => Decision::Preflight,
        _ => Decision::Refuse(NOT_ALLOWED),
    }
}

/// The request's origin, if it may ask. `null` is nobody's origin.
pub fn allowed_origin<'a>(asked: Asked<'a>, allow_origins: &[String]) -> Option<&'a str> {
    asked.origin.filter(|origin| {
        *origin != "null"
            && (*origin == asked.own_origin
                || allow_origins.iter().any(|allowed| allowed == origin))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked<'a>(method: &'a str, path: &'a str, origin: Option<&'a str>) -> Decision {
        let asked = Asked {
            method,
            path,
            own_origin: "https://a.example",
            origin,
        };
        decide(asked, &["https://b.example".into(), "null".into()])
    }

    #[test]
    fn mints_for_its_own_pages_and_allowed_ones() {
        for origin in ["https://a.example", "https://b.example"] {
            let decision = asked("POST", "/player-token", Some(origin));
            assert_eq!(decision, Decision::PlayerToken);
            let decision = asked("OPTIONS", "/player-token", Some(origin));
            assert_eq!(decision, Decision::Preflight);
        }
    }

    #[test]
    fn refuses_everybody_else() {
        for origin in [
            None,
            Some("null"),
            Some("http://a.example"),
            Some("https://a.example.evil"),
            Some("https://a.example:444"),
            Some(""),
        ] {
            let decision = asked("POST", "/player-token", origin);
            assert_eq!(decision, Decision::Refuse(FOREIGN), "{origin:?}");
        }
        let own = Some("https://a.example");
        for method in ["GET", "PUT", "DELETE", "post", ""] {
            assert_eq!(
                asked(method, "/player-token", own),
                Decision::Refuse(NOT_ALLOWED)
            );
        }
        for path in ["/", "/player-token/", "/Player-Token", "//player-token", ""] {
            assert_eq!(
                asked("POST", path, own),
                Decision::Refuse(NOT_FOUND),
                "{path}"
            );
        }
    }
}
