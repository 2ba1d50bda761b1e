//! What tests may want otherwise.

use serde_json::{Value, json};

/// Which of two descriptions the service follows: its published page and its
/// code disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// The server as it is: `Bearer`, and the token call names the player.
    Server,
    /// As the published page has it: `OAuth`, and `refresh_token=true`.
    Page,
}

impl Manner {
    /// The authentication scheme that counts.
    pub fn scheme(self) -> &'static str {
        match self {
            Manner::Server => "Bearer",
            Manner::Page => "OAuth",
        }
    }

    /// Its name in control calls.
    pub fn name(self) -> &'static str {
        match self {
            Manner::Server => "server",
            Manner::Page => "page",
        }
    }

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        [Manner::Server, Manner::Page]
            .into_iter()
            .find(|m| m.name() == name)
    }
}

/// How the sandbox's player plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skill {
    /// It doesn't: contests wait for whoever joins.
    None,
    /// Any free position, by the seed.
    Random,
    /// Never loses.
    Perfect,
}

impl Skill {
    /// Its name in control calls.
    pub fn name(self) -> &'static str {
        match self {
            Skill::None => "none",
            Skill::Random => "random",
            Skill::Perfect => "perfect",
        }
    }

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        [Skill::None, Skill::Random, Skill::Perfect]
            .into_iter()
            .find(|s| s.name() == name)
    }
}

/// How tokens are given out, and how the sandbox's player behaves.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Which description is followed.
    pub manner: Manner,
    /// How long access tokens live.
    pub access_seconds: i64,
    /// How the sandbox's player plays.
    pub opponent: Skill,
    /// How long it takes to join and to move.
    pub opponent_delay_ms: u64,
    /// Whether it joins as soon as a contest is opened, and so begins; otherwise
    /// when somebody else has joined.
    pub opponent_first: bool,
    /// Whether there is always a contest to join.
    pub keep_open: bool,
    /// What ids of contests and boards, and random moves, are drawn from.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            manner: Manner::Server,
            access_seconds: 3_600,
            opponent: Skill::Random,
            opponent_delay_ms: 0,
            opponent_first: false,
            keep_open: true,
            seed: 1,
        }
    }
}

impl Settings {
    /// The settings as the control routes show them.
    pub fn to_json(self) -> Value {
        json!({
            "manner": self.manner.name(),
            "accessTokenSeconds": self.access_seconds,
            "opponent": self.opponent.name(),
            "opponentDelay": self.opponent_delay_ms,
            "opponentFirst": self.opponent_first,
            "keepOpen": self.keep_open,
            "seed": self.seed,
        })
    }
}
