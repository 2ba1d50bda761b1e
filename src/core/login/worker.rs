//! Asking the page's own worker, which knows the client's secret, and the player by a cookie that no
//! script sees.

use super::Exchange;
use crate::core::client::Client;
use crate::core::deadline::{Limit, within};
use crate::core::error::{Error, code};
use crate::core::grant::{self, Code, Giver};
use crate::core::host::{Answer, Host};
use crate::core::provider::Place;
use crate::core::request::Request;
use crate::core::session::Renewed;
use crate::core::text::{concat, join, number, split};
use crate::core::token::Token;

/// The request that gives a code for a token.
pub fn exchange<V>(path: &str, code: &Code) -> Request<V> {
    request(
        path.to_owned(),
        &[
            ("code", code.code.expose()),
            ("code_verifier", code.verifier.expose()),
            ("redirect_uri", &code.redirect_uri),
        ],
    )
}

/// A request to the page's own origin.
fn request<V>(url: String, members: &[(&str, &str)]) -> Request<V> {
    grant::json_request(url, Place::Page, members)
}

/// The path beside another one.
fn beside(path: &str, name: &str) -> String {
    let mut parts = split(path, "/");
    parts.pop();
    parts.push(name);
    join(&parts, "/")
}

/// Gives the worker's cookie for another token. As with any refresh token, it is never sent again by
/// itself.
///
/// # Errors
/// What the worker refused, and what the network did.
pub async fn refresh<H: Host>(host: &H, worker: &str) -> Renewed<H::Value> {
    let request = request(beside(worker, "refresh"), &[]);
    grant::ask(host, Giver::OURS, &request).await
}

impl<H: Host> Client<H> {
    /// The worker's path that takes codes, where a worker has the client's secret.
    pub fn worker(&self) -> Option<&str> {
        match &self.settings.login.as_ref()?.exchange {
            Exchange::Worker(path) => Some(path),
            Exchange::Page | Exchange::Function => None,
        }
    }

    /// Lets the worker forget the player, and the service the token at hand.
    ///
    /// # Errors
    /// `sign_out_failed`.
    pub async fn tell_worker(
        &self,
        worker: &str,
        token: Option<Token<H::Value>>,
    ) -> Result<(), Error<H::Value>> {
        let path = beside(worker, "logout");
        let request = match &token {
            Some(token) => request(path, &[("access_token", token.secret.expose())]),
            None => request(path, &[]),
        };
        let limit = Limit {
            what: "the sign-out",
            option: "timeout",
            milliseconds: self.settings.timeout,
        };
        let work = async {
            match self.host.send(&request).await {
                Ok(answer) => match answer.status() {
                    200..300 => Ok(()),
                    status => Err(not_told(&concat(&["answered ", &number(status.into())]))),
                },
                Err(cause) => Err(not_told("wasn't reached").caused_by(cause)),
            }
        };
        within(&self.host, limit, work).await
    }
}

fn not_told<V>(what: &str) -> Error<V> {
    Error::auth(
        code::SIGN_OUT_FAILED,
        concat(&[
            "the worker ",
            what,
            ": its cookie may still sign the player in",
        ]),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_beside() {
        assert_eq!(beside("/auth/exchange", "refresh"), "/auth/refresh");
        assert_eq!(beside("/exchange", "logout"), "/logout");
        assert_eq!(beside("/a/", "logout"), "/a/logout");
    }
}
