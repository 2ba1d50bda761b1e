//! Kumite: contests played by robots, below `/kumite`.
//!
//! The map:
//! - [`routes`]: which path leads where; [`query`]: what queries hold; [`failure`]: how calls fail
//! - [`access`]: whose call it is, and the token endpoint; [`accounts`]: whose players they are
//! - [`games`]: the games there are; [`tic_tac_toe`]: the rules of the one that is played
//! - [`contests`]: contests; [`play`]: the board, joining and moving; [`leaderboards`]: who won
//! - [`opponent`]: the sandbox's own player
//! - [`watch`]: the WebSocket, without its sockets
//! - [`settings`]: what tests may want otherwise

pub mod access;
pub mod accounts;
pub mod contests;
pub mod failure;
pub mod games;
pub mod leaderboards;
pub mod opponent;
pub mod play;
pub mod query;
pub mod routes;
pub mod settings;
pub mod tic_tac_toe;
pub mod watch;

use serde_json::{Value, json};

use crate::ids::Entropy;
use crate::oauth::tokens::Tokens;
use access::NoScope;
use accounts::Accounts;
use contests::Contests;
use settings::Settings;
use watch::Watch;

/// The state of the service.
#[derive(Debug)]
pub struct Kumite {
    /// What tests may want otherwise.
    pub settings: Settings,
    /// Access and refresh tokens.
    pub tokens: Tokens<NoScope>,
    /// Who plays.
    pub accounts: Accounts,
    /// All contests.
    pub contests: Contests,
    /// Who watches them.
    pub watch: Watch,
    /// The refresh token that there is from the start.
    pub refresh_token: String,
    seeded_at: i64,
}

impl Kumite {
    /// The service with its seed.
    pub fn new(now: i64) -> Self {
        let settings = Settings::default();
        let mut kumite = Self {
            contests: Contests::new(settings.seed),
            settings,
            tokens: Tokens::default(),
            accounts: Accounts::default(),
            watch: Watch::default(),
            refresh_token: String::new(),
            seeded_at: now,
        };
        let players = kumite.accounts.players_of(accounts::ROBOT);
        let mut entropy = Entropy::of_number(0);
        kumite.refresh_token =
            kumite.give_refresh_token(accounts::ROBOT, &players, now, &mut entropy);
        kumite.keep_one_open(now);
        kumite
    }

    /// Back to the seed, with the same refresh token: it lives for a year, and
    /// whoever was started with it knows no other. Whoever watches is cut off.
    pub fn reset(&mut self) {
        let mut watch = std::mem::take(&mut self.watch);
        watch.cut_all();
        *self = Self {
            watch,
            ..Self::new(self.seeded_at)
        };
    }

    /// What scripts read from the first line of output.
    pub fn describe(&self, origin: &str) -> Value {
        json!({
            "url": format!("{origin}/kumite"),
            "refreshToken": self.refresh_token,
            "playerIds": self.accounts.players_of(accounts::ROBOT),
            "opponentId": accounts::OPPONENT_PLAYER,
        })
    }
}
