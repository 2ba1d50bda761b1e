//! Whose tokens they are.

use super::Text;
use crate::core::error::{Error, code};
use crate::core::text::concat;
use crate::core::token::Token;
use crate::core::value::Value;

/// Whose an app's tokens are.
#[derive(Debug)]
pub struct Subject {
    /// The query name of the player for whom an app's token acts; empty where calls don't say it.
    pub query: Text,
    /// Whether every player has a token: players are then part of what tells tokens apart.
    pub per_player: bool,
    /// The claim of an access token that names its player; empty where there is none.
    pub claim: Text,
    /// The claim of a refresh token that lists its players; empty where there is none.
    pub list_claim: Text,
}

impl Subject {
    /// Whether one of these players may be acted for.
    ///
    /// # Errors
    /// `player_not_granted`.
    pub fn check_granted<V>(
        &self,
        granted: Option<&[String]>,
        player: Option<&str>,
    ) -> Result<(), Error<V>> {
        match (granted, player) {
            (Some(granted), Some(player)) if !granted.iter().any(|one| one == player) => {
                Err(not_granted(player, "isn't one of the refresh token's"))
            }
            (_, None) if self.per_player && granted.is_some() => Err(Error::option(
                "playerId",
                "given: at this service every player has a token",
            )),
            _ => Ok(()),
        }
    }

    /// Whether a token is that player's, as far as it says.
    ///
    /// # Errors
    /// `player_not_granted`.
    pub fn check_token<V: Value>(
        &self,
        token: &Token<V>,
        player: Option<&str>,
    ) -> Result<(), Error<V>> {
        let claims = token.claims.as_ref().filter(|_| !self.claim.is_empty());
        let own = claims.and_then(|claims| claims.text_at(&self.claim));
        match (own, player) {
            (Some(own), Some(player)) if own != player => {
                Err(not_granted(player, "isn't whom the token is for"))
            }
            _ => Ok(()),
        }
    }
}

fn not_granted<V>(player: &str, why: &str) -> Error<V> {
    Error::config(
        code::PLAYER_NOT_GRANTED,
        concat(&["nothing was sent: player ", player, " ", why]),
    )
}
