//! The games there are.

use regex_lite::Regex;
use serde_json::{Value, json};

use super::failure::Failure;
use super::query;
use crate::http::Query;

/// Tic-Tac-Toe's id, fixed in the real server's code.
pub const TIC_TAC_TOE: &str = "39cf37f9-09bd-402a-9d61-de63010d7354";

/// What is told of a game.
#[derive(Debug)]
pub struct Game {
    /// Its id.
    pub id: &'static str,
    /// Its name.
    pub title: &'static str,
    description: &'static str,
    reference: &'static str,
    tags: &'static [&'static str],
    /// How many players it takes at least.
    pub min_players: usize,
    /// And at most.
    pub max_players: usize,
}

/// All of them: only one is played here.
pub const GAMES: [Game; 1] = [Game {
    id: TIC_TAC_TOE,
    title: "Tic-Tac-Toe",
    description: "The player who succeeds in placing three of their marks in a horizontal, \
                  vertical, or diagonal row is the winner.",
    reference: "https://en.wikipedia.org/wiki/Tic-tac-toe",
    tags: &["1v1", "perfect_information", "turn-based"],
    min_players: 2,
    max_players: 2,
}];

/// The game of that id.
pub fn game(id: &str) -> Result<&'static Game, Failure> {
    GAMES
        .iter()
        .find(|game| game.id == id)
        .ok_or_else(|| Failure::argument(format!("No game registered for id={id}")))
}

/// Answers `GET /games`.
pub fn search(query: &Query) -> Result<Value, Failure> {
    let id = query::optional_uuid(query, "game_id")?;
    let at_least = query::optional_number(query, "min_players")?;
    let at_most = query::optional_number(query, "max_players")?;
    let title = match query.get("title_regex") {
        None => None,
        // Java's matcher wants the whole title.
        Some(text) => match Regex::new(&format!("^(?:{text})$")) {
            Ok(regex) => Some(regex),
            Err(_) => return Err(Failure::argument(format!("Invalid `title_regex`: {text}"))),
        },
    };
    // Several tags must all be there; the documented comma isn't implemented.
    let tags = query.all("tag");
    let fits = |game: &&Game| {
        id.as_ref().is_none_or(|id| id == game.id)
            && at_least.is_none_or(|n| game.min_players as i64 >= n)
            && at_most.is_none_or(|n| game.max_players as i64 <= n)
            && title
                .as_ref()
                .is_none_or(|regex| regex.is_match(game.title))
            && tags.iter().all(|tag| game.tags.contains(tag))
    };
    Ok(GAMES.iter().filter(fits).map(Game::to_json).collect())
}

/// Answers `GET /public/metadata`.
pub fn metadata() -> Value {
    json!({
        "tags": {
            "optimization": "Players looks for the best solution to a problem",
            "1v1": "Two players play against each other",
            "perfect_information": "Every player sees everything",
        },
    })
}

impl Game {
    fn to_json(&self) -> Value {
        json!({
            "gameId": self.id,
            "title": self.title,
            "shortDescription": self.description,
            "icon": null,
            "references": [self.reference],
            "tags": self.tags,
            "pace": null,
            "minPlayers": self.min_players,
            "maxPlayers": self.max_players,
        })
    }
}
