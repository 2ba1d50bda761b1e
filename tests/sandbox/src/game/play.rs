//! Playing an action.

use serde_json::{Map, Value, json};

use super::Game;
use super::actions::check_variables;
use super::design::{Action, Amount, Design, Reward, Verb};
use super::ledger::Scope;
use super::players::Plays;
use super::scores::{Gain, Scores, apply};
use super::settle::{Booking, Happening};
use crate::codes::{Code, Envelope};
use crate::ids::Entropy;

/// How often an action may be played by one call.
const MAX_COUNT: u64 = 1_000;

/// What an action is played with.
#[derive(Debug)]
pub struct Play {
    /// Name to value.
    pub variables: Value,
    /// Custom scopes that the play is also booked on: scope id, entity id.
    pub scopes: Vec<(String, String)>,
    /// How often.
    pub count: u64,
}

impl Default for Play {
    fn default() -> Self {
        Self {
            variables: Value::Null,
            scopes: Vec::new(),
            count: 1,
        }
    }
}

impl Play {
    /// Reads the body; `count` may also stand in the query, as one client has it.
    pub fn read(body: &Map<String, Value>, count_in_query: Option<&str>) -> Result<Self, Envelope> {
        let count = match (body.get("count"), count_in_query) {
            (None | Some(Value::Null), None) => Some(1),
            (None | Some(Value::Null), Some(text)) => text.parse().ok(),
            (Some(value), _) => value.as_u64(),
        };
        let count = count
            .filter(|n| (1..=MAX_COUNT).contains(n))
            .ok_or_else(|| {
                Envelope::validation("count", &format!("must be a number from 1 to {MAX_COUNT}"))
            })?;
        Ok(Self {
            variables: body.get("variables").cloned().unwrap_or_default(),
            scopes: read_scopes(body)?,
            count,
        })
    }
}

/// Reads the custom scopes that a play or a rule is also booked on.
pub fn read_scopes(body: &Map<String, Value>) -> Result<Vec<(String, String)>, Envelope> {
    match body.get("scopes") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(list)) => list.iter().map(scope).collect(),
        Some(_) => Err(Envelope::validation("scopes", "must be an array")),
    }
}

fn scope(value: &Value) -> Result<(String, String), Envelope> {
    match (value["id"].as_str(), value["entity_id"].as_str()) {
        (Some(id), Some(entity)) if !id.is_empty() && !entity.is_empty() => {
            Ok((id.to_owned(), entity.to_owned()))
        }
        _ => Err(Envelope::validation(
            "scopes",
            "each must have the strings id and entity_id",
        )),
    }
}

impl Game {
    /// Plays an action: `{actions, events: {local, global}}`.
    pub fn play(
        &mut self,
        player: &str,
        action: &str,
        play: &Play,
        now: i64,
        entropy: &mut Entropy,
    ) -> Result<Value, Envelope> {
        self.player(player)?;
        let action = self.action(action)?;
        let vars = check_variables(action.variables, &play.variables)?;
        let bookings = self.bookings(&play.scopes)?;
        self.count_play(player, action, play.count, now)?;

        let happening = Happening {
            name: "action",
            details: json!({
                "action": { "id": action.named.id, "name": action.named.name, "vars": vars },
                "count": play.count,
                "scopes": echo(&play.scopes),
            }),
            by_player: true,
        };
        let (design, count) = (self.design, play.count);
        let events = self.change(player, happening, &bookings, now, |scores| {
            give(design, scores, action.rewards, &vars, count, entropy)
        })?;
        Ok(json!({ "actions": self.actions(player)?, "events": events.to_json() }))
    }

    /// Where a play with these scopes is booked besides the game.
    pub fn bookings(&self, scopes: &[(String, String)]) -> Result<Vec<Booking>, Envelope> {
        let booking = |(scope, id): &(String, String)| {
            let entity = self.entity(id).ok_or_else(|| {
                Envelope::validation("scopes", &format!("there is no player or team '{id}'"))
            })?;
            Ok((Scope::Custom(scope.clone()), entity))
        };
        scopes.iter().map(booking).collect()
    }

    fn count_play(
        &mut self,
        player: &str,
        action: &'static Action,
        count: u64,
        now: i64,
    ) -> Result<(), Envelope> {
        let player = self.player_mut(player)?;
        let plays = player.plays.entry(action.named.id).or_default();
        if let Some((limit, cycle)) = action.limit {
            let start = cycle.start(now);
            if plays.cycle_start != start {
                *plays = Plays {
                    count: plays.count,
                    cycle_start: start,
                    in_cycle: 0,
                };
            }
            if plays.in_cycle + count > limit {
                return Err(Envelope::new(
                    Code::RateLimitExceeded,
                    format!(
                        "The Action '{}' can only be triggered {limit} times every {}",
                        action.named.id,
                        cycle.unit()
                    ),
                ));
            }
            plays.in_cycle += count;
        }
        plays.count += count;
        Ok(())
    }
}

/// The scopes as an event tells of them.
pub fn echo(scopes: &[(String, String)]) -> Value {
    let entry = |(id, entity): &(String, String)| json!({ "id": id, "entity_id": entity });
    scopes.iter().map(entry).collect()
}

/// Gives all rewards; an entry of `changes` for each.
pub fn give(
    design: &Design,
    scores: &mut Scores,
    rewards: &[Reward],
    vars: &Map<String, Value>,
    count: u64,
    entropy: &mut Entropy,
) -> Vec<Value> {
    let each = |reward| give_one(design, scores, reward, vars, count, entropy);
    rewards.iter().filter_map(each).collect()
}

fn give_one(
    design: &Design,
    scores: &mut Scores,
    reward: &Reward,
    vars: &Map<String, Value>,
    count: u64,
    entropy: &mut Entropy,
) -> Option<Value> {
    let hits = (0..count)
        .filter(|_| reward.probability >= 1.0 || entropy.fraction() < reward.probability)
        .count();
    if hits == 0 {
        return None;
    }
    let times = match reward.verb {
        Verb::Set => 1,
        Verb::Add | Verb::Remove => i64::try_from(hits).unwrap_or(i64::MAX),
    };
    let gain = match &reward.amount {
        Amount::Number(n) => Gain::Number(n.saturating_mul(times)),
        Amount::Variable(name, factor) => {
            let value = vars.get(*name).and_then(Value::as_i64)?;
            Gain::Number(value.saturating_mul(*factor).saturating_mul(times))
        }
        Amount::Items(items) => {
            let times = |(id, n): &(&'static str, i64)| (*id, n.saturating_mul(times));
            Gain::Items(items.iter().map(times).collect())
        }
    };
    apply(scores, design.metric(reward.metric)?, reward.verb, &gain)
}
