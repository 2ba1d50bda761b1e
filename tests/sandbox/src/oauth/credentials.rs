//! The credential of a call, and whom it makes the caller.

use super::OAuth;
use super::clients::Right;
use super::jwt;
use crate::codes::{Code, Envelope};
use crate::http::Request;

/// Who is calling.
#[derive(Debug)]
pub struct Caller {
    /// The client.
    pub client: String,
    /// The player that the token is bound to; none with client credentials.
    pub player: Option<String>,
    /// What the token may be used for.
    pub rights: Vec<Right>,
    /// The credential's text.
    pub token: String,
}

/// Where credentials may stand.
#[derive(Debug)]
enum Credential {
    Token(String),
    Jwt(String),
}

impl OAuth {
    /// Finds and checks the credential of a call. `now` is the sandbox's clock.
    pub fn caller(&self, request: &Request, now: i64) -> Result<Caller, Envelope> {
        match credential(request)? {
            Credential::Token(text) => {
                let grant = self
                    .tokens
                    .check(&text, now)
                    .map_err(|dead| Envelope::new(Code::InvalidAccessToken, dead.text()))?;
                Ok(Caller {
                    client: grant.client.clone(),
                    player: grant.player.clone(),
                    rights: grant.rights.clone(),
                    token: text,
                })
            }
            Credential::Jwt(text) => {
                let good = jwt::check(&text, &self.clients, &self.ended, now)
                    .map_err(|why| Envelope::new(Code::InvalidAccessToken, why))?;
                Ok(Caller {
                    client: good.client,
                    player: Some(good.player),
                    rights: good.rights,
                    token: text,
                })
            }
        }
    }
}

fn credential(request: &Request) -> Result<Credential, Envelope> {
    let query = request.query();
    let mut found = Vec::new();
    found.extend(bearer(request).map(Credential::Token));
    let in_query = |name| query.filled(name).map(str::to_owned);
    found.extend(in_query("access_token").map(Credential::Token));
    found.extend(in_query("jwt").map(Credential::Jwt));
    // RFC 6750 section 2: not more than one.
    if found.len() > 1 {
        return Err(Envelope::new(
            Code::InvalidRequest,
            "The call carries more than one credential",
        ));
    }
    found
        .pop()
        .ok_or_else(|| Envelope::new(Code::InvalidAccessToken, "The call carries no access token"))
}

/// The header is only known to work for OAuth tokens, not for JWTs.
fn bearer(request: &Request) -> Option<String> {
    let (scheme, token) = request.authorization()?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.to_owned())
}
