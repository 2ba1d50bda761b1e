//! Ending tokens, and issuing codes.

use serde_json::{Map, Value, json};

use super::{Done, only};
use crate::codes::Envelope;
use crate::fields::{needed, text};
use crate::http::Answer;
use crate::oauth::clients::ClientType;
use crate::oauth::codes::SignIn;
use crate::oauth::jwt::Ended;
use crate::oauth::pkce;
use crate::oauth::tokens::{Filter, Scope, Tokens};
use crate::sandbox::{Call, Sandbox};
use crate::service::Service;

/// How tokens are ended.
#[derive(Clone, Copy, PartialEq)]
pub enum How {
    /// As if their time were over; refresh tokens go on.
    Expire,
    /// Taken back, together with their refresh tokens.
    Revoke,
}

/// Ends the tokens that the body describes, JWTs included.
///
/// JWTs know their time in whole seconds. One that is minted right afterwards
/// would have the same `iat` as those just ended, often even the same text; so
/// the answer is held back until the next second, and whatever is minted after
/// it counts.
pub fn end(
    sandbox: &mut Sandbox,
    body: &Map<String, Value>,
    call: &Call,
    how: How,
) -> Result<Done, Envelope> {
    only(body, &["service", "access_token", "client_id", "player_id"])?;
    let filter = Filter {
        text: text(body, "access_token")?.map(str::to_owned),
        client: text(body, "client_id")?.map(str::to_owned),
        player: text(body, "player_id")?.map(str::to_owned),
    };
    let mut delay_ms = 0;
    let count = match service(body)? {
        Service::Playoff => {
            if end_jwts(&mut sandbox.oauth.ended, &filter, call.world, how) {
                delay_ms = (1_000 - call.world.rem_euclid(1_000)).unsigned_abs();
            }
            how.end(&mut sandbox.oauth.tokens, &filter, call.now)
        }
        Service::Kumite => how.end(&mut sandbox.kumite.tokens, &filter, call.now),
        Service::Toornament => how.end(&mut sandbox.toornament.tokens, &filter, call.now),
    };
    Ok(Done {
        answer: Answer::json(&json!({ "tokens": count })),
        delay_ms,
    })
}

/// The service that is meant: Playoff, unless another one is named.
fn service(body: &Map<String, Value>) -> Result<Service, Envelope> {
    let name = text(body, "service")?.unwrap_or("playoff");
    Service::named(name)
        .ok_or_else(|| Envelope::validation("service", "must be playoff, kumite or toornament"))
}

impl How {
    fn end<S: Scope>(self, tokens: &mut Tokens<S>, filter: &Filter, now: i64) -> usize {
        match self {
            How::Expire => tokens.expire(filter, now),
            How::Revoke => tokens.revoke(filter),
        }
    }
}

/// Ends the JWTs that are meant, if any are.
fn end_jwts(ended: &mut Ended, filter: &Filter, world: i64, how: How) -> bool {
    match filter.text.as_deref() {
        Some(jwt) if jwt.contains(':') => ended.end_text(jwt),
        Some(_) => return false,
        None => {
            let why = match how {
                How::Expire => "The JWT has expired",
                How::Revoke => "The JWT has been revoked",
            };
            let (client, player) = (filter.client.as_deref(), filter.player.as_deref());
            ended.end_issued(client, player, world.div_euclid(1_000), why);
        }
    }
    true
}

/// Issues an authorization code, as if the player had just signed in.
pub fn code(
    sandbox: &mut Sandbox,
    body: &Map<String, Value>,
    call: &mut Call,
) -> Result<Value, Envelope> {
    only(
        body,
        &[
            "client_id",
            "player_id",
            "redirect_uri",
            "code_challenge",
            "code_challenge_method",
        ],
    )?;
    let id = needed(body, "client_id")?;
    let redirect_uri = needed(body, "redirect_uri")?;
    let player = needed(body, "player_id")?;
    let challenge = challenge(body)?;
    sandbox.game.player(player)?;
    let client = sandbox
        .oauth
        .clients
        .get(id)
        .filter(|c| c.kind.takes_codes())
        .ok_or_else(|| Envelope::validation("client_id", "is not a client that takes codes"))?;
    if !client.redirect_uris.iter().any(|u| u == redirect_uri) {
        return Err(Envelope::validation(
            "redirect_uri",
            "is not registered for this client",
        ));
    }
    if client.kind == ClientType::Public && challenge.is_none() {
        return Err(Envelope::validation(
            "code_challenge",
            "is required for a public client",
        ));
    }
    let sign_in = SignIn {
        client: id.to_owned(),
        player: player.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        challenge: challenge.map(str::to_owned),
        rights: client.player_rights(),
    };
    let code = sandbox
        .oauth
        .issue_code(sign_in, call.now, &mut call.entropy);
    Ok(json!({ "code": code }))
}

fn challenge(body: &Map<String, Value>) -> Result<Option<&str>, Envelope> {
    let challenge = text(body, "code_challenge")?;
    let method = text(body, "code_challenge_method")?;
    match (challenge, method) {
        (None, None) => Ok(None),
        (Some(challenge), None | Some("S256")) if pkce::well_formed(challenge) => {
            Ok(Some(challenge))
        }
        (Some(_), None | Some("S256")) => Err(Envelope::validation(
            "code_challenge",
            "must be 43 to 128 unreserved characters",
        )),
        _ => Err(Envelope::validation(
            "code_challenge_method",
            "must be S256, with a code_challenge",
        )),
    }
}
