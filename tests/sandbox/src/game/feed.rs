//! The feeds: what happened, for the player, for the team and for the game.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value, json};

use crate::ids::event_id;
use crate::time::iso;

/// How many events of a player or a team are kept.
const OWN_CAP: usize = 5_000;
/// How many events of the game are kept.
const PUBLIC_CAP: usize = 20_000;

type Events = VecDeque<(i64, Value)>;

/// What happened, oldest first: when, and the event.
#[derive(Debug, Default)]
pub struct Feed {
    own: BTreeMap<String, Events>,
    teams: BTreeMap<String, Events>,
    public: Events,
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

/// Something that happened, and who reads of it.
#[derive(Debug)]
pub struct Event<'a> {
    /// When, in Unix milliseconds.
    pub at: i64,
    /// The event's name.
    pub name: &'a str,
    /// Its fields besides the common ones.
    pub details: Value,
    /// Whose own feed it is in.
    pub player: Option<&'a str>,
    /// Who did it: id and alias.
    pub actor: Option<(&'a str, &'a str)>,
    /// The teams that read of it.
    pub teams: Vec<String>,
    /// Whether everyone reads of it.
    pub public: bool,
}

impl Feed {
    /// Writes an event down and gives it back whole.
    pub fn write(&mut self, event: Event) -> Value {
        let mut whole = Map::new();
        whole.insert("event".into(), event.name.into());
        if let Some((id, alias)) = event.actor {
            whole.insert("actor".into(), json!({ "id": id, "alias": alias }));
        }
        whole.insert("timestamp".into(), iso(event.at).into());
        // An id's last digits hold the number within its millisecond.
        let id = event_id(event.at, self.counted % 10_000);
        whole.insert("id".into(), id.into());
        if let Value::Object(details) = event.details {
            whole.extend(details);
        }
        self.counted += 1;
        if event.public {
            push(&mut self.public, PUBLIC_CAP, event.at, whole.clone());
        }
        // Recorded: a player's own feed omits the actor, a team's the team.
        if let Some(player) = event.player {
            let own = self.own.entry(player.to_owned()).or_default();
            push(own, OWN_CAP, event.at, without(&whole, "actor"));
        }
        for team in event.teams {
            let own = self.teams.entry(team).or_default();
            push(own, OWN_CAP, event.at, without(&whole, "team"));
        }
        Value::Object(whole)
    }

    /// The player's own feed. Recorded: oldest first; `null` when empty.
    pub fn of_player(&self, player: &str, window: Window) -> Value {
        list(self.own.get(player), window)
    }

    /// The feed of a team and its members; `null` when empty.
    pub fn of_team(&self, team: &str, window: Window) -> Value {
        list(self.teams.get(team), window)
    }

    /// The feed of the game; `null` when empty.
    pub fn of_game(&self, window: Window) -> Value {
        list(Some(&self.public), window)
    }

    /// The event of that id in a player's own feed.
    pub fn find(&self, player: &str, id: &str) -> Option<&Value> {
        let own = self.own.get(player)?;
        own.iter().map(|(_, e)| e).find(|e| e["id"] == id)
    }

    /// Strikes the player's own feed.
    pub fn forget(&mut self, player: &str) {
        self.own.remove(player);
    }

    /// Strikes the team's feed.
    pub fn forget_team(&mut self, team: &str) {
        self.teams.remove(team);
    }
}

fn without(event: &Map<String, Value>, field: &str) -> Map<String, Value> {
    let kept = event.iter().filter(|(name, _)| *name != field);
    kept.map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn push(events: &mut Events, cap: usize, at: i64, event: impl Into<Value>) {
    if events.len() == cap {
        events.pop_front();
    }
    // Tests write of the past, too: the order is that of time.
    let place = events.partition_point(|(other, _)| *other <= at);
    events.insert(place, (at, event.into()));
}

fn list(events: Option<&Events>, window: Window) -> Value {
    let wanted: Vec<Value> = events
        .into_iter()
        .flatten()
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
