//! `/control`: how tests and the demo turn the sandbox's knobs.

mod activity;
mod clients;
mod crowd;
mod kumite;
mod notifications;
mod processes;
mod seed;
mod settings;
mod stream;
mod teams;
mod tokens;
mod toornament;

use serde_json::{Map, Value, json};

use crate::codes::{Code, Envelope};
use crate::fields::needed;
use crate::http::{Answer, Request};
use crate::sandbox::{Call, Sandbox};
use crate::seed::{island, recorded};

/// What a control route gives back.
pub struct Done {
    /// The answer.
    pub answer: Answer,
    /// How long it is held back.
    pub delay_ms: u64,
}

impl From<Answer> for Done {
    fn from(answer: Answer) -> Self {
        Self {
            answer,
            delay_ms: 0,
        }
    }
}

/// The routes, as `GET /control` lists them.
const ROUTES: &[(&str, &str)] = &[
    ("GET /control", "this list"),
    (
        "POST /control/reset",
        "back to the seed; clears log, faults and tokens",
    ),
    (
        "POST /control/seed",
        "{players?: [{id, alias, email?, scores?}], clients?: [{clientId, clientSecret, type, \
         redirectUris?, scopes?}], teams?: [{id, name, definition?, access?, owner?, \
         members?: [{id, roles?}], scores?}], processes?: [{id, owner, definition?, name?, access?, \
         stage?}], activity?: [{player_id?, team_id?, public?, secondsAgo?, event}], callLimit?, \
         playerLimit?, accessTokenSeconds?, codeSeconds?, rotateRefreshTokens?, echoState?, \
         issuer?, allowAuthorization?}: adds or replaces; issuer (null: none) is sent as iss; \
         limits (null: none) are the plan's, calls count from now on",
    ),
    (
        "POST /control/game",
        "{design: island | recorded}: another game, from its start; recorded has the recorded values",
    ),
    (
        "POST /control/generate",
        "{count, prefix?, first?, scores?: {metric: {first, step?}}}: players by the thousand, \
         whom no feed tells of; their ids are the prefix (crowd_) and six digits",
    ),
    (
        "POST /control/remove",
        "{players?: [id], prefix?, count?}: removes those, and the first so many with that prefix",
    ),
    (
        "POST /control/notifications",
        "{player_id, event: {event, ...}, count?, interval?: milliseconds}: tells the player; with \
         a count as often, each with its sequence",
    ),
    (
        "GET /control/players/:id",
        "what GET /v2/runtime/player answers for that player",
    ),
    ("GET /control/clients", "the clients"),
    (
        "POST /control/clients/:id/redirect-uris",
        "{redirectUris}: adds them to that client",
    ),
    ("GET /control/tokens", "the access tokens that count now"),
    (
        "POST /control/expire",
        "{service?: playoff | kumite | toornament, access_token?, client_id?, player_id?}: these tokens of that \
         service (none given: all of Playoff's) have ended; Kumite's client_id is the account's id",
    ),
    (
        "POST /control/revoke",
        "the same, but revoked, refresh tokens too",
    ),
    (
        "POST /control/fail",
        "{count?, every?, status?, body?, headers?, delay?, drop?: connection | body, method?, \
         path?}: the next calls that match fail so (every: only each so manieth of them)",
    ),
    ("GET /control/fail", "how many calls are still to fail"),
    ("DELETE /control/fail", "drops what is left of that"),
    (
        "POST /control/code",
        "{client_id, player_id, redirect_uri, code_challenge?, code_challenge_method?}: \
         an authorization code",
    ),
    (
        "GET /control/log",
        "all calls but the control routes', oldest first, and what happened at the stream: \
         {n, time, what: opened | authenticated | refused | closed, connection, player_id, reason}",
    ),
    ("DELETE /control/log", "forgets them"),
    (
        "POST /control/clock",
        "{offset: seconds}: shifts the sandbox's clock",
    ),
    (
        "GET /control/stream",
        "the notification stream's settings, and who is connected",
    ),
    (
        "POST /control/stream",
        "{pingInterval?, pingTimeout?, authTimeout?: milliseconds}: for connections from now on",
    ),
    (
        "POST /control/stream/restart",
        "{refuse?: milliseconds, drop?}: ends all connections (drop: without a close frame), \
         then lets nobody in for a while",
    ),
    (
        "POST /control/stream/silence",
        "{ms?, newcomers?}: connections stay open, but nothing is sent, not even pongs; \
         newcomers: nor are new ones answered",
    ),
    (
        "POST /control/stream/drop",
        "{player_id?}: ends connections without a close frame",
    ),
    (
        "POST /control/stream/refuse",
        "{count?, reason?}: the next ones that say who they are get AUTH_FAILED",
    ),
    (
        "GET /control/kumite",
        "Kumite's settings, and how many contests there are and how many watch",
    ),
    (
        "POST /control/kumite",
        "{manner?: server | page, accessTokenSeconds?, opponent?: none | random | perfect, \
         opponentDelay?: milliseconds, opponentFirst?, keepOpen?, seed?}: manner is how tokens are \
         taken; opponentFirst: it joins at once and begins; keepOpen: there is always a contest \
         to join; ids, and what happens by chance, grow from the seed",
    ),
    (
        "GET /control/kumite/tokens",
        "its access tokens that count now",
    ),
    (
        "POST /control/kumite/refresh-token",
        "{playerIds?}: a new refresh token for those players, who are made if need be",
    ),
    (
        "POST /control/kumite/drop",
        "ends all connections of its WebSocket without a close frame",
    ),
    (
        "GET /control/toornament",
        "Toornament's settings, and how many there are of each resource",
    ),
    (
        "POST /control/toornament",
        "{accessTokenSeconds?, tokenType?, contentRange?, cors?, exposeContentRange?, emptyIs416?, \
         listStatus? (null: by resource)}: contentRange false: lists don't say their total",
    ),
    (
        "POST /control/toornament/seed",
        "{resource: total}: exactly so many rows, as in {matches: 129}; games are the first match's",
    ),
    (
        "GET /control/toornament/tokens",
        "its access tokens that count now",
    ),
    (
        "GET /control/toornament/webhooks",
        "the webhooks with their secrets",
    ),
    (
        "POST /control/toornament/deliver",
        "{url, secret, method?: POST | HEAD, event?, signature? (empty: none), count?}: sends an \
         event, or the question whether somebody receives there, to an address on loopback",
    ),
    (
        "GET /control/toornament/deliveries",
        "what was sent to receivers, and what they answered",
    ),
];

