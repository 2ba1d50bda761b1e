//! Notifications by the dozen, for tests.

use serde_json::{Map, Value, json};

use super::{Effect, Timer};
use crate::Sandbox;

/// Notifications that are still to come to a player.
#[derive(Clone, Debug, PartialEq)]
pub struct Push {
    /// Whom they are for.
    pub player: String,
    /// The event of each, or none: each is an own one.
    pub event: Option<Map<String, Value>>,
    /// Which one comes next.
    pub next: u64,
    /// How many there are.
    pub count: u64,
    /// How many milliseconds are between two; 0: all come at once.
    pub interval_ms: u64,
    /// How often the stream had been reset when they were asked for.
    pub(super) resets: u64,
}

impl Sandbox {
    /// Begins to tell a player of many things.
    pub fn start_push(
        &mut self,
        player: &str,
        event: Option<Map<String, Value>>,
        (count, interval_ms): (u64, u64),
        now: i64,
    ) {
        let push = Push {
            player: player.to_owned(),
            event,
            next: 1,
            count,
            interval_ms,
            resets: self.stream.resets,
        };
        self.push(push, now);
    }

    /// Tells the next one, or all that are left.
    pub(super) fn push(&mut self, mut push: Push, now: i64) {
        while push.next <= push.count {
            let event = push.event.clone().unwrap_or_else(|| numbered(push.next));
            self.game.notifications.notify(&push.player, event, now);
            push.next += 1;
            if push.interval_ms > 0 && push.next <= push.count {
                let ms = push.interval_ms;
                let timer = Timer::Push(push);
                return self.stream.effects.push(Effect::Later { ms, timer });
            }
        }
    }
}

/// An event that a test can tell from the others.
fn numbered(n: u64) -> Map<String, Value> {
    let rule = json!({ "id": format!("push_{n}"), "name": format!("Push number {n}") });
    Map::from_iter([
        ("event".to_owned(), "custom_rule".into()),
        ("rule".to_owned(), rule),
        ("changes".to_owned(), json!([])),
    ])
}
