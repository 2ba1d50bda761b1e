//! A player's scores, and what changes them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::design::{Design, Kind, Metric, Named, Term, Verb};

/// One score.
#[derive(Clone, Debug, PartialEq)]
pub enum Score {
    /// Of a point or compound metric.
    Number(i64),
    /// Of a state metric: its id.
    State(&'static str),
    /// Of a set metric: item id to count.
    Set(BTreeMap<&'static str, i64>),
}

/// The scores by metric id. A metric without a score isn't in it.
pub type Scores = BTreeMap<&'static str, Score>;

/// What is added, removed or set.
#[derive(Clone, Debug, PartialEq)]
pub enum Gain {
    /// For a point metric.
    Number(i64),
    /// For a state metric: its id.
    State(&'static str),
    /// For a set metric: item id and count.
    Items(Vec<(&'static str, i64)>),
}

/// Applies a gain. Gives the entry for an event's `changes`; nothing if gain
/// and metric don't fit.
pub fn apply(
    scores: &mut Scores,
    metric: &'static Metric,
    verb: Verb,
    gain: &Gain,
) -> Option<Value> {
    let id = metric.named.id;
    let delta = match (&metric.kind, gain) {
        (Kind::Point(min), Gain::Number(by)) => {
            let old = number(scores, id);
            let new = combine(verb, old.unwrap_or(0), *by).max(min.unwrap_or(i64::MIN));
            scores.insert(id, Score::Number(new));
            delta(old.map(|n| n.to_string()), Some(new.to_string()))
        }
        (Kind::State(states), Gain::State(new)) => {
            let old = match scores.insert(id, Score::State(new)) {
                Some(Score::State(old)) => name_of(states, old),
                _ => None,
            };
            delta(old, name_of(states, new))
        }
        (Kind::Set(items), Gain::Items(by)) => {
            let Score::Set(counts) = scores
                .entry(id)
                .or_insert_with(|| Score::Set(BTreeMap::new()))
            else {
                return None;
            };
            change_items(counts, items, verb, by)
        }
        _ => return None,
    };
    Some(change(metric, delta))
}

fn change_items(
    counts: &mut BTreeMap<&'static str, i64>,
    items: &'static [Named],
    verb: Verb,
    by: &[(&'static str, i64)],
) -> Value {
    let mut deltas = Map::new();
    for (item, by) in by {
        let old = counts.get(item).copied();
        let new = combine(verb, old.unwrap_or(0), *by).max(0);
        counts.insert(item, new);
        if let Some(name) = name_of(items, item) {
            deltas.insert(
                name,
                delta(old.map(|n| n.to_string()), Some(new.to_string())),
            );
        }
    }
    Value::Object(deltas)
}

fn combine(verb: Verb, old: i64, by: i64) -> i64 {
    match verb {
        Verb::Add => old.saturating_add(by),
        Verb::Remove => old.saturating_sub(by),
        Verb::Set => by,
    }
}

fn name_of(list: &'static [Named], id: &str) -> Option<String> {
    list.iter().find(|n| n.id == id).map(|n| n.name.to_owned())
}

fn delta(old: Option<String>, new: Option<String>) -> Value {
    json!({ "old": old, "new": new })
}

fn change(metric: &Metric, delta: Value) -> Value {
    json!({ "metric": metric.reference(), "delta": delta })
}

/// The score of a point or compound metric.
pub fn number(scores: &Scores, metric: &str) -> Option<i64> {
    match scores.get(metric) {
        Some(Score::Number(n)) => Some(*n),
        _ => None,
    }
}

/// All scores of point and compound metrics.
pub fn numbers(scores: &Scores) -> BTreeMap<&'static str, i64> {
    scores
        .iter()
        .filter_map(|(id, score)| match score {
            Score::Number(n) => Some((*id, *n)),
            _ => None,
        })
        .collect()
}

/// Works out the compounds anew. Gives an entry for each that changed.
pub fn settle_compounds(design: &Design, scores: &mut Scores) -> Vec<Value> {
    let mut changes = Vec::new();
    for metric in design.metrics {
        let Kind::Compound(formula) = metric.kind else {
            continue;
        };
        let known = formula.terms.iter().any(|t| scores.contains_key(t.metric));
        let old = number(scores, metric.named.id);
        let new = formula.terms.iter().fold(0_i64, |sum, term| {
            sum.saturating_add(term.factor.saturating_mul(worth(term, scores)))
        });
        if known && old != Some(new) {
            scores.insert(metric.named.id, Score::Number(new));
            let delta = delta(old.map(|n| n.to_string()), Some(new.to_string()));
            changes.push(change(metric, delta));
        }
    }
    changes
}

fn worth(term: &Term, scores: &Scores) -> i64 {
    match (scores.get(term.metric), term.item) {
        (Some(Score::Number(n)), _) => *n,
        (Some(Score::Set(counts)), Some(item)) => counts.get(item).copied().unwrap_or(0),
        (Some(Score::Set(counts)), None) => {
            counts.values().fold(0, |a: i64, b| a.saturating_add(*b))
        }
        (Some(Score::State(_)) | None, _) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::design::island::DESIGN;

    fn metric(id: &str) -> &'static Metric {
        DESIGN.metric(id).unwrap()
    }

    #[test]
    fn the_first_reward_ever_has_no_old() {
        let mut scores = Scores::new();
        let change = apply(&mut scores, metric("points"), Verb::Add, &Gain::Number(4)).unwrap();
        assert_eq!(change["delta"], json!({ "old": null, "new": "4" }));
        let change = apply(
            &mut scores,
            metric("points"),
            Verb::Remove,
            &Gain::Number(9),
        )
        .unwrap();
        assert_eq!(change["delta"], json!({ "old": "4", "new": "-5" }));
    }

    #[test]
    fn bounds_hold_and_sums_never_overflow() {
        let mut scores = Scores::new();
        apply(&mut scores, metric("coins"), Verb::Remove, &Gain::Number(5));
        assert_eq!(number(&scores, "coins"), Some(0));
        apply(
            &mut scores,
            metric("coins"),
            Verb::Set,
            &Gain::Number(i64::MAX),
        );
        apply(
            &mut scores,
            metric("coins"),
            Verb::Add,
            &Gain::Number(i64::MAX),
        );
        assert_eq!(number(&scores, "coins"), Some(i64::MAX));
        settle_compounds(&DESIGN, &mut scores);
        assert_eq!(number(&scores, "total"), Some(i64::MAX));
    }

    #[test]
    fn sets_are_told_by_item_name() {
        let mut scores = Scores::new();
        let gain = Gain::Items(vec![("storyteller", 2), ("early_bird", 1)]);
        let change = apply(&mut scores, metric("badges"), Verb::Add, &gain).unwrap();
        let expected = json!({
            "Storyteller": { "old": null, "new": "2" },
            "Early Bird": { "old": null, "new": "1" },
        });
        assert_eq!(change["delta"], expected);
        assert_eq!(settle_compounds(&DESIGN, &mut scores).len(), 1);
        assert_eq!(number(&scores, "total"), Some(75));
        assert!(
            settle_compounds(&DESIGN, &mut scores).is_empty(),
            "nothing changed"
        );
    }

    #[test]
    fn a_gain_of_another_type_changes_nothing() {
        let mut scores = Scores::new();
        for id in ["level", "badges", "total"] {
            assert_eq!(
                apply(&mut scores, metric(id), Verb::Add, &Gain::Number(1)),
                None
            );
        }
        let Some(Score::Set(counts)) = scores.get("badges") else {
            assert!(scores.is_empty());
            return;
        };
        assert!(counts.is_empty());
    }
}
