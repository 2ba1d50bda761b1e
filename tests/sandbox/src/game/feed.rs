//! The feed: what happened, for the player and for the game.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value, json};

use crate::ids::event_id;
use crate::time::iso;

/// How many events of a player are kept.
const OWN_CAP: usize = 5_000;
/// How many events of the game are kept.
const PUBLIC_CAP: usize = 20_000;

/// What happened, oldest first: when, and the event.
#[derive(Debug, Default)]
pub struct Feed {
    own: BTreeMap<String, VecDeque<(i64, Value)>>,
    public: VecDeque<(i64, Value)>,
    counted: u64,
}

/// From when to when a feed is wanted (both inclusive).
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// The first moment.
    pub start: i64,
    /// The last moment.
    pub end: i64,
}

impl Feed {
    /// Writes an event down and gives it back as its player sees it. Public
    /// ones are also in the feed of the game.
    pub fn write(
        &mut self,
        at: i64,
        player: (&str, &str),
        public: bool,
        name: &str,
        details: Value,
    ) -> Value {
        let mut event = Map::new();
        event.insert("event".into(), name.into());
        event.insert("timestamp".into(), iso(at).into());
        // An id's last digits hold the number within its millisecond.
        event.insert("id".into(), event_id(at, self.counted % 10_000).into());
        if let Value::Object(details) = details {
            event.extend(details);
        }
        self.counted += 1;
        let event = Value::Object(event);
        if public {
            let mut seen_by_all = event.clone();
            seen_by_all["actor"] = json!({ "id": player.0, "alias": player.1 });
            push(&mut self.public, PUBLIC_CAP, at, seen_by_all);
        }
        let own = self.own.entry(player.0.to_owned()).or_default();
        push(own, OWN_CAP, at, event.clone());
        event
    }

    /// The player's own feed: no actor. Newest first; `null` when empty.
    pub fn of_player(&self, player: &str, window: Window) -> Value {
        self.own
            .get(player)
            .map_or(Value::Null, |events| list(events, window))
    }

    /// The feed of the game: with actors. Newest first; `null` when empty.
    pub fn of_game(&self, window: Window) -> Value {
        list(&self.public, window)
    }

    /// The last `count` public events, oldest first.
    pub fn latest_public(&self, count: usize) -> Vec<Value> {
        let skipped = self.public.len().saturating_sub(count);
        let latest = self.public.iter().skip(skipped);
        latest.map(|(_, event)| event.clone()).collect()
    }

    /// Strikes the player's own feed.
    pub fn forget(&mut self, player: &str) {
        self.own.remove(player);
    }
}

fn push(events: &mut VecDeque<(i64, Value)>, cap: usize, at: i64, event: Value) {
    if events.len() == cap {
        events.pop_front();
    }
    events.push_back((at, event));
}

fn list(events: &VecDeque<(i64, Value)>, window: Window) -> Value {
    let wanted: Vec<Value> = events
        .iter()
        .rev()
        .filter(|(at, _)| (window.start..=window.end).contains(at))
        .map(|(_, event)| event.clone())
        .collect();
    if wanted.is_empty() {
        // Recorded: the literal `null`, not an empty array.
        Value::Null
    } else {
        Value::Array(wanted)
    }
}
