//! The feed: what happened, for the player and for the game.

use std::collections::VecDeque;

use serde_json::{Map, Value, json};

use crate::ids::event_id;
use crate::time::iso;

/// How many entries are kept.
const CAP: usize = 20_000;

/// What happened, oldest first.
#[derive(Debug, Default)]
pub struct Feed {
    entries: VecDeque<Entry>,
    counted: u64,
}

#[derive(Debug)]
struct Entry {
    at: i64,
    player: String,
    alias: String,
    public: bool,
    event: Map<String, Value>,
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
        if self.entries.len() == CAP {
            self.entries.pop_front();
        }
        self.entries.push_back(Entry {
            at,
            player: player.0.to_owned(),
            alias: player.1.to_owned(),
            public,
            event: event.clone(),
        });
        Value::Object(event)
    }

    /// The player's own feed: no actor. Newest first; `null` when empty.
    pub fn of_player(&self, player: &str, window: Window) -> Value {
        self.list(window, |entry| {
            (entry.player == player).then(|| Value::Object(entry.event.clone()))
        })
    }

    /// The feed of the game: with actors. Newest first; `null` when empty.
    pub fn of_game(&self, window: Window) -> Value {
        self.list(window, |entry| entry.public.then(|| entry.with_actor()))
    }

    /// The last `count` public events, oldest first, with actors.
    pub fn latest_public(&self, count: usize) -> Vec<Value> {
        let skipped = self.entries.len().saturating_sub(count);
        self.entries
            .iter()
            .skip(skipped)
            .filter(|e| e.public)
            .map(Entry::with_actor)
            .collect()
    }

    fn list(&self, window: Window, pick: impl Fn(&Entry) -> Option<Value>) -> Value {
        let events: Vec<Value> = self
            .entries
            .iter()
            .rev()
            .filter(|e| (window.start..=window.end).contains(&e.at))
            .filter_map(pick)
            .collect();
        if events.is_empty() {
            // Recorded: the literal `null`, not an empty array.
            Value::Null
        } else {
            Value::Array(events)
        }
    }

    /// Strikes everything of that player.
    pub fn forget(&mut self, player: &str) {
        self.entries.retain(|e| e.player != player);
    }
}

impl Entry {
    fn with_actor(&self) -> Value {
        let mut event = self.event.clone();
        let actor = json!({ "id": self.player, "alias": self.alias });
        event.insert("actor".into(), actor);
        Value::Object(event)
    }
}
