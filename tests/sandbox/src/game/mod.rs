//! The game: a small one, but every part of it works.

pub mod access;
pub mod actions;
pub mod custom_rules;
pub mod design;
pub mod feed;
pub mod gains;
pub mod images;
pub mod leaderboards;
pub mod ledger;
pub mod notifications;
pub mod play;
pub mod players;
pub mod processes;
pub mod profile;
pub mod revert;
pub mod rules;
pub mod scores;
pub mod settle;
pub mod teams;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::codes::{Code, Envelope};
use design::Design;
use feed::Feed;
use ledger::{Entity, Ledgers};
use notifications::Notifications;
use players::Player;
use processes::Process;
use teams::Team;

/// Everything that changes while the game is played.
#[derive(Debug)]
pub struct Game {
    /// What doesn't change.
    pub design: &'static Design,
    /// The players by id.
    pub players: BTreeMap<String, Player>,
    /// The teams by id.
    pub teams: BTreeMap<String, Team>,
    /// The processes by id.
    pub processes: BTreeMap<String, Process>,
    /// What happened.
    pub feed: Feed,
    /// What was earned when: the leaderboards are read from it.
    pub ledgers: Ledgers,
    /// What players are told.
    pub notifications: Notifications,
}

impl Game {
    /// A game in which nothing has happened yet.
    pub fn new(design: &'static Design) -> Self {
        Self {
            design,
            players: BTreeMap::new(),
            teams: BTreeMap::new(),
            processes: BTreeMap::new(),
            feed: Feed::default(),
            ledgers: Ledgers::default(),
            notifications: Notifications::default(),
        }
    }

    /// The player or the team of that id, as ledgers know them.
    pub fn entity(&self, id: &str) -> Option<Entity> {
        match self.players.contains_key(id) {
            true => Some(Entity::Player(id.to_owned())),
            false => self.teams.get(id).map(|t| Entity::Team(t.id.clone())),
        }
    }

    /// `{id, alias}`, also of players who are gone.
    pub fn player_reference(&self, id: &str) -> Value {
        let alias = self.players.get(id).map(|p| p.alias.as_str());
        json!({ "id": id, "alias": alias })
    }

    /// The player of that id.
    pub fn player(&self, id: &str) -> Result<&Player, Envelope> {
        self.players.get(id).ok_or_else(|| no_player(id))
    }

    /// The player of that id, to be changed.
    pub fn player_mut(&mut self, id: &str) -> Result<&mut Player, Envelope> {
        self.players.get_mut(id).ok_or_else(|| no_player(id))
    }
}

fn no_player(id: &str) -> Envelope {
    Envelope::new(
        Code::PlayerNotFound,
        format!("The player '{id}' does not exist"),
    )
}
