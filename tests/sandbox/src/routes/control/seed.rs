//! Adding and replacing players and clients, and settings.

use serde_json::{Map, Value, json};

use super::{clients, only, settings};
use crate::codes::Envelope;
use crate::game::design::{Metric, Verb};
use crate::game::play::read_gain;
use crate::game::players::NewPlayer;
use crate::game::scores::Gain;
use crate::sandbox::Sandbox;

type Scores = Vec<(&'static Metric, Verb, Gain)>;

/// Reads the whole body first: either all of it is done, or nothing.
pub fn seed(sandbox: &mut Sandbox, body: &Map<String, Value>, now: i64) -> Result<Value, Envelope> {
    let mut known = vec!["players", "clients", "allowAuthorization"];
    known.extend(settings::FIELDS);
    only(body, &known)?;
    let players = list(body, "players", player)?;
    let clients = list(body, "clients", clients::read)?;
    let settings = settings::read(body, &sandbox.oauth.settings)?;
    let authorization = settings::flag(body, "allowAuthorization")?;

    let counts = (players.len(), clients.len());
    for (new, scores) in players {
        replace_player(sandbox, new, &scores, now)?;
    }
    for client in clients {
        sandbox.oauth.clients.insert(client.id.clone(), client);
    }
    sandbox.oauth.settings = settings;
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
