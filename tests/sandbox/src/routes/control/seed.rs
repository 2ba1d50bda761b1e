//! Adding and replacing what there is, and settings.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{activity, clients, only, processes, settings, teams};
use crate::codes::Envelope;
use crate::game::Game;
use crate::game::design::{Design, Verb};
use crate::game::gains::{Given, read_gain};
use crate::game::players::NewPlayer;
use crate::sandbox::Sandbox;

/// Whom a seed may name: the players there are, and those that it brings.
pub struct Known<'a> {
    game: &'a Game,
    new: BTreeSet<&'a str>,
}

impl Known<'_> {
    /// Refuses players that there won't be.
    pub fn player(&self, id: &str) -> Result<(), Envelope> {
        match self.new.contains(id) {
            true => Ok(()),
            false => self.game.player(id).map(|_| ()),
        }
    }

    /// The design of the game.
    pub fn design(&self) -> &'static Design {
        self.game.design
    }
}

/// Reads the whole body first: either all of it is done, or nothing.
pub fn seed(sandbox: &mut Sandbox, body: &Map<String, Value>, now: i64) -> Result<Value, Envelope> {
    let mut fields = vec![
        "players",
        "clients",
        "teams",
        "processes",
        "activity",
        "allowAuthorization",
        "callLimit",
        "playerLimit",
    ];
    fields.extend(settings::FIELDS);
    only(body, &fields)?;
    let design = sandbox.game.design;
    let players = list(body, "players", |entry| player(design, entry))?;
    let known = Known {
        game: &sandbox.game,
        new: players.iter().map(|(p, _)| p.id.as_str()).collect(),
    };
    let teams = list(body, "teams", |entry| teams::read(&known, entry, now))?;
    let processes = list(body, "processes", |entry| processes::read(&known, entry))?;
    let activity = list(body, "activity", |entry| activity::read(&known, entry, now))?;
    let clients = list(body, "clients", clients::read)?;
    let settings = settings::read(body, &sandbox.oauth.settings)?;
    let authorization = settings::flag(body, "allowAuthorization")?;
    let calls = limit(body, "callLimit")?;
    let players_limit = limit(body, "playerLimit")?;

    let counts = json!({
        "players": players.len(),
        "clients": clients.len(),
        "teams": teams.len(),
        "processes": processes.len(),
        "activity": activity.len(),
    });
    for (new, scores) in players {
        replace_player(&mut sandbox.game, new, &scores, now)?;
    }
    for team in teams {
        teams::place(&mut sandbox.game, team, now);
    }
    for process in processes {
        let id = process.id.clone();
        sandbox.game.processes.insert(id, process);
    }
    for past in &activity {
        activity::write(&mut sandbox.game, past);
    }
    for client in clients {
        sandbox.oauth.clients.insert(client.id.clone(), client);
    }
    sandbox.oauth.settings = settings;
    if let Some(allow) = authorization {
        sandbox.cors.allow_authorization = allow;
    }
    if let Some(calls) = calls {
        sandbox.plan.limit_calls(calls);
    }
    if let Some(players) = players_limit {
        sandbox.plan.players = players.map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    }
    Ok(counts)
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

/// A limit that is set or, by `null`, lifted; nothing if it isn't named.
fn limit(body: &Map<String, Value>, field: &str) -> Result<Option<Option<u64>>, Envelope> {
    match body.get(field) {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(None)),
        Some(value) => value
            .as_u64()
            .map(|n| Some(Some(n)))
            .ok_or_else(|| Envelope::validation(field, "must be a whole number, not negative")),
    }
}

fn player(
    design: &Design,
    entry: &Map<String, Value>,
) -> Result<(NewPlayer, Vec<Given>), Envelope> {
    only(entry, &["id", "alias", "email", "scores"])?;
    let new = NewPlayer::read(entry)?;
    let scores = match entry.get("scores") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Object(scores)) => scores
            .iter()
            .map(|(id, value)| score(design, id, value))
            .collect::<Result<_, _>>()?,
        Some(_) => return Err(Envelope::validation("scores", "must be an object")),
    };
    Ok((new, scores))
}

/// A score that is set, as bodies write it: metric id and value.
pub fn score(design: &Design, id: &str, value: &Value) -> Result<Given, Envelope> {
    let metric = design
        .metric(id)
        .ok_or_else(|| Envelope::validation(id, "is not a metric of this game"))?;
    Ok((metric, Verb::Set, read_gain(metric, value)?))
}

fn replace_player(
    game: &mut Game,
    new: NewPlayer,
    scores: &[Given],
    now: i64,
) -> Result<(), Envelope> {
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
