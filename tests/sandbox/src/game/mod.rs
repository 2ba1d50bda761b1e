//! The game: a small one, but every part of it works.

pub mod actions;
pub mod design;
pub mod feed;
pub mod images;
pub mod leaderboards;
pub mod ledger;
pub mod notifications;
pub mod play;
pub mod players;
pub mod profile;
pub mod rules;
pub mod scores;
pub mod teams;

use std::collections::BTreeMap;

use crate::codes::{Code, Envelope};
use feed::Feed;
use ledger::Ledgers;
use notifications::Notifications;
use players::Player;
use teams::Team;

/// The game's id.
pub const ID: &str = "sandbox";

/// Everything that changes while the game is played.
#[derive(Debug, Default)]
pub struct Game {
    /// The players by id.
    pub players: BTreeMap<String, Player>,
    /// The teams by id.
    pub teams: BTreeMap<String, Team>,
    /// What happened.
    pub feed: Feed,
    /// What was earned when: the leaderboards are read from it.
    pub ledgers: Ledgers,
    /// What players are told.
    pub notifications: Notifications,
}

impl Game {
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
