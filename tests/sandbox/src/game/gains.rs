//! Reading what an admin gives: ids here, where reads have names.

use serde_json::{Map, Value};

use super::design::{Design, Kind, Metric, Verb};
use super::scores::Gain;
use crate::codes::Envelope;

/// A metric, what is done with its score, and with how much.
pub type Given = (&'static Metric, Verb, Gain);

/// Reads the rewards of an admin's change.
pub fn read_rewards(design: &Design, body: &Map<String, Value>) -> Result<Vec<Given>, Envelope> {
    match body.get("rewards") {
        Some(Value::Array(list)) => list.iter().map(|r| read_reward(design, r)).collect(),
        _ => Err(Envelope::validation("rewards", "must be an array")),
    }
}

fn read_reward(design: &Design, entry: &Value) -> Result<Given, Envelope> {
    let id = entry["metric"]["id"].as_str().unwrap_or_default();
    let metric = design
        .metric(id)
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
