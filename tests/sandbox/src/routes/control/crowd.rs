//! Players by the thousand: made by a count, and removed while lists are read.

use serde_json::{Map, Value, json};

use super::only;
use super::seed::score;
use crate::codes::{Code, Envelope};
use crate::fields::{any_text, texts};
use crate::game::Game;
use crate::game::gains::Given;
use crate::game::players::Player;

/// How many players one call makes.
const MAX: u64 = 100_000;
/// What their ids begin with.
const PREFIX: &str = "crowd_";

/// Makes players: `{count, prefix?, first?, scores?: {metric: {first, step?}}}`.
/// Their ids are the prefix and six digits, so that lists have them in the
/// order of their numbers; the scores grow by `step` from one to the next. No
/// feed tells of them.
pub fn generate(game: &mut Game, body: &Map<String, Value>, now: i64) -> Result<Value, Envelope> {
    only(body, &["count", "prefix", "first", "scores"])?;
    let count = number(body, "count")?
        .filter(|n| (1..=MAX).contains(n))
        .ok_or_else(|| Envelope::validation("count", &format!("must be from 1 to {MAX}")))?;
    let prefix = any_text(body, "prefix")?.unwrap_or(PREFIX);
    let first = number(body, "first")?.unwrap_or(1).min(999_999);
    let mut new = Vec::new();
    for n in 0..count {
        let id = format!("{prefix}{:06}", first + n);
        if game.players.contains_key(&id) {
            let text = format!("A player with ID '{id}' already exists");
            return Err(Envelope::new(Code::PlayerExists, text));
        }
        new.push((id, scores(game, body, n)?));
    }
    for (id, scores) in new {
        let player = Player {
            alias: id.clone(),
            id: id.clone(),
            created: now,
            ..Player::default()
        };
        game.players.insert(id.clone(), player);
        if !scores.is_empty() {
            game.set_scores_silently(&id, &scores, now)?;
        }
    }
    Ok(json!({ "players": count }))
}

/// Removes players: `{players?: [id], prefix?, count?}`: those that are named,
/// and the first so many with that prefix.
pub fn remove(game: &mut Game, body: &Map<String, Value>) -> Result<Value, Envelope> {
    only(body, &["players", "prefix", "count"])?;
    let mut ids: Vec<String> = match body.contains_key("players") {
        true => texts(body, "players")?,
        false => Vec::new(),
    }
    .into_iter()
    .map(str::to_owned)
    .collect();
    if let Some(count) = number(body, "count")? {
        let prefix = any_text(body, "prefix")?.unwrap_or(PREFIX);
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        let first = game.players.keys().filter(|id| id.starts_with(prefix));
        ids.extend(first.take(count).cloned());
    }
    for id in &ids {
        game.player(id)?;
    }
    for id in &ids {
        // Named twice, it is gone already.
        if game.players.contains_key(id) {
            game.delete_player(id)?;
        }
    }
    Ok(json!({ "players": ids.len() }))
}

fn number(body: &Map<String, Value>, field: &str) -> Result<Option<u64>, Envelope> {
    match body.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value
            .as_u64()
            .map(Some)
            .ok_or_else(|| Envelope::validation(field, "must be a whole number, not negative")),
    }
}

/// The scores of the player who comes after `n` others.
fn scores(game: &Game, body: &Map<String, Value>, n: u64) -> Result<Vec<Given>, Envelope> {
    let given = match body.get("scores") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Object(scores)) => scores,
        Some(_) => return Err(Envelope::validation("scores", "must be an object")),
    };
    let wrong = || Envelope::validation("scores", "each must be {first, step?} in whole numbers");
    let one = |(id, range): (&String, &Value)| {
        let first = range["first"].as_i64().ok_or_else(wrong)?;
        let step = match &range["step"] {
            Value::Null => 0,
            step => step.as_i64().ok_or_else(wrong)?,
        };
        let grown = i64::try_from(n).unwrap_or(i64::MAX).saturating_mul(step);
        score(game.design, id, &json!(first.saturating_add(grown)))
    };
    given.iter().map(one).collect()
}
