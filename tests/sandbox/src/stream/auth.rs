//! Saying who one is: a challenge, an answer, and what is made of it.

/// What a connection is asked first.
pub const CHALLENGE: &str = "AUTH_CHALLENGE";
/// What it is told when its answer is good.
pub const SUCCESS: &str = "AUTH_SUCCESS";
/// What it is told when it isn't; a reason follows.
pub const FAILED: &str = "AUTH_FAILED";
/// The one reason that was recorded.
pub const UNAUTHORIZED: &str = "unauthorized token";

const ENVIRONMENTS: [&str; 2] = ["production", "staging"];

/// A well-formed answer.
#[derive(Debug, PartialEq)]
pub struct AuthResponse<'a> {
    /// The token, which is bound to a player.
    pub token: &'a str,
    /// The game that is meant.
    pub game: &'a str,
    /// The player who is said to be there.
    pub player: &'a str,
}

impl<'a> AuthResponse<'a> {
    /// Reads `AUTH_RESPONSE <token> player <environment> <game_id> <player_id>`,
    /// with single spaces; or gives the reason why it can't be.
    pub fn read(text: &'a str) -> Result<Self, String> {
        let words: Vec<&str> = text.split(' ').collect();
        let ["AUTH_RESPONSE", token, "player", environment, game, player] = words[..] else {
            return Err("malformed response".to_owned());
        };
        if token.is_empty() || player.is_empty() {
            return Err("malformed response".to_owned());
        }
        if !ENVIRONMENTS.contains(&environment) {
            return Err("unknown environment".to_owned());
        }
        Ok(Self {
            token,
            game,
            player,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_six_words_between_single_spaces() {
        let good = "AUTH_RESPONSE abc= player staging sandbox johny";
        let read = AuthResponse {
            token: "abc=",
            game: "sandbox",
            player: "johny",
        };
        assert_eq!(AuthResponse::read(good), Ok(read));
        for (wrong, reason) in [
            ("", "malformed response"),
            ("AUTH_RESPONSE", "malformed response"),
            (&good.replace(' ', "  "), "malformed response"),
            (&format!("{good} "), "malformed response"),
            (&format!("{good}\n more"), "malformed response"),
            (&good.replace("abc=", ""), "malformed response"),
            (&good.replace("johny", ""), "malformed response"),
            (&good.replace("player", "team"), "malformed response"),
            (&good.to_lowercase(), "malformed response"),
            (&good.replace("staging", "test"), "unknown environment"),
        ] {
            assert_eq!(AuthResponse::read(wrong), Err(reason.to_owned()), "{wrong}");
        }
    }
}
