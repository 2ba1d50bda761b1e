//! What follows from a change of scores: compounds, rules, feeds,
//! notifications and the ledgers.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::Game;
use super::feed::Event;
use super::gains::Given;
use super::ledger::{Entity, Scope};
use super::rules;
use super::scores::{Scores, apply, numbers, settle_compounds};
use crate::codes::Envelope;

/// A custom scope, and for whom it is booked there.
pub type Booking = (Scope, Entity);

/// What changes scores, as its event tells of it.
#[derive(Debug)]
pub struct Happening<'a> {
    /// The event's name.
    pub name: &'a str,
    /// Its fields besides the common ones and `changes`.
    pub details: Value,
    /// Whether the player did it. An admin's change has no actor.
    pub by_player: bool,
}

/// The events of one change.
#[derive(Debug)]
pub struct Events {
    /// Those of the player.
    pub local: Vec<Value>,
    /// Those that everyone reads of.
    pub global: Vec<Value>,
}

impl Events {
    /// `{local, global}`.
    pub fn to_json(&self) -> Value {
        json!({ "local": self.local, "global": self.global })
    }
}

impl Game {
    /// Changes a player's scores, and lets everything follow from it. All
    /// events of one change share its timestamp.
    pub fn change(
        &mut self,
        player: &str,
        happening: Happening,
        bookings: &[Booking],
        now: i64,
        change: impl FnOnce(&mut Scores) -> Vec<Value>,
    ) -> Result<Events, Envelope> {
        let design = self.design;
        let found = self.player_mut(player)?;
        let before = found.scores.clone();
        let mut changes = change(&mut found.scores);
        changes.extend(settle_compounds(design, &mut found.scores));
        let fired = rules::run(design, &mut found.scores);
        let earned = earned(&before, &found.scores);
        let alias = found.alias.clone();

        let actor = Some((player, alias.as_str()));
        let mut details = happening.details;
        details["changes"] = changes.into();
        let event = self.feed.write(Event {
            at: now,
            name: happening.name,
            details,
            player: Some(player),
            actor: actor.filter(|_| happening.by_player),
            teams: Vec::new(),
            public: false,
        });
        if !happening.by_player {
            self.tell(player, &event, now);
        }
        let mut local = vec![event];
        let mut global = Vec::new();
        let teams = self.teams_of(player);
        let mates = self.mates(player, &teams);
        for rule in fired {
            let event = self.feed.write(Event {
                at: now,
                name: rule.event,
                details: json!({ "changes": rule.changes, "rule": { "id": rule.rule } }),
                player: Some(player),
                actor,
                teams: teams.clone(),
                public: true,
            });
            self.tell(player, &event, now);
            for mate in &mates {
                self.tell(mate, &event, now);
            }
            local.push(event.clone());
            global.push(event);
        }
        self.book(player, &teams, bookings, now, &earned);
        Ok(Events { local, global })
    }

    /// Changes scores by hand, as an admin does.
    pub fn change_scores(
        &mut self,
        player: &str,
        rewards: &[Given],
        now: i64,
    ) -> Result<(), Envelope> {
        let happening = Happening {
            name: "score",
            details: json!({ "player": self.player(player)?.reference() }),
            by_player: false,
        };
        self.change(player, happening, &[], now, |scores| {
            let each = |(metric, verb, gain): &Given| apply(scores, metric, *verb, gain);
            rewards.iter().filter_map(each).collect()
        })?;
        Ok(())
    }

    /// The same without a word in any feed: for players by the thousand.
    pub fn set_scores_silently(
        &mut self,
        player: &str,
        rewards: &[Given],
        now: i64,
    ) -> Result<(), Envelope> {
        let design = self.design;
        let found = self.player_mut(player)?;
        let before = found.scores.clone();
        for (metric, verb, gain) in rewards {
            apply(&mut found.scores, metric, *verb, gain);
        }
        settle_compounds(design, &mut found.scores);
        rules::run(design, &mut found.scores);
        let earned = earned(&before, &found.scores);
        let teams = self.teams_of(player);
        self.book(player, &teams, &[], now, &earned);
        Ok(())
    }

    /// Makes an event a notification. Which events the real service tells
    /// players of isn't recorded: here of levels and achievements of their own
    /// and of their team mates, of what an admin did to their scores, and of
    /// what happens to their teams.
    pub fn tell(&mut self, player: &str, event: &Value, now: i64) {
        if let Value::Object(event) = event {
            self.notifications.notify(player, event.clone(), now);
        }
    }

    fn book(
        &mut self,
        player: &str,
        teams: &[String],
        bookings: &[Booking],
        now: i64,
        earned: &BTreeMap<&'static str, i64>,
    ) {
        let own = Entity::Player(player.to_owned());
        self.ledgers.book(Scope::Game, &own, now, earned);
        for id in teams {
            let team = Entity::Team(id.clone());
            self.ledgers.book(Scope::Game, &team, now, earned);
            let within = Scope::Team(id.clone());
            self.ledgers.book(within, &own, now, earned);
        }
        for (scope, entity) in bookings {
            self.ledgers.book(scope.clone(), entity, now, earned);
        }
    }
}

fn earned(before: &Scores, after: &Scores) -> BTreeMap<&'static str, i64> {
    let before = numbers(before);
    numbers(after)
        .into_iter()
        .filter_map(|(id, new)| {
            let old = before.get(id).copied();
            (old != Some(new)).then(|| (id, new.saturating_sub(old.unwrap_or(0))))
        })
        .collect()
}
