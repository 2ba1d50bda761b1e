//! The rules: levels driven by points, badges given for them.

use serde_json::{Value, json};

use super::design::{ACHIEVEMENTS, BADGES, LEVEL, LEVEL_BASE, LEVEL_RULE, LEVELS, Metric, Verb};
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
pub fn run(scores: &mut Scores) -> Vec<Fired> {
    let mut fired = Vec::new();
    fired.extend(level(scores));
    fired.extend(achievements(scores));
    fired
}

/// The index in [`LEVELS`] for that many points.
pub fn level_of(points: i64) -> usize {
    LEVELS
        .iter()
        .rposition(|(low, _)| points >= *low)
        .unwrap_or(0)
}

fn level(scores: &mut Scores) -> Option<Fired> {
    let points = number(scores, LEVEL_BASE)?;
    let state = LEVELS[level_of(points)].1;
    if scores.get(LEVEL) == Some(&Score::State(state)) {
        return None;
    }
    let change = apply(scores, Metric::find(LEVEL)?, Verb::Set, &Gain::State(state))?;
    Some(Fired {
        event: "level",
        rule: LEVEL_RULE,
        changes: vec![change],
    })
}

fn achievements(scores: &mut Scores) -> Vec<Fired> {
    let mut fired = Vec::new();
    for rule in ACHIEVEMENTS {
        let reached = number(scores, rule.metric).is_some_and(|n| n >= rule.at_least);
        if !reached || has_badge(scores, rule.item) {
            continue;
        }
        let gain = Gain::Items(vec![(rule.item, 1)]);
        let change = Metric::find(BADGES).and_then(|m| apply(scores, m, Verb::Add, &gain));
        let mut changes = Vec::from_iter(change);
        changes.extend(settle_compounds(scores));
        fired.push(Fired {
            event: "achievement",
            rule: rule.id,
            changes,
        });
    }
    fired
}

fn has_badge(scores: &Scores, item: &str) -> bool {
    matches!(scores.get(BADGES), Some(Score::Set(counts)) if counts.get(item).is_some_and(|n| *n > 0))
}

/// The `meta` of the level: bounds, the next level's name, the base metric.
pub fn level_meta(scores: &Scores) -> Option<Value> {
    let Some(Score::State(state)) = scores.get(LEVEL) else {
        return None;
    };
    let at = LEVELS.iter().position(|(_, id)| id == state)?;
    let base = Metric::find(LEVEL_BASE)?;
    let mut meta = json!({
        "low": LEVELS[at].0.to_string(),
        "high": "Infinity",
        "base_metric": { "id": base.named.id, "name": base.named.name },
    });
    if let Some((low, next)) = LEVELS.get(at + 1) {
        meta["high"] = (low - 1).to_string().into();
        meta["next"] = super::profile::state_name(next).into();
    }
    Some(meta)
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(level_of(points), index, "{points}");
        }
        let mut scores = Scores::from([("points", Score::Number(60))]);
        let fired = run(&mut scores);
        assert_eq!(fired[0].event, "level");
        assert_eq!(
            fired[0].changes[0]["delta"],
            json!({ "old": null, "new": "Explorer" })
        );
        scores.insert("points", Score::Number(3));
        let fired = run(&mut scores);
        assert_eq!(fired.len(), 1, "the badge stays, and isn't given again");
        assert_eq!(
            fired[0].changes[0]["delta"],
            json!({ "old": "Explorer", "new": "Rookie" })
        );
    }

    #[test]
    fn the_last_level_has_no_next() {
        let mut scores = Scores::from([("points", Score::Number(600))]);
        run(&mut scores);
        let meta = level_meta(&scores).unwrap();
        assert_eq!(
            (&meta["low"], &meta["high"]),
            (&json!("500"), &json!("Infinity"))
        );
        assert!(meta.get("next").is_none());
    }

    #[test]
    fn badges_come_with_the_compounds_they_change() {
        let mut scores = Scores::from([("points", Score::Number(120))]);
        settle_compounds(&mut scores);
        let fired = run(&mut scores);
        let rules: Vec<_> = fired.iter().map(|f| f.rule).collect();
        assert_eq!(rules, [LEVEL_RULE, "first_steps_rule", "collector_rule"]);
        assert_eq!(
            fired[1].changes[1]["delta"],
            json!({ "old": "120", "new": "145" })
        );
        assert!(run(&mut scores).is_empty());
    }
}
