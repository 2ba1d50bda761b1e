//! The rules: levels driven by points, badges given for them.

use serde_json::{Value, json};

use super::design::{Achievement, Design, LevelRule, Verb};
use super::scores::{Gain, Score, Scores, apply, number, settle_compounds};

/// What a rule did: an event yet without time and id.
#[derive(Debug)]
pub struct Fired {
    /// `level` or `achievement`.
    pub event: &'static str,
    /// The rule's id.
    pub rule: &'static str,
    /// What changed.
    pub changes: Vec<Value>,
}

/// Lets all rules look at the scores.
pub fn run(design: &Design, scores: &mut Scores) -> Vec<Fired> {
    let mut fired = Vec::new();
    fired.extend(
        design
            .levels
            .iter()
            .filter_map(|r| level(design, r, scores)),
    );
    fired.extend(achievements(design, scores));
    fired
}

/// The index of the level for that many points.
pub fn level_of(rule: &LevelRule, points: i64) -> usize {
    rule.levels
        .iter()
        .rposition(|(low, _)| points >= *low)
        .unwrap_or(0)
}

fn level(design: &Design, rule: &LevelRule, scores: &mut Scores) -> Option<Fired> {
    let points = number(scores, rule.base)?;
    let state = rule.levels[level_of(rule, points)].1;
    if scores.get(rule.metric) == Some(&Score::State(state)) {
        return None;
    }
    let metric = design.metric(rule.metric)?;
    let change = apply(scores, metric, Verb::Set, &Gain::State(state))?;
    Some(Fired {
        event: "level",
        rule: rule.id,
        changes: vec![change],
    })
}

fn achievements(design: &Design, scores: &mut Scores) -> Vec<Fired> {
    let mut fired = Vec::new();
    for rule in design.achievements {
        let reached = number(scores, rule.metric).is_some_and(|n| n >= rule.at_least);
        if !reached || is_given(scores, rule) {
            continue;
        }
        let gain = Gain::Items(vec![(rule.item, 1)]);
        let change = design
            .metric(rule.set)
            .and_then(|m| apply(scores, m, Verb::Add, &gain));
        let mut changes = Vec::from_iter(change);
        changes.extend(settle_compounds(design, scores));
        fired.push(Fired {
            event: "achievement",
            rule: rule.id,
            changes,
        });
    }
    fired
}

fn is_given(scores: &Scores, rule: &Achievement) -> bool {
    let Some(Score::Set(counts)) = scores.get(rule.set) else {
        return false;
    };
    counts.get(rule.item).is_some_and(|n| *n > 0)
}

/// The `meta` of a level: bounds, the next level's name, the base metric.
pub fn level_meta(design: &Design, rule: &LevelRule, scores: &Scores) -> Option<Value> {
    let Some(Score::State(state)) = scores.get(rule.metric) else {
        return None;
    };
    let at = rule.levels.iter().position(|(_, id)| id == state)?;
    let base = design.metric(rule.base)?;
    let mut meta = json!({
        "low": rule.levels[at].0.to_string(),
        "high": "Infinity",
        "base_metric": { "id": base.named.id, "name": base.named.name },
    });
    if let Some((low, next)) = rule.levels.get(at + 1) {
        meta["high"] = (low - 1).to_string().into();
        meta["next"] = design.metric(rule.metric)?.state_name(next).into();
    }
    Some(meta)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::design::island::DESIGN;

    #[test]
    fn levels_follow_the_points_both_ways() {
        for (points, index) in [
            (-5, 0),
            (0, 0),
            (49, 0),
            (50, 1),
            (199, 1),
            (200, 2),
            (500, 3),
        ] {
            assert_eq!(level_of(&DESIGN.levels[0], points), index, "{points}");
        }
        let mut scores = Scores::from([("points", Score::Number(60))]);
        let fired = run(&DESIGN, &mut scores);
        assert_eq!(fired[0].event, "level");
        assert_eq!(
            fired[0].changes[0]["delta"],
            json!({ "old": null, "new": "Explorer" })
        );
        scores.insert("points", Score::Number(3));
        let fired = run(&DESIGN, &mut scores);
        assert_eq!(fired.len(), 1, "the badge stays, and isn't given again");
        assert_eq!(
            fired[0].changes[0]["delta"],
            json!({ "old": "Explorer", "new": "Rookie" })
        );
    }

    #[test]
    fn the_last_level_has_no_next() {
        let mut scores = Scores::from([("points", Score::Number(600))]);
        run(&DESIGN, &mut scores);
        let meta = level_meta(&DESIGN, &DESIGN.levels[0], &scores).unwrap();
        assert_eq!(
            (&meta["low"], &meta["high"]),
            (&json!("500"), &json!("Infinity"))
        );
        assert!(meta.get("next").is_none());
    }

    #[test]
    fn badges_come_with_the_compounds_they_change() {
        let mut scores = Scores::from([("points", Score::Number(120))]);
        settle_compounds(&DESIGN, &mut scores);
        let fired = run(&DESIGN, &mut scores);
        let rules: Vec<_> = fired.iter().map(|f| f.rule).collect();
        assert_eq!(
            rules,
            ["level_by_points", "first_steps_rule", "collector_rule"]
        );
        assert_eq!(
            fired[1].changes[1]["delta"],
            json!({ "old": "120", "new": "145" })
        );
        assert!(run(&DESIGN, &mut scores).is_empty());
    }
}
