//! What a page of another origin may do.

use crate::http::{Answer, Request};
use crate::routes::sign_in;
use crate::service::Service;

/// How preflights are answered.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cors {
    /// Whether the `Authorization` header is allowed. Nobody has recorded a
    /// preflight of the real service, and every browser client seen sends the
    /// token in the query: so it isn't, unless a test says otherwise.
    pub allow_authorization: bool,
}

impl Cors {
    /// The answer to a preflight, if this is one.
    pub fn preflight(self, request: &Request) -> Option<Answer> {
        let preflight = request.method == "OPTIONS"
            && request.header("access-control-request-method").is_some();
        preflight.then(|| self.allow(self.allowed_headers(request)))
    }

    /// The answer to any other OPTIONS.
    pub fn options(self) -> Answer {
        Answer::empty(204).with_header("allow", METHODS)
    }

    fn allow(self, headers: &str) -> Answer {
        Answer::empty(204)
            .with_header("access-control-allow-methods", METHODS)
            .with_header("access-control-allow-headers", headers)
    }

    fn allowed_headers(self, request: &Request) -> &'static str {
        if request.path.starts_with("/control") {
            "*"
        } else if self.allow_authorization {
            "Content-Type, Authorization"
        } else {
            "Content-Type"
        }
    }
}

const METHODS: &str = "GET, HEAD, POST, PATCH, PUT, DELETE";

/// Opens an answer to every origin, unless it is a page of the sign-in: no script
/// has any business there (RFC 9700 section 2.6). No header is exposed beyond
/// those that the Fetch standard exposes by itself. Kumite opens nothing, and
/// Toornament has settings for it.
pub fn open(request: &Request, answer: &mut Answer) {
    let open = match Service::of(&request.path) {
        Service::Playoff => !sign_in::is_page(request),
        Service::Kumite | Service::Toornament => false,
    };
    if open && answer.header("access-control-allow-origin").is_none() {
        answer.set_header("access-control-allow-origin", "*");
    }
}
