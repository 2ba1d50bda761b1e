//! Playing an action, and changing scores by hand.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Game;
use super::actions::{check_variables, find};
use super::design::{Action, Amount, Kind, METRICS, Metric, Reward, Verb};
use super::ledger::Entity;
use super::players::Plays;
use super::rules;
use super::scores::{Gain, Scores, apply, numbers, settle_compounds};
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
        let scopes = match body.get("scopes") {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(list)) => list.iter().map(scope).collect::<Result<_, _>>()?,
            Some(_) => return Err(Envelope::validation("scopes", "must be an array")),
        };
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
            scopes,
            count,
        })
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

/// The events of one play.
struct Events {
    local: Vec<Value>,
    global: Vec<Value>,
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
        let action = find(action)?;
        let vars = check_variables(action, &play.variables)?;
        let scopes = self.scope_entities(&play.scopes)?;
        self.count_play(player, action, play.count, now)?;

        let before = self.player(player)?.scores.clone();
        let scores = &mut self.player_mut(player)?.scores;
        let mut changes = Vec::new();
        for reward in action.rewards {
            changes.extend(give(scores, reward, &vars, play.count, entropy));
        }
        let details = json!({
            "action": { "id": action.named.id, "name": action.named.name, "vars": vars },
            "count": play.count,
            "scopes": play.scopes.iter()
                .map(|(id, entity)| json!({ "id": id, "entity_id": entity }))
                .collect::<Vec<_>>(),
        });
        let events = self.settle(player, "action", details, changes, now)?;
        self.book(player, &before, &scopes, now)?;
        Ok(json!({
            "actions": self.actions(player)?,
            "events": { "local": events.local, "global": events.global },
        }))
    }

    /// Changes scores by hand, as an admin does.
    pub fn change_scores(
        &mut self,
        player: &str,
        rewards: &[(&'static Metric, Verb, Gain)],
        now: i64,
    ) -> Result<(), Envelope> {
        let found = self.player_mut(player)?;
        let before = found.scores.clone();
        let changes = rewards
            .iter()
            .filter_map(|(metric, verb, gain)| apply(&mut found.scores, metric, *verb, gain))
            .collect();
        let details = json!({ "player": { "id": found.id, "alias": found.alias } });
        self.settle(player, "score", details, changes, now)?;
        self.book(player, &before, &[], now)
    }

    fn scope_entities(
        &self,
        scopes: &[(String, String)],
    ) -> Result<Vec<(String, Entity)>, Envelope> {
        let entity = |id: &String| match self.players.contains_key(id) {
            true => Ok(Entity::Player(id.clone())),
            false if self.teams.contains_key(id) => Ok(Entity::Team(id.clone())),
            false => Err(Envelope::validation(
                "scopes",
                &format!("there is no player or team '{id}'"),
            )),
        };
        scopes
            .iter()
            .map(|(scope, id)| Ok((scope.clone(), entity(id)?)))
            .collect()
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
                        "The action '{}' can only be played {limit} time(s) per {} cycle",
                        action.named.id,
                        cycle.name()
                    ),
                ));
            }
            plays.in_cycle += count;
        }
        plays.count += count;
        Ok(())
    }

    /// Adds the compounds to the first event, lets the rules look, writes the
    /// feed. All events of one play share its timestamp.
    fn settle(
        &mut self,
        player: &str,
        name: &str,
        mut details: Value,
        mut changes: Vec<Value>,
        now: i64,
    ) -> Result<Events, Envelope> {
        let found = self.player_mut(player)?;
        let alias = found.alias.clone();
        changes.extend(settle_compounds(&mut found.scores));
        let fired = rules::run(&mut found.scores);
        details["changes"] = changes.into();
        let who = (player, alias.as_str());
        let mut local = vec![self.feed.write(now, who, false, name, details)];
        let rules = fired.len();
        for rule in fired {
            let details = json!({ "changes": rule.changes, "rule": { "id": rule.rule } });
            local.push(self.feed.write(now, who, true, rule.event, details));
        }
        let global = self.feed.latest_public(rules);
        Ok(Events { local, global })
    }

    fn book(
        &mut self,
        player: &str,
        before: &Scores,
        scopes: &[(String, Entity)],
        now: i64,
    ) -> Result<(), Envelope> {
        let earned = earned(before, &self.player(player)?.scores);
        let own = Entity::Player(player.to_owned());
        self.ledgers.book(None, &own, now, &earned);
        for team in self.teams.values() {
            if team.members.iter().any(|(id, _)| id == player) {
                let entity = Entity::Team(team.id.clone());
                self.ledgers.book(None, &entity, now, &earned);
            }
        }
        for (scope, entity) in scopes {
            self.ledgers.book(Some(scope), entity, now, &earned);
        }
        Ok(())
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

fn give(
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
    apply(scores, Metric::find(reward.metric)?, reward.verb, &gain)
}

/// Reads the rewards of an admin's change: ids here, where reads have names.
pub fn read_rewards(
    body: &Map<String, Value>,
) -> Result<Vec<(&'static Metric, Verb, Gain)>, Envelope> {
    match body.get("rewards") {
        Some(Value::Array(list)) => list.iter().map(read_reward).collect(),
        _ => Err(Envelope::validation("rewards", "must be an array")),
    }
}

fn read_reward(entry: &Value) -> Result<(&'static Metric, Verb, Gain), Envelope> {
    let id = entry["metric"]["id"].as_str().unwrap_or_default();
    let metric = METRICS
        .iter()
        .find(|m| m.named.id == id)
        .ok_or_else(|| Envelope::validation("rewards.metric", "is not a metric of this game"))?;
    let verb = match entry["verb"].as_str() {
        Some("add") => Verb::Add,
        Some("remove") => Verb::Remove,
        Some("set") => Verb::Set,
        _ => {
            return Err(Envelope::validation(
                "rewards.verb",
                "must be add, remove or set",
            ));
        }
    };
    Ok((metric, verb, read_gain(metric, &entry["value"])?))
}

/// Reads a gain in the form that this metric's scores are written in.
pub fn read_gain(metric: &'static Metric, value: &Value) -> Result<Gain, Envelope> {
    let wrong = |message: &str| Envelope::validation("value", message);
    match metric.kind {
        Kind::Point(_) => number(value)
            .map(Gain::Number)
            .ok_or_else(|| wrong("must be a whole number or its text")),
        Kind::State(states) => states
            .iter()
            .find(|s| Some(s.id) == value.as_str())
            .map(|s| Gain::State(s.id))
            .ok_or_else(|| wrong("must be the id of a state")),
        Kind::Set(items) => {
            let given = value
                .as_object()
                .ok_or_else(|| wrong("must be an object of item id and count"))?;
            let item = |(id, count): (&String, &Value)| {
                let item = items.iter().find(|i| i.id == id);
                item.zip(number(count))
                    .map(|(item, count)| (item.id, count))
            };
            given
                .iter()
                .map(item)
                .collect::<Option<Vec<_>>>()
                .map(Gain::Items)
                .ok_or_else(|| wrong("has an unknown item or a count that is no number"))
        }
        Kind::Compound(_) => Err(wrong("a compound follows from other metrics")),
    }
}

fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Number(n) => n.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}
