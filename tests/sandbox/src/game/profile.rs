//! The profile, as `/runtime/player` shows it.

use serde_json::{Map, Value, json};

use super::Game;
use super::design::{Design, Kind, Metric, Named};
use super::rules::level_meta;
use super::scores::{Score, Scores};
use crate::codes::Envelope;
use crate::time::iso;

impl Game {
    /// The player's profile. `detailed` also lists set items not yet earned.
    pub fn profile(&self, id: &str, detailed: bool) -> Result<Value, Envelope> {
        let player = self.player(id)?;
        let teams: Vec<Value> = self
            .teams
            .values()
            .filter_map(|team| team.membership(id))
            .collect();
        let mut profile = json!({
            "id": player.id,
            "alias": player.alias,
            "enabled": true,
            "created": iso(player.created),
            "scores": score_list(self.design, &player.scores, detailed),
            "teams": teams,
        });
        if let Some(email) = &player.email {
            profile["email"] = email.as_str().into();
        }
        Ok(profile)
    }
}

fn score_list(design: &Design, scores: &Scores, detailed: bool) -> Vec<Value> {
    design
        .metrics
        .iter()
        .filter_map(|metric| {
            let score = scores.get(metric.named.id)?;
            let mut entry = json!({
                "metric": metric.reference(),
                "value": value(metric, score, detailed),
            });
            if let Some(rule) = design.level_rule(metric.named.id) {
                entry["meta"] = level_meta(design, rule, scores)?;
            }
            Some(entry)
        })
        .collect()
}

fn value(metric: &Metric, score: &Score, detailed: bool) -> Value {
    match (&metric.kind, score) {
        (Kind::Set(items), Score::Set(counts)) => items
            .iter()
            .map(|item| (item, counts.get(item.id).copied().unwrap_or(0)))
            .filter(|(_, count)| detailed || *count > 0)
            .map(|(item, count)| {
                json!({
                    "name": item.name,
                    "description": item.description,
                    "count": count.to_string(),
                })
            })
            .collect(),
        (Kind::State(states), Score::State(id)) => match find(states, id) {
            Some(state) => json!({ "name": state.name, "description": state.description }),
            None => Value::Null,
        },
        (_, Score::Number(n)) => n.to_string().into(),
        _ => Value::Null,
    }
}

fn find(list: &'static [Named], id: &str) -> Option<&'static Named> {
    list.iter().find(|n| n.id == id)
}

/// A profile, or anything with `scores`, as v1 has it: a set's value is an object by item name.
pub fn to_v1(mut profile: Value) -> Value {
    let scores = profile["scores"].as_array_mut().into_iter().flatten();
    for score in scores.filter(|s| s["metric"]["type"] == "set") {
        let by_name = score["value"].as_array_mut().into_iter().flatten();
        score["value"] = by_name
            .filter_map(|item| {
                let name = item["name"].as_str()?.to_owned();
                item.as_object_mut()?.remove("name");
                Some((name, item.take()))
            })
            .collect::<Map<_, _>>()
            .into();
    }
    profile
}
