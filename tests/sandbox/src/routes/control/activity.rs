//! Events that a seed writes into feeds, for whatever the game doesn't do by itself.

use serde_json::{Map, Value};

use super::seed::Known;
use super::{only, settings};
use crate::codes::Envelope;
use crate::fields::{needed, text};
use crate::game::Game;
use crate::game::feed::Event;

/// An event of the past.
pub struct Past {
    at: i64,
    name: String,
    details: Map<String, Value>,
    player: Option<String>,
    team: Option<String>,
    public: bool,
}

/// Reads `{player_id?, team_id?, public?, secondsAgo?, event: {event, ...}}`.
pub fn read(known: &Known, entry: &Map<String, Value>, now: i64) -> Result<Past, Envelope> {
    only(
        entry,
        &["player_id", "team_id", "public", "secondsAgo", "event"],
    )?;
    let player = text(entry, "player_id")?;
    if let Some(player) = player {
        known.player(player)?;
    }
    let ago = match entry.get("secondsAgo") {
        None | Some(Value::Null) => Some(0),
        Some(value) => value.as_i64().and_then(|s| s.checked_mul(1_000)),
    };
    let ago = ago.ok_or_else(|| Envelope::validation("secondsAgo", "must be a whole number"))?;
    let Some(Value::Object(event)) = entry.get("event") else {
        return Err(Envelope::validation("event", "must be an object"));
    };
    let mut details = event.clone();
    details.remove("event");
    Ok(Past {
        at: now.saturating_sub(ago),
        name: needed(event, "event")?.to_owned(),
        details,
        player: player.map(str::to_owned),
        team: text(entry, "team_id")?.map(str::to_owned),
        public: settings::flag(entry, "public")?.unwrap_or(false),
    })
}

/// Writes it down.
pub fn write(game: &mut Game, past: &Past) {
    let alias = past.player.as_deref().and_then(|id| game.players.get(id));
    let alias = alias.map(|p| p.alias.clone()).unwrap_or_default();
    game.feed.write(Event {
        at: past.at,
        name: &past.name,
        details: Value::Object(past.details.clone()),
        player: past.player.as_deref(),
        actor: past.player.as_deref().map(|id| (id, alias.as_str())),
        teams: past.team.iter().cloned().collect(),
        public: past.public,
    });
}
