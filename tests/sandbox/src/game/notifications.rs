//! Notifications: what a player is told, and what of it has been seen.
//!
//! They are kept here whoever listens: a stream that was away for a while asks
//! for what came [after](Notifications::after) the last one that it sent.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Map, Value};

use super::feed::Window;
use crate::ids::{Entropy, notification_id};
use crate::time::iso;

/// How many of a player are kept.
const CAP: usize = 20_000;
/// How long a token opens the stream, in milliseconds. Not recorded.
const TOKEN_LIFE: i64 = 3_600_000;

/// One notification.
#[derive(Clone, Debug)]
pub struct Notification {
    /// Counts up over all players, from 1: a listener's place.
    pub number: u64,
    /// When it was told, in Unix milliseconds.
    pub at: i64,
    /// The event, with `id` and `timestamp`.
    pub event: Value,
    /// Whether the player has marked it as seen.
    pub seen: bool,
}

impl Notification {
    /// The notification as the REST route lists it: the event and `seen`.
    pub fn to_json(&self) -> Value {
        let mut entry = self.event.clone();
        entry["seen"] = self.seen.into();
        entry
    }

    fn id(&self) -> Option<&str> {
        self.event["id"].as_str()
    }
}

/// The notifications of all players, and the tokens that open their streams.
#[derive(Debug, Default)]
pub struct Notifications {
    by_player: BTreeMap<String, VecDeque<Notification>>,
    tokens: BTreeMap<String, (String, i64)>,
    counted: u64,
}

impl Notifications {
    /// Tells a player of an event. `timestamp` and `id` are added where the
    /// event has none. Gives it as it was kept.
    pub fn notify(&mut self, player: &str, event: Map<String, Value>, now: i64) -> &Notification {
        self.counted += 1;
        let mut event = event;
        event.entry("timestamp").or_insert_with(|| iso(now).into());
        event
            .entry("id")
            .or_insert_with(|| notification_id(now, self.counted).into());
        let list = self.by_player.entry(player.to_owned()).or_default();
        if list.len() == CAP {
            list.pop_front();
        }
        list.push_back(Notification {
            number: self.counted,
            at: now,
            event: Value::Object(event),
            seen: false,
        });
        &list[list.len() - 1]
    }

    /// Those of a player that came after that number, oldest first; all of
    /// them after 0.
    pub fn after(&self, player: &str, number: u64) -> impl Iterator<Item = &Notification> {
        let list = self.by_player.get(player);
        list.into_iter().flat_map(move |list| {
            let first = list.partition_point(|n| n.number <= number);
            list.range(first..)
        })
    }

    /// The number of the last one of all: who starts to listen now starts here.
    /// It is less than a listener's place once there is another game.
    pub fn last_number(&self) -> u64 {
        self.counted
    }

    /// Those of a player within that time, newest first. The order isn't
    /// recorded; it is that of the feeds.
    pub fn within(&self, player: &str, window: Window) -> Vec<&Notification> {
        let list = self.by_player.get(player).into_iter().flatten();
        list.rev()
            .filter(|n| (window.start..=window.end).contains(&n.at))
            .collect()
    }

    /// Marks as seen. Ids that the player has no notification of change
    /// nothing. Gives how many were marked.
    pub fn mark_seen(&mut self, player: &str, ids: &BTreeSet<&str>) -> usize {
        let list = self.by_player.get_mut(player).into_iter().flatten();
        list.filter(|n| n.id().is_some_and(|id| ids.contains(id)))
            .map(|n| n.seen = true)
            .count()
    }

    /// A token that opens the player's stream.
    pub fn issue_token(&mut self, player: &str, now: i64, entropy: &mut Entropy) -> String {
        let token = entropy.token();
        let until = now.saturating_add(TOKEN_LIFE);
        self.tokens
            .insert(token.clone(), (player.to_owned(), until));
        token
    }

    /// Whose stream that token opens, if it still does.
    pub fn token_player(&self, token: &str, now: i64) -> Option<&str> {
        let (player, until) = self.tokens.get(token)?;
        (now < *until).then_some(player)
    }

    /// Strikes what a player was told, and their tokens.
    pub fn forget(&mut self, player: &str) {
        self.by_player.remove(player);
        self.tokens.retain(|_, (owner, _)| owner != player);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn event(name: &str) -> Map<String, Value> {
        Map::from_iter([("event".to_owned(), name.into())])
    }

    const ALL: Window = Window {
        start: 0,
        end: i64::MAX,
    };

    #[test]
    fn listeners_go_on_where_they_were() {
        let mut told = Notifications::default();
        told.notify("a", event("one"), 1_000);
        let place = told.last_number();
        told.notify("b", event("other"), 1_000);
        told.notify("a", event("two"), 1_001);
        told.notify("a", event("three"), 1_001);
        let names = |from: u64| {
            let names = told.after("a", from).map(|n| n.event["event"].clone());
            Value::from_iter(names)
        };
        assert_eq!(names(0), json!(["one", "two", "three"]));
        assert_eq!(names(place), json!(["two", "three"]));
        assert_eq!(names(told.last_number()), json!([]));
        assert_eq!(told.after("nobody", 0).count(), 0);
    }

    #[test]
    fn ids_differ_and_are_kept_where_given() {
        let mut told = Notifications::default();
        let ids: BTreeSet<String> = (0..15_000)
            .map(|_| told.notify("a", event("x"), 5).event["id"].to_string())
            .collect();
        assert_eq!(ids.len(), 15_000);
        let mut own = event("x");
        own.insert("id".to_owned(), "mine".into());
        own.insert("timestamp".to_owned(), "then".into());
        let kept = &told.notify("a", own, 5).event;
        assert_eq!(
            (&kept["id"], &kept["timestamp"]),
            (&json!("mine"), &json!("then"))
        );
    }

    #[test]
    fn only_the_own_ones_are_marked_as_seen() {
        let mut told = Notifications::default();
        let first = told.notify("a", event("x"), 1).event["id"].clone();
        told.notify("a", event("y"), 2);
        let ids = BTreeSet::from([first.as_str().unwrap(), "unknown"]);
        assert_eq!(told.mark_seen("b", &ids), 0);
        assert_eq!(told.mark_seen("a", &ids), 1);
        let seen: Vec<bool> = told.within("a", ALL).iter().map(|n| n.seen).collect();
        assert_eq!(seen, [false, true], "newest first");
        assert_eq!(told.within("a", Window { start: 2, end: 2 }).len(), 1);
    }

    #[test]
    fn a_token_opens_one_players_stream_for_an_hour() {
        let mut told = Notifications::default();
        let mut entropy = Entropy::new([1; 32]);
        let token = told.issue_token("a", 0, &mut entropy);
        assert_eq!(told.token_player(&token, TOKEN_LIFE - 1), Some("a"));
        assert_eq!(told.token_player(&token, TOKEN_LIFE), None);
        assert_eq!(told.token_player("other", 0), None);
        let again = told.issue_token("a", 0, &mut entropy);
        told.forget("a");
        assert_eq!(told.token_player(&again, 0), None);
    }
}