/// Whether the call is for a control route.
pub fn is_control(request: &Request) -> bool {
    request.path == "/control" || request.path.starts_with("/control/")
}

/// Answers a control call.
pub fn answer(sandbox: &mut Sandbox, call: &mut Call) -> Result<Done, Envelope> {
    let request = call.request;
    let segments = request.segments().ok_or(Code::RouteNotFound)?;
    let segments: Vec<&str> = segments.iter().skip(1).map(String::as_str).collect();
    let value = match (super::method(request), &segments[..]) {
        ("OPTIONS", _) => return Ok(sandbox.cors.options().into()),
        ("GET", []) => list(),
        ("POST", ["reset"]) => {
            sandbox.reset(call.world);
            json!({ "message": "Back to the seed" })
        }
        ("POST", ["seed"]) => seed::seed(sandbox, &request.json_object()?, call.now)?,
        ("POST", ["game"]) => game(sandbox, &request.json_object()?, call)?,
        ("POST", ["generate"]) => {
            crowd::generate(&mut sandbox.game, &request.json_object()?, call.now)?
        }
        ("POST", ["remove"]) => crowd::remove(&mut sandbox.game, &request.json_object()?)?,
        ("POST", ["notifications"]) => notifications::push(sandbox, &request.json_object()?, call)?,
        ("GET", ["players", id]) => sandbox.game.profile(id, false)?,
        ("GET", ["clients"]) => sandbox
            .oauth
            .clients
            .values()
            .map(|c| c.to_json())
            .collect(),
        ("POST", ["clients", id, "redirect-uris"]) => {
            clients::add_redirect_uris(sandbox, id, &request.json_object()?)?
        }
        ("GET", ["tokens"]) => sandbox.oauth.tokens.live(call.now).into(),
        ("POST", ["expire"]) => {
            return tokens::end(sandbox, &request.json_object()?, call, tokens::How::Expire);
        }
        ("POST", ["revoke"]) => {
            return tokens::end(sandbox, &request.json_object()?, call, tokens::How::Revoke);
        }
        ("GET", ["fail"]) => json!({ "left": sandbox.faults.left() }),
        ("POST", ["fail"]) => return fail(sandbox, &request.json_object()?),
        ("DELETE", ["fail"]) => {
            sandbox.faults.clear();
            json!({ "left": 0 })
        }
        ("POST", ["code"]) => tokens::code(sandbox, &request.json_object()?, call)?,
        ("GET", ["log"]) => sandbox.log.to_json(),
        ("DELETE", ["log"]) => {
            sandbox.log.clear();
            json!({ "message": "The log is empty" })
        }
        ("POST", ["clock"]) => clock(sandbox, &request.json_object()?)?,
        (method, ["kumite", route @ ..]) => {
            kumite::answer(sandbox, call, (method, route))?.ok_or(Code::RouteNotFound)?
        }
        (method, ["toornament", route @ ..]) => {
            toornament::answer(sandbox, call, (method, route))?.ok_or(Code::RouteNotFound)?
        }
        (method, ["stream", route @ ..]) => {
            stream::answer(sandbox, call, (method, route))?.ok_or(Code::RouteNotFound)?
        }
        _ => return Err(Code::RouteNotFound.into()),
    };
    Ok(Answer::json(&value).into())
}

