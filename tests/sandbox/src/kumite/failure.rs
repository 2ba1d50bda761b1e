//! How calls fail.

use serde_json::json;

use crate::http::Answer;
use crate::oauth::tokens::Dead;
use crate::time::iso;

use super::settings::Manner;

/// Why a call fails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// 400: what Java calls an illegal argument.
    Argument(String),
    /// 500: everything else.
    Internal(String),
    /// 401: no token, or none of the scheme that counts.
    NoToken,
    /// 401: a token that doesn't count.
    DeadToken(Dead),
    /// 404: no route.
    NoRoute,
}

impl Failure {
    /// A wrong argument.
    pub fn argument(text: impl Into<String>) -> Self {
        Self::Argument(text.into())
    }

    /// Something else.
    pub fn internal(text: impl Into<String>) -> Self {
        Self::Internal(text.into())
    }

    /// The answer, to a call of that path.
    pub fn answer(&self, manner: Manner, path: &str, now: i64) -> Answer {
        match self {
            Failure::Argument(text) => message(400, text),
            Failure::Internal(text) => message(500, text),
            Failure::NoToken => challenge(&format!("{} realm=\"Kumite Realm\"", manner.scheme())),
            Failure::DeadToken(dead) => challenge(&format!(
                "{} error=\"invalid_token\", error_description=\"{}\", \
                 error_uri=\"https://tools.ietf.org/html/rfc6750#section-3.1\"",
                manner.scheme(),
                dead.text(),
            )),
            Failure::NoRoute => Answer::json_with(
                404,
                &json!({
                    "timestamp": iso(now),
                    "path": path,
                    "status": 404,
                    "error": "Not Found",
                    "requestId": "sandbox",
                }),
            ),
        }
    }
}

/// The one form that errors with a body have.
pub fn message(status: u16, text: &str) -> Answer {
    Answer::json_with(status, &json!({ "error_message": text }))
}

/// An empty 401.
fn challenge(value: &str) -> Answer {
    Answer::empty(401).with_header("www-authenticate", value)
}
