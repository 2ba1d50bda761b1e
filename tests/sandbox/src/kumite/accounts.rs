//! Accounts and their players.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::failure::Failure;

/// The account that the seeded refresh token is for; the ids are those of the
/// real server's own tests.
pub const ROBOT: &str = "11111111-1111-1111-1111-000000000000";
/// Its players.
pub const ROBOT_PLAYERS: [&str; 2] = [
    "11111111-1111-1111-1111-111111111111",
    "11111111-1111-1111-1111-222222222222",
];
/// The account of the sandbox's own player.
pub const OPPONENT: &str = "ffffffff-ffff-ffff-ffff-000000000000";
/// The sandbox's own player.
pub const OPPONENT_PLAYER: &str = "ffffffff-ffff-ffff-ffff-111111111111";

/// Whose players they are, by player.
#[derive(Debug)]
pub struct Accounts(BTreeMap<String, String>);

impl Default for Accounts {
    fn default() -> Self {
        let robots = ROBOT_PLAYERS.map(|player| (player, ROBOT));
        let all = robots.into_iter().chain([(OPPONENT_PLAYER, OPPONENT)]);
        Self(
            all.map(|(player, account)| (player.to_owned(), account.to_owned()))
                .collect(),
        )
    }
}

impl Accounts {
    /// Whose player that is.
    pub fn account_of(&self, player: &str) -> Option<&str> {
        self.0.get(player).map(String::as_str)
    }

    /// The same, for calls that name a player.
    pub fn owner(&self, player: &str) -> Result<&str, Failure> {
        self.account_of(player)
            .ok_or_else(|| Failure::argument(format!("No player for playerId={player}")))
    }

    /// The players of an account.
    pub fn players_of(&self, account: &str) -> Vec<String> {
        let own = self.0.iter().filter(|(_, a)| *a == account);
        own.map(|(player, _)| player.clone()).collect()
    }

    /// Gives an account another player.
    pub fn add(&mut self, player: &str, account: &str) {
        self.0.insert(player.to_owned(), account.to_owned());
    }

    /// A player as lists show it.
    pub fn player_json(&self, player: &str) -> Value {
        json!({ "playerId": player, "accountId": self.account_of(player) })
    }
}
