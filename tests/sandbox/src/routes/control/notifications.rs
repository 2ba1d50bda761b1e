//! Telling players of events.

use serde_json::{Map, Value, json};

use super::{needed, only};
use crate::codes::Envelope;
use crate::game::Game;

/// How many one call tells of.
const MAX: u64 = 10_000;

/// Tells a player: `{player_id, event: {event, ...}, count?}`. With a count it
/// is told as often, each time with its `sequence`, from 1. `id` and
/// `timestamp` are added where the event has none.
pub fn push(game: &mut Game, body: &Map<String, Value>, now: i64) -> Result<Value, Envelope> {
    only(body, &["player_id", "event", "count"])?;
    let player = needed(body, "player_id")?;
    game.player(player)?;
    let Some(Value::Object(event)) = body.get("event") else {
        return Err(Envelope::validation("event", "must be an object"));
    };
    needed(event, "event")?;
    let count = match body.get("count") {
        None | Some(Value::Null) => None,
        Some(value) => Some(
            value
                .as_u64()
                .filter(|n| (1..=MAX).contains(n))
                .ok_or_else(|| {
                    Envelope::validation("count", &format!("must be from 1 to {MAX}"))
                })?,
        ),
    };
    let mut ids = Vec::new();
    for sequence in 1..=count.unwrap_or(1) {
        let mut event = event.clone();
        if count.is_some() {
            event.insert("sequence".to_owned(), sequence.into());
        }
        let told = game.notifications.notify(player, event, now);
        ids.push(told.event["id"].clone());
    }
    Ok(json!({ "ids": ids }))
}
