//! Contests.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::failure::Failure;
use super::games::{self, Game};
use super::tic_tac_toe::Board;
use super::watch::Happening;
use super::{Kumite, accounts, query};
use crate::http::{Query, Request};
use crate::ids::Entropy;
use crate::time::iso;

/// A contest.
#[derive(Debug)]
pub struct Contest {
    /// Its id.
    pub id: String,
    /// The game that is played.
    pub game: &'static Game,
    about: About,
    /// Its board.
    pub board: Board,
    /// Changes whenever the board does.
    pub state_id: String,
    /// Whether it was ended from outside the game: by an error, that is.
    pub forced_over: bool,
    /// The accounts that look on.
    pub viewers: BTreeSet<String>,
    /// When the sandbox's player has its turn.
    pub due: Option<i64>,
    /// What happens by chance.
    pub dice: Entropy,
}

/// What its author said of it.
#[derive(Debug)]
struct About {
    name: String,
    author: String,
    created: i64,
    min_players: usize,
    max_players: usize,
    timeout: Value,
}

impl Contest {
    /// Whether nobody can move any more.
    pub fn is_over(&self) -> bool {
        self.forced_over || self.board.is_over()
    }

    /// Whether there is a place for another player. A contest that was ended
    /// from outside has one, too: the real server says so.
    pub fn accepts(&self) -> bool {
        self.board.players().len() < self.about.max_players
    }

    /// Whether another player can really join.
    pub fn is_open(&self) -> bool {
        self.accepts() && !self.is_over()
    }

    fn requires(&self) -> bool {
        self.board.players().len() < self.about.min_players
    }

    /// What changes while it is played.
    pub fn dynamic_json(&self) -> Value {
        json!({
            "contenders": self.board.players(),
            "acceptingPlayers": self.accepts(),
            "requiringPlayers": self.requires(),
            "gameOver": self.is_over(),
        })
    }

    fn to_json(&self) -> Value {
        let about = &self.about;
        json!({
            "contestId": self.id,
            "constantMetadata": {
                "gameId": self.game.id,
                "name": about.name,
                "minPlayers": about.min_players,
                "maxPlayers": about.max_players,
                "author": about.author,
                "created": iso(about.created),
                "timeout": about.timeout,
            },
            "dynamicMetadata": self.dynamic_json(),
        })
    }
}

/// All contests, oldest first.
#[derive(Debug)]
pub struct Contests {
    list: Vec<Contest>,
    dice: Entropy,
}

impl Contests {
    /// None; their ids will grow from that number.
    pub fn new(seed: u64) -> Self {
        Self {
            list: Vec::new(),
            dice: Entropy::of_number(seed),
        }
    }

    /// From now on ids and chance grow from that number.
    pub fn sow(&mut self, seed: u64) {
        self.dice = Entropy::of_number(seed);
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Contest> {
        self.list.iter()
    }

    /// All of them, to be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Contest> {
        self.list.iter_mut()
    }

    /// The one of that id.
    pub fn get(&self, id: &str) -> Result<&Contest, Failure> {
        let found = self.list.iter().find(|c| c.id == id);
        found.ok_or_else(|| unknown(id))
    }

    /// The one of that id, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Result<&mut Contest, Failure> {
        let found = self.list.iter_mut().find(|c| c.id == id);
        found.ok_or_else(|| unknown(id))
    }

    fn open(&mut self, game: &'static Game, about: About) -> &Contest {
        let id = self.dice.uuid();
        let mut dice = Entropy::new(self.dice.draw());
        let at = self.list.len();
        self.list.push(Contest {
            id,
            game,
            about,
            board: Board::default(),
            state_id: dice.uuid(),
            forced_over: false,
            viewers: BTreeSet::new(),
            due: None,
            dice,
        });
        &self.list[at]
    }
}

fn unknown(id: &str) -> Failure {
    Failure::argument(format!("No contest for contestId={id}"))
}

