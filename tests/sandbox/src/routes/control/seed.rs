//! Adding and replacing players and clients.

use serde_json::{Map, Value, json};

use super::{needed, only, text};
use crate::codes::Envelope;
use crate::game::design::{Metric, Verb};
use crate::game::play::read_gain;
use crate::game::players::NewPlayer;
use crate::game::scores::Gain;
use crate::oauth::clients::{Client, ClientType, Right};
use crate::sandbox::Sandbox;

type Scores = Vec<(&'static Metric, Verb, Gain)>;

/// Reads the whole body first: either all of it is done, or nothing.
pub fn seed(sandbox: &mut Sandbox, body: &Map<String, Value>, now: i64) -> Result<Value, Envelope> {
    only(
        body,
        &[
            "players",
            "clients",
            "accessTokenSeconds",
            "allowAuthorization",
        ],
    )?;
    let players = list(body, "players", player)?;
    let clients = list(body, "clients", client)?;
    let seconds = match body.get("accessTokenSeconds") {
        None | Some(Value::Null) => None,
        Some(value) => Some(value.as_i64().filter(|n| *n >= 0).ok_or_else(|| {
            Envelope::validation("accessTokenSeconds", "must be a whole number, not negative")
        })?),
    };
    let authorization =
        match body.get("allowAuthorization") {
            None | Some(Value::Null) => None,
            Some(value) => Some(value.as_bool().ok_or_else(|| {
                Envelope::validation("allowAuthorization", "must be true or false")
            })?),
        };

    let counts = (players.len(), clients.len());
    for (new, scores) in players {
        replace_player(sandbox, new, &scores, now)?;
    }
    for client in clients {
        sandbox.oauth.clients.insert(client.id.clone(), client);
    }
    if let Some(seconds) = seconds {
        sandbox.oauth.access_seconds = seconds;
    }
    if let Some(allow) = authorization {
        sandbox.cors.allow_authorization = allow;
    }
    Ok(json!({ "players": counts.0, "clients": counts.1 }))
}

fn list<T>(
    body: &Map<String, Value>,
    field: &str,
    read: impl Fn(&Map<String, Value>) -> Result<T, Envelope>,
) -> Result<Vec<T>, Envelope> {
    match body.get(field) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(entries)) => entries
            .iter()
            .map(|entry| match entry {
                Value::Object(map) => read(map),
                _ => Err(Envelope::validation(field, "must hold objects")),
            })
            .collect(),
        Some(_) => Err(Envelope::validation(field, "must be an array")),
    }
}

fn player(entry: &Map<String, Value>) -> Result<(NewPlayer, Scores), Envelope> {
    only(entry, &["id", "alias", "email", "scores"])?;
    let new = NewPlayer::read(entry)?;
    let scores = match entry.get("scores") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Object(scores)) => scores.iter().map(score).collect::<Result<_, _>>()?,
        Some(_) => return Err(Envelope::validation("scores", "must be an object")),
    };
    Ok((new, scores))
}

fn score((id, value): (&String, &Value)) -> Result<(&'static Metric, Verb, Gain), Envelope> {
    let metric =
        Metric::find(id).ok_or_else(|| Envelope::validation(id, "is not a metric of this game"))?;
    Ok((metric, Verb::Set, read_gain(metric, value)?))
}

fn replace_player(
    sandbox: &mut Sandbox,
    new: NewPlayer,
    scores: &Scores,
    now: i64,
) -> Result<(), Envelope> {
    let game = &mut sandbox.game;
    let id = new.id.clone();
    if game.players.contains_key(&id) {
        game.delete_player(&id)?;
    }
    game.create_player(new, now)?;
    match scores.is_empty() {
        true => Ok(()),
        false => game.change_scores(&id, scores, now),
    }
}

fn client(entry: &Map<String, Value>) -> Result<Client, Envelope> {
    only(
        entry,
        &["clientId", "clientSecret", "type", "redirectUris", "scopes"],
    )?;
    let id = needed(entry, "clientId")?;
    if id.contains(':') {
        // It ends where the JWT after it begins.
        return Err(Envelope::validation("clientId", "must not hold a colon"));
    }
    let kind = ClientType::named(needed(entry, "type")?).ok_or_else(|| {
        Envelope::validation(
            "type",
            "must be client_credentials, jwt, authorization_code or public",
        )
    })?;
    let secret = text(entry, "clientSecret")?;
    if (kind == ClientType::Public) != secret.is_none_or(str::is_empty) {
        return Err(Envelope::validation(
            "clientSecret",
            "belongs to every client but a public one",
        ));
    }
    let rights = match entry.get("scopes") {
        None | Some(Value::Null) => match kind {
            ClientType::ClientCredentials => Right::ALL.to_vec(),
            _ => Right::PLAYER.to_vec(),
        },
        Some(_) => strings(entry, "scopes")?
            .iter()
            .map(|s| Right::of_scope(s))
            .collect::<Option<_>>()
            .ok_or_else(|| Envelope::validation("scopes", "holds an unknown scope"))?,
    };
    Ok(Client {
        id: id.to_owned(),
        secret: secret.filter(|s| !s.is_empty()).map(str::to_owned),
        kind,
        redirect_uris: strings(entry, "redirectUris")?,
        rights,
    })
}

fn strings(entry: &Map<String, Value>, field: &str) -> Result<Vec<String>, Envelope> {
    let wrong = || Envelope::validation(field, "must be an array of strings");
    match entry.get(field) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(list)) => list
            .iter()
            .map(|v| v.as_str().map(str::to_owned).ok_or_else(wrong))
            .collect(),
        Some(_) => Err(wrong()),
    }
}
