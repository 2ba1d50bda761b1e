//! The authorization endpoint: RFC 6749 section 4.1, RFC 7636 section 4.3, RFC 9207.

use super::OAuth;
use super::clients::{Client, ClientType, Right};
use super::codes::SignIn;
use super::pkce;
use super::redirects::with_parameters;
use crate::codes::Code;
use crate::http::Query;
use crate::ids::Entropy;

/// What a client asks of a player.
#[derive(Debug)]
pub struct Authorization {
    /// The client.
    pub client: String,
    /// Where the answer goes.
    pub back: Back,
    /// The PKCE challenge.
    pub challenge: Option<String>,
    /// What the tokens are to be used for.
    pub rights: Vec<Right>,
}

/// Where the answer goes.
#[derive(Clone, Debug)]
pub struct Back {
    /// One of the client's own addresses.
    pub redirect_uri: String,
    /// What the client wants to see again.
    pub state: Option<String>,
}

/// Why nobody is asked.
#[derive(Debug)]
pub enum Refusal {
    /// It isn't certain that the address is the client's: the person at the browser is told.
    Here(&'static str),
    /// The client is told.
    Back(Back, Code, &'static str),
}

/// Those of the specifications. Others are ignored, as RFC 6749 section 3.1 wants it.
const PARAMETERS: [&str; 7] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "state",
    "scope",
    "code_challenge",
    "code_challenge_method",
];

impl OAuth {
    /// Judges an authorization request.
    pub fn authorization(&self, query: &Query) -> Result<Authorization, Refusal> {
        let (client, back) = self.whom(query)?;
        match judge(client, query) {
            Ok((challenge, rights)) => Ok(Authorization {
                client: client.id.clone(),
                back,
                challenge: challenge.map(str::to_owned),
                rights,
            }),
            Err((code, why)) => Err(Refusal::Back(back, code, why)),
        }
    }

    /// The client, and where it may be told anything.
    fn whom(&self, query: &Query) -> Result<(&Client, Back), Refusal> {
        let single = |name, why| match query.is_repeated(name) {
            false => query.filled(name).ok_or(Refusal::Here(why)),
            true => Err(Refusal::Here(why)),
        };
        let id = single("client_id", "The request doesn't name one client_id.")?;
        let client = self
            .clients
            .get(id)
            .ok_or(Refusal::Here("No client has this client_id."))?;
        let uri = single("redirect_uri", "The request doesn't name one redirect_uri.")?;
        // RFC 9700 section 4.1.3: compared as text, nothing less.
        if !client.redirect_uris.iter().any(|u| u == uri) {
            return Err(Refusal::Here(
                "The redirect_uri isn't one of those registered for this client.",
            ));
        }
        let state = query
            .filled("state")
            .filter(|_| !query.is_repeated("state"));
        let back = Back {
            redirect_uri: uri.to_owned(),
            state: state.map(str::to_owned),
        };
        Ok((client, back))
    }

    /// The player allows it: the address that takes the code back.
    pub fn allow(
        &mut self,
        authorization: Authorization,
        player: &str,
        now: i64,
        entropy: &mut Entropy,
    ) -> String {
        let Authorization {
            client,
            back,
            challenge,
            rights,
        } = authorization;
        let sign_in = SignIn {
            client,
            player: player.to_owned(),
            redirect_uri: back.redirect_uri.clone(),
            challenge,
            rights,
        };
        let code = self.issue_code(sign_in, now, entropy);
        self.take_back(&back, &[("code", &code)])
    }

    /// The address that takes an error back.
    pub fn deny(&self, back: &Back, code: Code, why: &str) -> String {
        let error = [("error", code.name()), ("error_description", why)];
        self.take_back(back, &error)
    }

    fn take_back(&self, back: &Back, answer: &[(&str, &str)]) -> String {
        let mut parameters = answer.to_vec();
        let state = back.state.as_deref().filter(|_| self.settings.echo_state);
        parameters.extend(state.map(|state| ("state", state)));
        parameters.extend(self.settings.issuer.as_deref().map(|iss| ("iss", iss)));
        with_parameters(&back.redirect_uri, &parameters)
    }
}

type Judged<T> = Result<T, (Code, &'static str)>;

/// What the client itself is told of. The texts hold only what RFC 6749 section 4.1.2.1 lets them.
fn judge<'a>(client: &Client, query: &'a Query) -> Judged<(Option<&'a str>, Vec<Right>)> {
    if PARAMETERS.iter().any(|name| query.is_repeated(name)) {
        return Err((Code::InvalidRequest, "A parameter comes more than once"));
    }
    match query.filled("response_type") {
        Some("code") => {}
        None => return Err((Code::InvalidRequest, "response_type is required")),
        Some(_) => {
            return Err((
                Code::UnsupportedResponseType,
                "The only response_type is code",
            ));
        }
    }
    if !client.kind.takes_codes() {
        return Err((
            Code::UnauthorizedClient,
            "The client may not sign players in",
        ));
    }
    let challenge = challenge(query)?;
    if client.kind == ClientType::Public && challenge.is_none() {
        return Err((
            Code::InvalidRequest,
            "A public client must send a code_challenge",
        ));
    }
    Ok((challenge, rights(client, query)?))
}

fn challenge(query: &Query) -> Judged<Option<&str>> {
    let method = query.filled("code_challenge_method");
    let challenge = query.filled("code_challenge");
    match (challenge, method) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err((
            Code::InvalidRequest,
            "code_challenge_method comes without a code_challenge",
        )),
        (Some(challenge), Some("S256")) if pkce::well_formed(challenge) => Ok(Some(challenge)),
        (Some(_), Some("S256")) => Err((
            Code::InvalidRequest,
            "code_challenge must be 43 to 128 unreserved characters",
        )),
        // Without a method it would be plain: RFC 7636 section 4.3.
        (Some(_), _) => Err((Code::InvalidRequest, "code_challenge_method must be S256")),
    }
}

/// No scope: all that the client may do for a player.
fn rights(client: &Client, query: &Query) -> Judged<Vec<Right>> {
    let granted = client.player_rights();
    let Some(scope) = query.filled("scope") else {
        return Ok(granted);
    };
    scope
        .split(' ')
        .map(|s| Right::of_scope(s).filter(|r| granted.contains(r)))
        .collect::<Option<_>>()
        .ok_or((
            Code::InvalidScope,
            "The scope holds what this client can't have",
        ))
}
