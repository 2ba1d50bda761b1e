//! Notifications by the dozen, for tests.

use serde_json::{Map, Value};

use super::{Effect, Timer};
use crate::Sandbox;

/// Notifications that are still to come to a player.
#[derive(Clone, Debug, PartialEq)]
pub struct Push {
    /// Whom they are for.
    pub player: String,
    /// What each tells.
    pub event: Map<String, Value>,
    /// The `sequence` of the one that comes next.
    pub next: u64,
    /// How many there are; none: a single one, without a `sequence`.
    pub count: Option<u64>,
    /// How many milliseconds are between two; 0: all come at once.
    pub interval_ms: u64,
    /// How often the stream had been reset when they were asked for.
    pub resets: u64,
}

impl Sandbox {
    /// Tells the next one, or all that are left. Gives their ids.
    pub fn push(&mut self, mut push: Push, now: i64) -> Vec<Value> {
        let mut ids = Vec::new();
        while push.next <= push.count.unwrap_or(1) {
            let mut event = push.event.clone();
            if push.count.is_some() {
                event.insert("sequence".to_owned(), push.next.into());
            }
            ids.push(self.notify(&push.player, event, now).event["id"].clone());
            push.next += 1;
            if push.interval_ms > 0 && push.next <= push.count.unwrap_or(1) {
                let ms = push.interval_ms;
                let timer = Timer::Push(push);
                self.stream.effects.push(Effect::Later { ms, timer });
                break;
            }
        }
        ids
    }
}
