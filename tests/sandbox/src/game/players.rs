//! Players: how they are made, found, changed and removed.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Game;
use super::ledger::Entity;
use super::scores::Scores;
use crate::codes::{Code, Envelope, detail};
use crate::fields;
use crate::multipart::File;

/// A player.
#[derive(Debug, Default)]
pub struct Player {
    /// The id.
    pub id: String,
    /// The name that others see.
    pub alias: String,
    /// The mail address, if one was given.
    pub email: Option<String>,
    /// When it was created, in Unix milliseconds.
    pub created: i64,
    /// Whether there is a picture of it.
    pub has_image: bool,
    /// The picture, where one was uploaded.
    pub image: Option<File>,
    /// The scores.
    pub scores: Scores,
    /// Plays by action id.
    pub plays: BTreeMap<&'static str, Plays>,
}

impl Player {
    /// `{id, alias}`, as lists and events refer to it.
    pub fn reference(&self) -> Value {
        json!({ "id": self.id, "alias": self.alias })
    }
}

/// How often an action was played.
#[derive(Clone, Copy, Debug, Default)]
pub struct Plays {
    /// Since ever.
    pub count: u64,
    /// The start of the limit's cycle that the last play was in.
    pub cycle_start: i64,
    /// Since then.
    pub in_cycle: u64,
}

/// What a new player is made of.
#[derive(Debug)]
pub struct NewPlayer {
    /// The id.
    pub id: String,
    /// The alias.
    pub alias: String,
    /// The mail address.
    pub email: Option<String>,
}

impl NewPlayer {
    /// Reads a creation's body.
    pub fn read(body: &Map<String, Value>) -> Result<Self, Envelope> {
        let mut errors = Vec::new();
        let id = text(body, "id", true, &mut errors);
        let alias = text(body, "alias", true, &mut errors);
        let email = text(body, "email", false, &mut errors);
        match (id, alias) {
            (Some(id), Some(alias)) if errors.is_empty() => Ok(Self { id, alias, email }),
            _ => Err(Envelope::validations(errors)),
        }
    }
}

/// A filled string; what is wrong with it joins what else is.
fn text(
    body: &Map<String, Value>,
    field: &str,
    required: bool,
    errors: &mut Vec<Value>,
) -> Option<String> {
    let read = match required {
        true => fields::needed(body, field).map(Some),
        false => fields::text(body, field),
    };
    let text = read.unwrap_or_else(|wrong| {
        errors.push(wrong.0);
        None
    });
    text.map(str::to_owned)
}

impl Game {
    /// Creates a player. The answer has the recorded peculiarities of a fresh
    /// one: `scores` and `teams` are empty objects, `bootstrap` is true.
    pub fn create_player(&mut self, new: NewPlayer, now: i64) -> Result<Value, Envelope> {
        if self.players.contains_key(&new.id) {
            return Err(Envelope::new(
                Code::PlayerExists,
                format!("A player with ID '{}' already exists", new.id),
            ));
        }
        let player = Player {
            id: new.id.clone(),
            alias: new.alias,
            email: new.email,
            created: now,
            ..Player::default()
        };
        self.players.insert(new.id.clone(), player);
        let mut profile = self.profile(&new.id, false)?;
        profile["scores"] = json!({});
        profile["teams"] = json!({});
        profile["bootstrap"] = true.into();
        Ok(profile)
    }

    /// Changes alias and email: nothing else may be changed.
    pub fn update_player(&mut self, id: &str, body: &Map<String, Value>) -> Result<(), Envelope> {
        let mut errors: Vec<Value> = body
            .keys()
            .filter(|k| !matches!(k.as_str(), "alias" | "email"))
            .map(|k| detail(k, "can't be changed"))
            .collect();
        let alias = text(body, "alias", false, &mut errors);
        let email = text(body, "email", false, &mut errors);
        if !errors.is_empty() {
            return Err(Envelope::validations(errors));
        }
        let player = self.player_mut(id)?;
        if let Some(alias) = alias {
            player.alias = alias;
        }
        if email.is_some() {
            player.email = email;
        }
        Ok(())
    }

    /// Removes a player with everything of theirs.
    pub fn delete_player(&mut self, id: &str) -> Result<(), Envelope> {
        self.player(id)?;
        self.players.remove(id);
        for team in self.teams.values_mut() {
            team.members.retain(|(member, _)| member != id);
        }
        self.processes.retain(|_, process| process.owner != id);
        self.strike(id);
        Ok(())
    }

    /// Sets a player back to the beginning: no scores, plays or events.
    pub fn reset_player(&mut self, id: &str) -> Result<(), Envelope> {
        let player = self.player_mut(id)?;
        player.scores.clear();
        player.plays.clear();
        self.strike(id);
        Ok(())
    }

    fn strike(&mut self, id: &str) {
        self.feed.forget(id);
        self.notifications.forget(id);
        self.ledgers.forget(&Entity::Player(id.to_owned()));
    }
}
