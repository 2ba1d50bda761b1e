//! Telling players of events.

use serde_json::{Map, Value, json};

use super::{only, whole};
use crate::codes::Envelope;
use crate::fields::needed;
use crate::sandbox::{Call, Sandbox};
use crate::stream::Push;

/// How many one call tells of.
const MAX: u64 = 10_000;
/// The longest time between two, in milliseconds.
const MAX_INTERVAL: u64 = 600_000;

/// Tells a player: `{player_id, event: {event, ...}, count?, interval?}`. With
/// a count it is told as often, each time with its `sequence`, from 1: all at
/// once, or one each `interval`. `id` and `timestamp` are added where the event
/// has none. Gives the ids of those that were told at once.
pub fn push(
    sandbox: &mut Sandbox,
    body: &Map<String, Value>,
    call: &Call,
) -> Result<Value, Envelope> {
    only(body, &["player_id", "event", "count", "interval"])?;
    let player = needed(body, "player_id")?;
    sandbox.game.player(player)?;
    let Some(Value::Object(event)) = body.get("event") else {
        return Err(Envelope::validation("event", "must be an object"));
    };
    needed(event, "event")?;
    let push = Push {
        player: player.to_owned(),
        event: event.clone(),
        next: 1,
        count: whole(body, "count", 1..=MAX)?,
        interval_ms: whole(body, "interval", 0..=MAX_INTERVAL)?.unwrap_or(0),
        resets: sandbox.stream.resets(),
    };
    Ok(json!({ "ids": sandbox.push(push, call.now) }))
}