impl Kumite {
    /// Answers `GET /contests`.
    pub fn search_contests(&self, query: &Query) -> Result<Value, Failure> {
        let id = query::optional_uuid(query, "contest_id")?;
        let game = query::optional_uuid(query, "game_id")?;
        let accepts = query::optional_flag(query, "accept_players");
        let requires = query::optional_flag(query, "requires_players");
        let over = query::optional_flag(query, "game_over");
        let fits = |contest: &&Contest| {
            id.as_ref().is_none_or(|id| *id == contest.id)
                && game.as_ref().is_none_or(|id| id == contest.game.id)
                && accepts.is_none_or(|wanted| wanted == contest.accepts())
                && requires.is_none_or(|wanted| wanted == contest.requires())
                && over.is_none_or(|wanted| wanted == contest.is_over())
        };
        let found = self.contests.iter().filter(fits);
        Ok(found.map(Contest::to_json).collect())
    }

    /// Answers `POST /contests`, and by the real server's mistake `DELETE`.
    pub fn open_contest(
        &mut self,
        request: &Request,
        account: &str,
        now: i64,
    ) -> Result<Value, Failure> {
        let game = games::game(&query::uuid(&request.query(), "game_id")?)?;
        let body: Value = serde_json::from_slice(&request.body)
            .map_err(|e| Failure::internal(format!("JSON decoding error: {e}")))?;
        let Some(raw) = body["constant_metadata"].as_object() else {
            return Err(Failure::internal("`constant_metadata` is null"));
        };
        let about = read_about(raw, game, account, now)?;
        Ok(self.opened(game, about))
    }

    fn opened(&mut self, game: &'static Game, about: About) -> Value {
        let contest = self.contests.open(game, about);
        let id = contest.id.clone();
        let shown = contest.to_json();
        self.watch.tell(Happening::ContestIsCreated, &id);
        shown
    }

    /// Opens a contest where there is none to join, as the real server does
    /// every now and then.
    pub fn keep_one_open(&mut self, now: i64) {
        if !self.settings.keep_open {
            return;
        }
        for game in &games::GAMES {
            let fits = |c: &Contest| c.game.id == game.id && c.is_open();
            if !self.contests.iter().any(fits) {
                let about = About {
                    name: format!("{} at the sandbox", game.title),
                    author: accounts::OPPONENT.to_owned(),
                    created: now,
                    min_players: game.min_players,
                    max_players: game.max_players,
                    timeout: Value::Null,
                };
                self.opened(game, about);
            }
        }
    }
}

const KNOWN: [&str; 6] = [
    "gameId",
    "name",
    "minPlayers",
    "maxPlayers",
    "author",
    "timeout",
];

fn read_about(
    raw: &Map<String, Value>,
    game: &Game,
    account: &str,
    now: i64,
) -> Result<About, Failure> {
    if raw.contains_key("created") {
        return Err(Failure::argument(
            "`created` must not be provided by the author",
        ));
    }
    let name = match raw.get("name") {
        None | Some(Value::Null) => return Err(Failure::internal("`name` is null")),
        Some(Value::String(name)) if name.is_empty() => {
            return Err(Failure::argument("The `name` must not be empty"));
        }
        Some(Value::String(name)) => name.clone(),
        Some(other) => other.to_string(),
    };
    if let Some(unknown) = raw.keys().find(|key| !KNOWN.contains(&key.as_str())) {
        return Err(Failure::argument(format!(
            "Unrecognized field \"{unknown}\""
        )));
    }
    let number = |field: &str, default: usize| match raw.get(field) {
        None => Ok(default),
        Some(value) => match value.as_u64() {
            Some(number) => Ok(usize::try_from(number).unwrap_or(usize::MAX)),
            None => Err(Failure::argument(format!("Invalid {field}: {value}"))),
        },
    };
    let min_players = number("minPlayers", game.min_players)?;
    let max_players = number("maxPlayers", game.max_players)?;
    if min_players < game.min_players {
        return Err(Failure::argument(format!(
            "Invalid minPlayers: {min_players}"
        )));
    }
    if max_players > game.max_players {
        return Err(Failure::argument(format!(
            "Invalid maxPlayers: {max_players}"
        )));
    }
    Ok(About {
        name,
        author: account.to_owned(),
        created: now,
        min_players,
        max_players,
        timeout: raw.get("timeout").cloned().unwrap_or(Value::Null),
    })
}
