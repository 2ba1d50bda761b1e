//! Metrics: what is counted.

use serde_json::{Value, json};

use super::Named;

/// A metric.
#[derive(Debug, PartialEq)]
pub struct Metric {
    /// Id, name and description.
    pub named: Named,
    /// Its type, with what that type needs.
    pub kind: Kind,
}

/// The type of a metric.
#[derive(Debug, PartialEq)]
pub enum Kind {
    /// A number, that may have a lower bound.
    Point(Option<i64>),
    /// Items, each with a count.
    Set(&'static [Named]),
    /// One of several states.
    State(&'static [Named]),
    /// The sum of other metrics.
    Compound(&'static Formula),
}

/// What a compound is worked out from.
#[derive(Debug, PartialEq)]
pub struct Formula {
    /// As the metric's definition shows it.
    pub text: &'static str,
    /// What is summed up.
    pub terms: &'static [Term],
}

/// One part of a sum.
#[derive(Debug, PartialEq)]
pub struct Term {
    /// How often it counts.
    pub factor: i64,
    /// The metric's id.
    pub metric: &'static str,
    /// The one item of a set that counts; without it all of them do.
    pub item: Option<&'static str>,
}

impl Metric {
    /// The type's name on the wire.
    pub fn type_name(&self) -> &'static str {
        match self.kind {
            Kind::Point(_) => "point",
            Kind::Set(_) => "set",
            Kind::State(_) => "state",
            Kind::Compound(_) => "compound",
        }
    }

    /// The name of a state.
    pub fn state_name(&self, id: &str) -> Option<&'static str> {
        match self.kind {
            Kind::State(states) => states.iter().find(|s| s.id == id).map(|s| s.name),
            _ => None,
        }
    }

    /// `{id, name, type}`, as scores, rewards and boards refer to it.
    pub fn reference(&self) -> Value {
        json!({ "id": self.named.id, "name": self.named.name, "type": self.type_name() })
    }
}

/// The metric's definition as `/runtime/definitions/metrics` lists it.
pub fn definition(metric: &Metric) -> Value {
    let mut entry = metric.reference();
    if !metric.named.description.is_empty() {
        entry["description"] = metric.named.description.into();
    }
    match metric.kind {
        Kind::Point(_) => {}
        Kind::Set(items) => entry["items"] = by_name(items),
        Kind::State(states) => entry["states"] = by_name(states),
        Kind::Compound(formula) => entry["formula"] = formula.text.into(),
    }
    entry
}

fn by_name(items: &[Named]) -> Value {
    items
        .iter()
        .map(|i| (i.name.to_owned(), json!({ "description": i.description })))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