fn list() -> Value {
    let entry = |(route, what): &(&str, &str)| json!({ "route": route, "what": what });
    json!({ "routes": ROUTES.iter().map(entry).collect::<Vec<_>>() })
}

/// Before a connection is to be dropped, idle ones are closed. The answer is
/// held back for a moment, so that clients have noticed when they go on.
fn fail(sandbox: &mut Sandbox, body: &Map<String, Value>) -> Result<Done, Envelope> {
    sandbox.faults.add(body)?;
    let left = sandbox.faults.left();
    Ok(Done {
        answer: Answer::json(&json!({ "left": left })),
        delay_ms: match sandbox.faults.will_drop_connection() {
            true => 50,
            false => 0,
        },
    })
}

/// Another game; clients and tokens stay.
fn game(sandbox: &mut Sandbox, body: &Map<String, Value>, call: &Call) -> Result<Value, Envelope> {
    only(body, &["design"])?;
    let design = needed(body, "design")?;
    sandbox.game = match design {
        "island" => island::game(call.now),
        "recorded" => recorded::game(),
        _ => {
            return Err(Envelope::validation("design", "must be island or recorded"));
        }
    };
    Ok(json!({ "design": design }))
}

fn clock(sandbox: &mut Sandbox, body: &Map<String, Value>) -> Result<Value, Envelope> {
    only(body, &["offset"])?;
    let seconds = body
        .get("offset")
        .and_then(Value::as_f64)
        .filter(|s| s.abs() <= 1e10)
        .ok_or_else(|| Envelope::validation("offset", "must be a number of seconds"))?;
    sandbox.clock_offset = (seconds * 1_000.0) as i64;
    Ok(json!({ "offset": seconds }))
}

/// Refuses fields that would do nothing: most often they are misspelt.
fn only(body: &Map<String, Value>, known: &[&str]) -> Result<(), Envelope> {
    match body.keys().find(|k| !known.contains(&k.as_str())) {
        None => Ok(()),
        Some(unknown) => Err(Envelope::validation(
            unknown,
            &format!("is unknown here; known are {}", known.join(", ")),
        )),
    }
}

/// A field that is a whole number within that range, if it is there.
fn whole(
    body: &Map<String, Value>,
    field: &str,
    range: std::ops::RangeInclusive<u64>,
) -> Result<Option<u64>, Envelope> {
    match body.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match value.as_u64().filter(|n| range.contains(n)) {
            Some(number) => Ok(Some(number)),
            None => {
                let text = format!("must be from {} to {}", range.start(), range.end());
                Err(Envelope::validation(field, &text))
            }
        },
    }
}
